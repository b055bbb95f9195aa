"""Giờ làm việc of several desks, read at once: what people read, and what deadlines count with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from itertools import groupby

from khanhson_portal.ground import words
from procedures.worktime import Rules, WorkingTime
from procedures.worktime.models import rules_of, turns_of


class OpeningHours:
    """The working times of ``desk_ids`` and the common ones; one query."""

    def __init__(self, desk_ids: Iterable[int]) -> None:
        self._hours = WorkingTime.objects.hours(desk_ids)

    def rules(self, desk_id: int | None) -> tuple[Rules, ...]:
        """Return what counts as work at a desk."""
        return rules_of(self._hours, desk_id)

    def words(self, desk_id: int | None, day: date) -> str:
        """Return the hours in force on ``day`` in words, "" where none are on record."""
        groups = groupby(self._week(desk_id, day), key=lambda row: row[1])
        lines = [_hours_in_words([weekday for weekday, _ in days], hours) for hours, days in groups]
        return "; ".join(lines)

    def open_on(self, desk_id: int | None, day: date) -> bool:
        """Whether a desk has hours on the weekday of ``day``, duty that only receives included."""
        return day.weekday() in dict(self._week(desk_id, day))

    def _week(
        self, desk_id: int | None, day: date
    ) -> list[tuple[int, tuple[tuple[time, time], ...]]]:
        """Return each weekday with hours, and those hours, as in force on ``day``."""
        begun = [row for begins, row in turns_of(self._hours, desk_id) if begins <= day]
        if not begun or not begun[-1].covers(day):
            return []
        week: dict[int, list[tuple[time, time]]] = defaultdict(list)
        for session in self._hours[begun[-1]]:
            week[session.weekday].append((session.opens, session.closes))
        return [(weekday, tuple(sorted(hours))) for weekday, hours in sorted(week.items())]


def _hours_in_words(weekdays: list[int], hours: tuple[tuple[time, time], ...]) -> str:
    spans = ", ".join(f"{words.hour(opens)} – {words.hour(closes)}" for opens, closes in hours)
    names = [words.WEEKDAYS[weekday] for weekday in weekdays]
    if len(names) > 2 and weekdays[-1] - weekdays[0] == len(names) - 1:
        names = [f"{names[0]} đến {names[-1]}"]
    return f"{words.listing(names)}: {spans}"
