"""Lịch làm việc và thời hạn: which days count, when something is due, and whether it is late.

``calendar`` knows which days and hours an office works, ``deadlines`` counts a time limit over them
and tells day by day how, ``explanation`` says it in Vietnamese, ``lateness`` judges it.
"""

from procedures.worktime.calendar import Rules, Session, WorkCalendar
from procedures.worktime.deadlines import Deadline, compute
from procedures.worktime.explanation import Remaining, Stretch, explain, remaining
from procedures.worktime.lateness import Timeliness, classify, is_late
from procedures.worktime.limits import OnSupplement, TimeLimit, Unit
from procedures.worktime.models import AnnouncedYear, Holiday, HolidayKind, WorkingTime, WorkSession
from procedures.worktime.traces import DayKind, Stop, StopReason, TracedDay

__all__ = [
    "AnnouncedYear",
    "DayKind",
    "Deadline",
    "Holiday",
    "HolidayKind",
    "OnSupplement",
    "Remaining",
    "Rules",
    "Session",
    "Stop",
    "StopReason",
    "Stretch",
    "TimeLimit",
    "Timeliness",
    "TracedDay",
    "Unit",
    "WorkCalendar",
    "WorkSession",
    "WorkingTime",
    "classify",
    "compute",
    "explain",
    "is_late",
    "remaining",
]
