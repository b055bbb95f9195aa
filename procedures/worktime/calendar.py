"""Lịch làm việc: which days and hours one agency works. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from khanhson_portal.ground.moments import LOCAL, ONE_DAY

WEEKEND_NAMES = {5: "thứ Bảy", 6: "Chủ nhật"}
LONGEST_CLOSURE = 400  # days; beyond it a calendar is broken, not closed


@dataclass(frozen=True)
class Session:
    opens: time
    closes: time

    def on(self, day: date) -> tuple[datetime, datetime]:
        return (
            datetime.combine(day, self.opens, LOCAL),
            datetime.combine(day, self.closes, LOCAL),
        )


@dataclass(frozen=True)
class Rules:
    """What one decision says about working time, from ``valid_from`` on.

    ``sessions``: weekday (0 = Monday) to the hours that count as work.
    ``cutoff``: received later, "within the day" becomes the next working day (15 giờ).
    ``asking_day_counts``: whether the day a supplement is asked counts as a used day.
    """

    version: str
    valid_from: date
    sessions: Mapping[int, tuple[Session, ...]]
    cutoff: time
    asking_day_counts: bool = False

    @property
    def ordinary_hours(self) -> tuple[Session, ...]:
        """The hours that a worked Saturday keeps: Monday's, or those of the first day worked."""
        worked = [day for day, hours in sorted(self.sessions.items()) if hours]
        return self.sessions[worked[0]] if worked else ()


@dataclass(frozen=True)
class WorkCalendar:
    """The working time of one agency.

    ``rules``: at least one, any order; a day before the first falls under the first.
    ``days_off`` (nghỉ lễ, Tết), ``worked_days`` (làm bù) and ``closures`` (this agency shut, with
    its reason) map days to what people call them. ``announced_years`` have a confirmed table.
    """

    rules: tuple[Rules, ...]
    days_off: Mapping[date, str] = field(default_factory=dict)
    worked_days: Mapping[date, str] = field(default_factory=dict)
    closures: Mapping[date, str] = field(default_factory=dict)
    announced_years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError("a calendar needs its rules of working time")
        object.__setattr__(self, "rules", tuple(sorted(self.rules, key=lambda r: r.valid_from)))

    def rules_on(self, day: date) -> Rules:
        in_force = [rules for rules in self.rules if rules.valid_from <= day]
        return in_force[-1] if in_force else self.rules[0]

    def why_closed(self, day: date) -> str:
        """Return why ``day`` is not worked, or "" on a working day."""
        if day in self.closures:
            return self.closures[day]
        if day in self.worked_days:
            return ""
        if day in self.days_off:
            return self.days_off[day]
        if self.rules_on(day).sessions.get(day.weekday()):
            return ""
        return WEEKEND_NAMES.get(day.weekday(), "ngày không làm việc")

    def is_weekend(self, day: date) -> bool:
        """Whether ``day`` is off for its weekday alone, no notice or closure concerning it."""
        named = (self.closures, self.worked_days, self.days_off)
        return not any(day in days for days in named) and not self.is_working(day)

    def is_working(self, day: date) -> bool:
        return not self.why_closed(day)

    def sessions_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the counted hours of ``day`` as local moments, none on a day off."""
        if not self.is_working(day):
            return []
        sessions = self.rules_on(day).sessions
        if day in self.worked_days:
            hours = self.rules_on(day).ordinary_hours
        else:
            hours = sessions.get(day.weekday(), ())
        return [session.on(day) for session in hours]

    def closing_time(self, day: date) -> datetime:
        """Return when the office closes on ``day``; on a day off, when it ordinarily would."""
        ordinary = self.rules_on(day).ordinary_hours
        hours = self.sessions_on(day) or [session.on(day) for session in ordinary]
        return hours[-1][1]

    def days_after(self, start: date) -> Iterator[date]:
        while True:
            start += ONE_DAY
            yield start

    def next_working_day(self, day: date) -> date:
        """Return the first working day after ``day``."""
        for _, later in zip(range(LONGEST_CLOSURE), self.days_after(day), strict=False):
            if self.is_working(later):
                return later
        raise ValueError(f"no working day within {LONGEST_CLOSURE} days after {day}")

    def roll_forward(self, day: date) -> date:
        """Return ``day`` when worked, else the next working day."""
        return day if self.is_working(day) else self.next_working_day(day)

    def add(self, start: date, days: int) -> date:
        """Return the day on which ``days`` working days after ``start`` are used up.

        ``start`` itself never counts. Source: Bộ luật Dân sự 2015, Điều 147 khoản 2.
        """
        if days < 0:
            raise ValueError(f"days must not be negative: {days}")
        for _ in range(days):
            start = self.next_working_day(start)
        return start

    def between(self, start: date, end: date) -> int:
        """Count the working days after ``start``, up to and including ``end``.

        Negative when ``end`` lies before ``start``.
        """
        if end < start:
            return -self.between(end, start)
        span = range(1, (end - start).days + 1)
        return sum(self.is_working(start + n * ONE_DAY) for n in span)

    def announced(self, start: date, end: date) -> bool:
        """Whether the table of days off is confirmed for every year from ``start`` to ``end``."""
        return set(range(start.year, end.year + 1)) <= self.announced_years
