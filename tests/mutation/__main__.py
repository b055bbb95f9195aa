"""``make mutate``: break the rules that matter and say which breaks no test noticed.

python -m tests.mutation            everything, one room after the other
python -m tests.mutation worktime   one room
python -m tests.mutation worktime --numbers-ending 37   a fifth of its mutants, for a look
python -m tests.mutation by-hand    the list written by hand; of one module with its path
"""

from __future__ import annotations

import argparse
import sys

from tests.mutation import by_hand, by_machine
from tests.mutation.copying import fresh_copy
from tests.mutation.rooms import ROOMS

ENOUGH = 0.9


def main(wanted: list[str], last_digits: str) -> int:
    """Return 0 when nine in ten machine-made mutants and all hand-made ones die."""
    tree = fresh_copy()
    failed = False
    for room in (room for room in ROOMS if not wanted or room.name in wanted):
        score = by_machine.mutate(room, tree, last_digits)
        print(
            f"{room.name:12} {score.killed} of {score.total} died ({score.share:.0%})", flush=True
        )
        for name in score.survived:
            print(f"  alive      {name}\n{by_machine.difference(name, tree)}", flush=True)
        for name in score.unreached:
            print(f"  unreached  {name}", flush=True)
        failed |= score.share < ENOUGH
    if not wanted or "by-hand" in wanted:
        asked = [m for m in by_hand.MUTATIONS if len(wanted) < 2 or m.module in wanted]
        alive = 0
        for mutation in by_hand.alive(tree, asked):
            alive += 1
            print(
                f"  alive      {mutation.module}: {mutation.old!r} → {mutation.new!r}", flush=True
            )
        print(f"{'by hand':12} {len(asked) - alive} of {len(asked)} died", flush=True)
        failed |= bool(alive)
    return int(failed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("wanted", nargs="*")
    parser.add_argument("--numbers-ending", default="")
    given = parser.parse_args()
    sys.exit(main(given.wanted, given.numbers_ending))
