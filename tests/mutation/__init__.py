"""Whether the tests would notice: the rules that matter are broken one at a time."""
