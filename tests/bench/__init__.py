"""What the portal costs, side by side with the barest way to do the same: ``make bench``.

Every module here with a ``measure()`` is a part; it prints its own lines. Figures are ratios
wherever they can be, for seconds belong to one machine.
"""
