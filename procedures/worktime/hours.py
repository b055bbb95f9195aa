"""Counting limits in hours, worked hours or hours of the clock, to the minute; see ``counting``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from khanhson_portal.ground.moments import ONE_DAY
from procedures.worktime.calendar import WorkCalendar
from procedures.worktime.traces import (
    Counted,
    DayKind,
    Pause,
    TracedDay,
    counted_day,
    off_day,
    span,
)


def working_hours(
    number: int, start: datetime, calendar: WorkCalendar, pauses: list[Pause]
) -> Counted:
    """Count worked time to the minute; lunch, nights and stops are left out."""
    left = timedelta(hours=number)
    trace: list[TracedDay] = []
    for day in calendar.days_after(start.date() - ONE_DAY):
        before = left
        for begins, ends in _worked_spans(day, start, calendar, pauses):
            if ends - begins >= left:
                trace.append(counted_day(day, 1, calendar))
                due = _answered_by(begins + left, calendar, pauses)
                return due, trace + _idle_until(due.date(), calendar, pauses, trace)
            left -= ends - begins
        idle = left == before
        trace.append(_idle_day(day, calendar, pauses) if idle else counted_day(day, 1, calendar))
    raise AssertionError("days_after never ends")


def _worked_spans(
    day: date, start: datetime, calendar: WorkCalendar, pauses: list[Pause]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the pieces of the day's working hours after ``start`` and outside every stop."""
    for opens, closes in calendar.sessions_on(day):
        begins = max(opens, start)
        for pause in pauses:
            if begins < pause.asked < closes:
                yield begins, pause.asked
            if pause.asked < closes:
                begins = max(begins, pause.answered)
        if begins < closes:
            yield begins, closes


def _idle_day(day: date, calendar: WorkCalendar, pauses: list[Pause]) -> TracedDay:
    for pause in pauses:
        if day == pause.answered.date():
            return TracedDay(day, 0, pause.reason.answered, DayKind.ANSWERED)
        if pause.asked.date() <= day < pause.answered.date():
            return TracedDay(day, 0, pause.reason.label, DayKind.WAITING)
    kind = DayKind.AFTER_HOURS
    return off_day(day, calendar) or TracedDay(day, 0, kind.label, kind)


def clock_hours(
    number: int, start: datetime, calendar: WorkCalendar, pauses: list[Pause]
) -> Counted:
    """Giờ: nights count; an hour when the office is shut becomes its next opening hour."""
    ends = start + timedelta(hours=number)
    for pause in pauses:
        if pause.asked < ends:
            ends += max(pause.answered - max(pause.asked, start), timedelta())
    trace = [_clock_day(day, pauses) for day in span(start.date() - ONE_DAY, ends.date())]
    last = ends.date()
    trace[-1] = off_day(last, calendar, 1) or counted_day(last, 1, calendar)
    due = _answered_by(_next_open_moment(ends, calendar), calendar, pauses)
    return due, trace + _idle_until(due.date(), calendar, pauses, trace)


def _clock_day(day: date, pauses: list[Pause]) -> TracedDay:
    for pause in pauses:
        if pause.asked.date() < day < pause.answered.date():
            return TracedDay(day, 0, pause.reason.label, DayKind.WAITING)
    return TracedDay(day, 1)


def _answered_by(due: datetime, calendar: WorkCalendar, pauses: list[Pause]) -> datetime:
    """Return when hours used up at ``due`` really end: not before an answer awaited then."""
    for pause in pauses:
        if due < pause.answered:
            due = _next_open_moment(pause.answered, calendar)
    return due


def _idle_until(
    until: date, calendar: WorkCalendar, pauses: list[Pause], trace: list[TracedDay]
) -> list[TracedDay]:
    """Return the days from the end of ``trace`` to ``until``, when the office is open again."""
    idle = [_idle_day(day, calendar, pauses) for day in span(trace[-1].day, until)]
    if idle:
        idle[-1] = TracedDay(until, 0, DayKind.NEXT_OPEN.label, DayKind.NEXT_OPEN)
    return idle


def _next_open_moment(moment: datetime, calendar: WorkCalendar) -> datetime:
    day = calendar.roll_forward(moment.date())
    while True:
        for opens, closes in calendar.sessions_on(day):
            if moment <= closes:
                return max(opens, moment)
        day = calendar.next_working_day(day)
