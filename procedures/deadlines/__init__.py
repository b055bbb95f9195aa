"""Deadlines: pure arithmetic over the working calendar; no database, no clock.

``calendar`` knows which days and hours an office works, ``clock`` counts a time limit over them
and tells day by day how, ``wording`` says it in Vietnamese.
"""

from procedures.deadlines.calendar import Rules, Session, WorkCalendar
from procedures.deadlines.clock import Deadline, Stop, TracedDay, compute
from procedures.deadlines.limits import OnSupplement, TimeLimit, Unit
from procedures.deadlines.timeliness import Timeliness, classify
from procedures.deadlines.wording import explain, remaining

__all__ = [
    "Deadline",
    "OnSupplement",
    "Rules",
    "Session",
    "Stop",
    "TimeLimit",
    "Timeliness",
    "TracedDay",
    "Unit",
    "WorkCalendar",
    "classify",
    "compute",
    "explain",
    "remaining",
]
