"""Counting a limit over a calendar, one way for each unit; every way tells its days.

A stop in time (on the last day at the latest) takes its days out of the count, and a period whose
days are used up when the answer comes ends on the next working day after it: no due date lies
before the answer that the office itself asked for.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime

from khanhson_portal.ground.moments import ONE_DAY
from khanhson_portal.ground.words import hour
from procedures.worktime import hours
from procedures.worktime.calendar import WorkCalendar
from procedures.worktime.lateness import is_late
from procedures.worktime.limits import OnSupplement, TimeLimit, Unit
from procedures.worktime.traces import (
    Counted,
    DayKind,
    Pause,
    Stop,
    TracedDay,
    counted_day,
    off_day,
    span,
    waited_day,
)


def count(
    limit: TimeLimit, received: datetime, calendar: WorkCalendar, stops: Sequence[Stop]
) -> Counted:
    """Count from reception, then anew from each answer that restarts the clock.

    ``stops`` are answered and in order. One asked when the limit was already used up does not wash
    the lateness away.
    """
    counter = _COUNTERS[limit.unit]
    start, pauses, before = received, list[Pause](), list[TracedDay]()
    due, trace = counter(limit.number, start, calendar, pauses)
    for stop in stops:
        pause = Pause.of(stop)
        if is_late(pause.asked, due, exact=limit.unit.exact):
            break
        if stop.effect == OnSupplement.RESTART:
            before += _until_restart(trace, pause)
            start, pauses = pause.answered, []
        else:
            pauses = [*pauses, pause]
        due, trace = counter(limit.number, start, calendar, pauses)
    return due, [*before, *trace]


def _until_restart(trace: list[TracedDay], pause: Pause) -> list[TracedDay]:
    asked, answered = pause.asked.date(), pause.answered.date()
    kept = [traced for traced in trace if traced.day < asked]
    first = kept[-1].day if kept else asked - ONE_DAY
    waited = [
        TracedDay(day, 0, pause.reason.label, DayKind.WAITING)
        for day in span(first, answered - ONE_DAY)
    ]
    words = f"{pause.reason.answered}, tính lại từ đầu"
    return [*kept, *waited, TracedDay(answered, 0, words, DayKind.RESTARTED)]


def _working_days(
    number: int, start: datetime, calendar: WorkCalendar, pauses: list[Pause]
) -> Counted:
    trace: list[TracedDay] = []
    counted = 0
    for day in calendar.days_after(start.date()):
        skipped = waited_day(day, calendar, pauses) or off_day(day, calendar)
        counted += skipped is None
        trace.append(skipped or counted_day(day, counted, calendar))
        if counted == number:
            break
    return calendar.closing_time(_end(trace, calendar, pauses)), trace


def _calendar_days(
    number: int, start: datetime, calendar: WorkCalendar, pauses: list[Pause]
) -> Counted:
    trace: list[TracedDay] = []
    counted = 0
    for day in calendar.days_after(start.date()):
        waited = waited_day(day, calendar, pauses)
        counted += waited is None
        trace.append(waited or TracedDay(day, counted))
        if counted == number:
            break
    return calendar.closing_time(_end(trace, calendar, pauses)), trace


def _months(number: int, start: datetime, calendar: WorkCalendar, pauses: list[Pause]) -> Counted:
    """A month ends on its day of the same number, or on its last day (BLDS 2015, Điều 148 k.3).

    A month without stops has as many days as lie before its end, so it is counted in days.
    """
    days = (_add_months(start.date(), number) - start.date()).days
    return _calendar_days(days, start, calendar, pauses)


def _end(trace: list[TracedDay], calendar: WorkCalendar, pauses: list[Pause]) -> date:
    """Return the day on which the period ends, and tell the days up to it in ``trace``.

    It is the last day counted, or the first working day after it on which no answer is awaited.
    Source: Bộ luật Dân sự 2015, Điều 148 khoản 5.
    """
    last = trace[-1]
    off = off_day(last.day, calendar, last.counted)
    trace[-1] = off or counted_day(last.day, last.counted, calendar)
    if off is None and _unanswered(last.day, pauses) is None:
        return last.day
    for day in calendar.days_after(last.day):
        skipped = (
            waited_day(day, calendar, pauses) or _unanswered(day, pauses) or off_day(day, calendar)
        )
        trace.append(skipped or TracedDay(day, 0, DayKind.NEXT_OPEN.label, DayKind.NEXT_OPEN))
        if skipped is None:
            return day
    raise AssertionError("days_after never ends")


def _unanswered(day: date, pauses: list[Pause]) -> TracedDay | None:
    """Return ``day`` as one at whose end an answer is still awaited, also where it is counted."""
    for pause in pauses:
        if pause.asked.date() <= day < pause.answered.date():
            return TracedDay(day, 0, pause.reason.label, DayKind.WAITING)
    return None


def _same_day(
    _number: int, start: datetime, calendar: WorkCalendar, pauses: list[Pause]
) -> Counted:
    """Trong ngày; after the cut-off hour, or on a day off, the next working day."""
    trace: list[TracedDay] = []
    for pause in pauses:
        waited = span(start.date() - ONE_DAY, pause.answered.date() - ONE_DAY)
        trace += [TracedDay(day, 0, pause.reason.label, DayKind.WAITING) for day in waited]
        start = pause.answered
    day, cutoff = start.date(), calendar.rules_on(start.date()).cutoff
    off = off_day(day, calendar)
    if off is None and start.time() <= cutoff:
        return calendar.closing_time(day), [*trace, counted_day(day, 1, calendar)]
    trace.append(off or TracedDay(day, 0, f"nhận sau {hour(cutoff)}", DayKind.AFTER_CUTOFF))
    following = calendar.next_working_day(day)
    trace += filter(None, (off_day(d, calendar) for d in span(day, following)))
    return calendar.closing_time(following), [*trace, counted_day(following, 1, calendar)]


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_COUNTERS = {
    Unit.HOUR: hours.clock_hours,
    Unit.WORKING_HOUR: hours.working_hours,
    Unit.DAY: _calendar_days,
    Unit.WORKING_DAY: _working_days,
    Unit.MONTH: _months,
    Unit.SAME_DAY: _same_day,
}
