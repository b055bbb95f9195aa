"""The clock of a dossier: one function from a time limit to its due date, and how it got there.

Rules: the first day is not counted; a period in calendar days or months that
ends on a day off ends on the next working day; "within the day" received after the cut-off hour
ends on the next working day; a stop for supplements pauses or restarts the count, the day of
asking not counted as used (unless the calendar's rules say so), the day of the answer being day 0.
Sources: Bộ luật Dân sự 2015, Điều 147, 148; QĐ 14/2015/QĐ-UBND; NĐ 61/2018/NĐ-CP.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from khanhson_portal.ground.moments import LOCAL, ONE_DAY
from khanhson_portal.ground.words import hour
from procedures.worktime.calendar import WorkCalendar
from procedures.worktime.limits import OnSupplement, TimeLimit, Unit

WAITING = "chờ bổ sung"
AWAITED = "ngày nhận đủ bổ sung"


@dataclass(frozen=True)
class Stop:
    """The clock stood from ``asked_at`` until ``answered_at``; None while it still stands.

    ``why`` is what the trace calls it ("chờ bổ sung", "chờ nộp tiền").
    """

    asked_at: datetime
    answered_at: datetime | None
    effect: OnSupplement
    why: str = WAITING


@dataclass(frozen=True)
class TracedDay:
    """One day of the count: ``counted`` is its ordinal, or 0 with the ``reason`` it was skipped."""

    day: date
    counted: int
    reason: str = ""


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
    trace: list[TracedDay] = []
    if limit.unit != Unit.NONE:
        ended = [stop for stop in stops if stop.answered_at and stop.effect != OnSupplement.NONE]
        due, trace = _count(limit, received, calendar, ended)
    return Deadline(
        limit=limit,
        received_at=received,
        due_at=due,
        trace=tuple(trace),
        rule=calendar.rules_on(received.date()).version,
        provisional=due is not None and not calendar.announced(received.date(), due.date()),
    )


def _count(
    limit: TimeLimit, received: datetime, calendar: WorkCalendar, stops: Sequence[Stop]
) -> tuple[datetime, list[TracedDay]]:
    """Count from reception, then anew from each answer that restarts the clock.

    A restart asked when the limit was already used up does not wash the lateness away.
    """
    counter = _COUNTERS[limit.unit]
    start, pauses, before = received, list[_Pause](), list[TracedDay]()
    due, trace = counter(limit.number, start, calendar, pauses)
    for stop in stops:
        asked, answered = _moments(stop)
        if asked > due:
            break
        if stop.effect == OnSupplement.RESTART:
            before += _until_restart(trace, asked.date(), answered.date(), stop.why)
            start, pauses = answered, []
        else:
            pauses = [*pauses, _Pause(asked, answered, stop.why)]
        due, trace = counter(limit.number, start, calendar, pauses)
    return due, [*before, *trace]


@dataclass(frozen=True)
class _Pause:
    asked: datetime
    answered: datetime
    why: str


def _moments(stop: Stop) -> tuple[datetime, datetime]:
    assert stop.answered_at is not None
    return stop.asked_at.astimezone(LOCAL), stop.answered_at.astimezone(LOCAL)


def _until_restart(
    trace: list[TracedDay], asked: date, answered: date, why: str
) -> list[TracedDay]:
    kept = [traced for traced in trace if traced.day < asked]
    first = kept[-1].day if kept else asked - ONE_DAY
    waited = [TracedDay(day, 0, why) for day in _span(first, answered - ONE_DAY)]
    return [*kept, *waited, TracedDay(answered, 0, f"{AWAITED}, tính lại từ đầu")]


def _day_count(
    number: int, start: date, calendar: WorkCalendar, pauses: Sequence[_Pause], worked_only: bool
) -> tuple[date, list[TracedDay]]:
    """Walk the days after ``start`` until ``number`` of them are counted."""
    trace: list[TracedDay] = []
    counted = 0
    for day in calendar.days_after(start):
        reason = _paused(day, calendar, pauses)
        if not reason and worked_only:
            reason = calendar.why_closed(day)
        counted += not reason
        trace.append(TracedDay(day, 0 if reason else counted, reason))
        if counted == number:
            break
    return trace[-1].day, trace


def _paused(day: date, calendar: WorkCalendar, pauses: Sequence[_Pause]) -> str:
    """Return why a stop takes ``day`` out of the count, "" when none does."""
    for pause in pauses:
        asked, answered = pause.asked.date(), pause.answered.date()
        asking_day_lost = day == asked and not calendar.rules_on(day).asking_day_counts
        if asked < day <= answered or asking_day_lost:
            return AWAITED if day == answered else pause.why
    return ""


def _working_days(
    number: int, start: datetime, calendar: WorkCalendar, pauses: Sequence[_Pause]
) -> tuple[datetime, list[TracedDay]]:
    last, trace = _day_count(number, start.date(), calendar, pauses, worked_only=True)
    return calendar.closing_time(last), trace


def _calendar_days(
    number: int, start: datetime, calendar: WorkCalendar, pauses: Sequence[_Pause]
) -> tuple[datetime, list[TracedDay]]:
    last, trace = _day_count(number, start.date(), calendar, pauses, worked_only=False)
    return calendar.closing_time(_roll(last, calendar, trace)), trace


def _months(
    number: int, start: datetime, calendar: WorkCalendar, pauses: Sequence[_Pause]
) -> tuple[datetime, list[TracedDay]]:
    """A month ends on its day of the same number, or on its last day (BLDS 2015, Điều 148 k.3).

    A month without stops has as many days as lie before its end, so it is counted in days.
    """
    days = (_add_months(start.date(), number) - start.date()).days
    return _calendar_days(days, start, calendar, pauses)


def _same_day(
    _number: int, start: datetime, calendar: WorkCalendar, pauses: Sequence[_Pause]
) -> tuple[datetime, list[TracedDay]]:
    """Trong ngày; after the cut-off hour, or on a day off, the next working day."""
    trace: list[TracedDay] = []
    for pause in pauses:
        span = _span(start.date() - ONE_DAY, pause.answered.date() - ONE_DAY)
        trace += [TracedDay(day, 0, pause.why) for day in span]
        start = pause.answered
    due = _same_day_from(start, calendar, trace)
    return calendar.closing_time(due), trace


def _same_day_from(moment: datetime, calendar: WorkCalendar, trace: list[TracedDay]) -> date:
    day, cutoff = moment.date(), calendar.rules_on(moment.date()).cutoff
    closed = calendar.why_closed(day)
    if not closed and moment.time() <= cutoff:
        trace.append(TracedDay(day, 1))
        return day
    trace.append(TracedDay(day, 0, closed or f"nhận sau {hour(cutoff)}"))
    following = calendar.next_working_day(day)
    trace += [TracedDay(d, 0, calendar.why_closed(d)) for d in _span(day, following - ONE_DAY)]
    trace.append(TracedDay(following, 1))
    return following


def _working_hours(
    number: int, start: datetime, calendar: WorkCalendar, pauses: Sequence[_Pause]
) -> tuple[datetime, list[TracedDay]]:
    """Count worked time to the minute; lunch, nights and stops are left out."""
    left = timedelta(hours=number)
    trace: list[TracedDay] = []
    for day in calendar.days_after(start.date() - ONE_DAY):
        before = left
        for begins, ends in _worked_spans(day, start, calendar, pauses):
            if ends - begins >= left:
                trace.append(TracedDay(day, 1))
                return begins + left, trace
            left -= ends - begins
        reason = "" if left < before else calendar.why_closed(day) or "hết giờ làm việc"
        trace.append(TracedDay(day, int(left < before), reason))
    raise AssertionError("days_after never ends")


def _worked_spans(
    day: date, start: datetime, calendar: WorkCalendar, pauses: Sequence[_Pause]
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


def _clock_hours(
    number: int, start: datetime, calendar: WorkCalendar, pauses: Sequence[_Pause]
) -> tuple[datetime, list[TracedDay]]:
    """Giờ: nights count; an hour when the office is shut becomes its next opening hour."""
    due = start + timedelta(hours=number)
    for pause in pauses:
        due += pause.answered - pause.asked
    due = _next_open_moment(due, calendar)
    return due, [TracedDay(day, 1) for day in _span(start.date() - ONE_DAY, due.date())]


def _next_open_moment(moment: datetime, calendar: WorkCalendar) -> datetime:
    day = calendar.roll_forward(moment.date())
    while True:
        for opens, closes in calendar.sessions_on(day):
            if moment <= closes:
                return max(opens, moment)
        day = calendar.next_working_day(day)


def _roll(last: date, calendar: WorkCalendar, trace: list[TracedDay]) -> date:
    """Move a period that ends on a day off to the next working day; the trace tells why."""
    rolled = calendar.roll_forward(last)
    if rolled != last:
        trace[-1] = TracedDay(last, trace[-1].counted, calendar.why_closed(last))
        trace += [TracedDay(day, 0, calendar.why_closed(day)) for day in _span(last, rolled)]
    return rolled


def _span(after: date, until: date) -> list[date]:
    """Return the days after ``after`` up to and including ``until``."""
    return [after + n * ONE_DAY for n in range(1, (until - after).days + 1)]


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_COUNTERS = {
    Unit.HOUR: _clock_hours,
    Unit.WORKING_HOUR: _working_hours,
    Unit.DAY: _calendar_days,
    Unit.WORKING_DAY: _working_days,
    Unit.MONTH: _months,
    Unit.SAME_DAY: _same_day,
}
