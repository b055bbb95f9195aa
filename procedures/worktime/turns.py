"""Which row with a period holds when: an agency's own before the common, the later of several.

Deadlines must be countable on every day, so a gap between rows is held by what held before it,
and the days before the first row by the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from khanhson_portal.ground.moments import ONE_DAY
from khanhson_portal.ground.periods import Period

P = TypeVar("P", bound=Period)


def in_turn(own: Iterable[P], common: Iterable[P]) -> list[tuple[date, P]]:
    """Return from which day on which row holds, earliest first, no row twice in succession.

    An own row holds only for its period; before and after it the common ones do.
    """
    ours, theirs = list(own), list(common)
    rows = [*ours, *theirs]
    begins = {row.valid_from for row in rows}
    begins |= {row.valid_to + ONE_DAY for row in rows if row.valid_to}
    turns: list[tuple[date, P]] = []
    for day in sorted(begins):
        holder = _newest_begun(ours, day) or _newest_begun(theirs, day)
        if holder and not (turns and turns[-1][1] == holder):
            turns.append((day, holder))
    return turns


def _newest_begun(rows: list[P], day: date) -> P | None:
    begun = [row for row in rows if row.covers(day)]
    return max(begun, key=lambda row: (row.valid_from, row.pk), default=None)
