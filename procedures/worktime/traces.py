"""What a count is made of: the stops that interrupt it, and each day with what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices

from khanhson_portal.ground.moments import LOCAL, ONE_DAY
from procedures.worktime.calendar import WorkCalendar
from procedures.worktime.limits import OnSupplement


class StopReason(TextChoices):
    """What the clock waits for."""

    SUPPLEMENT = "supplement", "chờ bổ sung giấy tờ"
    PAYMENT = "payment", "chờ nộp tiền"

    @property
    def answered(self) -> str:
        """Return what the day is called on which the wait ends."""
        return {
            StopReason.SUPPLEMENT: "ngày nhận đủ bổ sung",
            StopReason.PAYMENT: "ngày nộp đủ tiền",
        }[self]


@dataclass(frozen=True)
class Stop:
    """The clock stood from ``asked_at`` until ``answered_at``; None while it still stands."""

    asked_at: datetime
    answered_at: datetime | None
    effect: OnSupplement
    reason: StopReason = StopReason.SUPPLEMENT


@dataclass(frozen=True)
class Pause:
    """A stop that is over, in local time."""

    asked: datetime
    answered: datetime
    reason: StopReason

    @classmethod
    def of(cls, stop: Stop) -> Pause:
        assert stop.answered_at is not None
        return cls(stop.asked_at.astimezone(LOCAL), stop.answered_at.astimezone(LOCAL), stop.reason)


class DayKind(TextChoices):
    """What one day was to a count."""

    COUNTED = "counted", "được tính"
    MADE_UP = "made_up", "làm bù, được tính"
    WEEKEND = "weekend", "nghỉ hằng tuần"
    DAY_OFF = "day_off", "nghỉ lễ, đơn vị nghỉ"
    WAITING = "waiting", "đang chờ"
    ANSWERED = "answered", "ngày có đủ điều đang chờ"
    RESTARTED = "restarted", "ngày bắt đầu tính lại"
    AFTER_HOURS = "after_hours", "hết giờ làm việc"
    AFTER_CUTOFF = "after_cutoff", "nhận sau giờ chốt"
    NEXT_OPEN = "next_open", "ngày làm việc tiếp theo"


WAITS = {DayKind.WAITING, DayKind.ANSWERED}
OFF = {DayKind.WEEKEND, DayKind.DAY_OFF}


@dataclass(frozen=True)
class TracedDay:
    """One day of the count: ``counted`` is its ordinal, or 0; ``reason`` is why, in words.

    The last day of a period may be counted and yet off: then the period goes on to a working day.
    """

    day: date
    counted: int
    reason: str = ""
    kind: DayKind = DayKind.COUNTED


Counted = tuple[datetime, list[TracedDay]]  # when it is due, and the days it took


def span(after: date, until: date) -> list[date]:
    """Return the days after ``after`` up to and including ``until``."""
    return [after + n * ONE_DAY for n in range(1, (until - after).days + 1)]


def off_day(day: date, calendar: WorkCalendar, counted: int = 0) -> TracedDay | None:
    """Return a day on which nobody works, with its reason; None for a working day."""
    reason = calendar.why_closed(day)
    if not reason:
        return None
    kind = DayKind.WEEKEND if calendar.is_weekend(day) else DayKind.DAY_OFF
    return TracedDay(day, counted, reason, kind)


def counted_day(day: date, counted: int, calendar: WorkCalendar) -> TracedDay:
    """Return a counted day; a worked Saturday is counted under its name."""
    if day in calendar.worked_days:
        return TracedDay(day, counted, calendar.worked_days[day], DayKind.MADE_UP)
    return TracedDay(day, counted)


def waited_day(day: date, calendar: WorkCalendar, pauses: list[Pause]) -> TracedDay | None:
    """Return ``day`` as one that a stop takes out of a count of days, None where none does.

    The day of asking is not used, unless the calendar's rules say so; the day of the answer is
    day 0. Source: the convention of the calendar's rules.
    """
    for pause in pauses:
        asked, answered = pause.asked.date(), pause.answered.date()
        if day == answered and (asked < answered or not calendar.rules_on(day).asking_day_counts):
            return TracedDay(day, 0, pause.reason.answered, DayKind.ANSWERED)
        asking_day_lost = day == asked and not calendar.rules_on(day).asking_day_counts
        if asked < day < answered or asking_day_lost:
            return TracedDay(day, 0, pause.reason.label, DayKind.WAITING)
    return None
