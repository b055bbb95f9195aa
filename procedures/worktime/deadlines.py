"""The clock of a dossier: one function from a time limit to its due date, and how it got there.

Rules: the first day is not counted; a period in calendar days or months that
ends on a day off ends on the next working day; "within the day" received after the cut-off hour
ends on the next working day; a stop for supplements pauses or restarts the count, the day of
asking not counted as used (unless the calendar's rules say so), the day of the answer being day 0.
Sources: Bộ luật Dân sự 2015, Điều 147, 148; QĐ 14/2015/QĐ-UBND; NĐ 61/2018/NĐ-CP.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from khanhson_portal.ground.moments import LOCAL
from procedures.worktime import counting
from procedures.worktime.calendar import WorkCalendar
from procedures.worktime.limits import OnSupplement, TimeLimit, Unit
from procedures.worktime.traces import Stop, TracedDay


@dataclass(frozen=True)
class Deadline:
    """``due_at`` is local time, None where the law sets no limit.

    ``exact``: lateness is told by the minute (limits in hours), else by the day.
    ``provisional``: it reaches into a year whose days off are not announced yet.
    """

    limit: TimeLimit
    received_at: datetime
    due_at: datetime | None
    trace: tuple[TracedDay, ...]
    rule: str
    provisional: bool = False

    @property
    def exact(self) -> bool:
        return self.limit.unit.exact

    @property
    def due_on(self) -> date | None:
        return self.due_at.date() if self.due_at else None


def compute(
    limit: TimeLimit,
    received_at: datetime,
    calendar: WorkCalendar,
    stops: Sequence[Stop] = (),
) -> Deadline:
    """Return when a dossier received at ``received_at`` (aware) is due, and the days it took.

    ``stops`` in order of asking; one without an answer does not move the date yet: the new date is
    known when the papers are. Raises ValueError for a limit that is not known.
    """
    if not limit.known:
        raise ValueError("no due date without a known time limit")
    received = received_at.astimezone(LOCAL)
    due: datetime | None = None
    trace: Sequence[TracedDay] = ()
    if limit.unit != Unit.NONE:
        ended = [stop for stop in stops if stop.answered_at and stop.effect != OnSupplement.NONE]
        due, trace = counting.count(limit, received, calendar, ended)
    return Deadline(
        limit=limit,
        received_at=received,
        due_at=due,
        trace=tuple(trace),
        rule=calendar.rules_on(received.date()).version,
        provisional=due is not None and not calendar.announced(received.date(), due.date()),
    )
