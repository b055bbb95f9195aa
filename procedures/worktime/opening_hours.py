"""Giờ làm việc of several desks, read at once: what people read, and what deadlines count with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from itertools import groupby

from django.db.models import Q

from khanhson_portal.ground import words
from procedures.worktime import Rules, WorkingTime, WorkSession


class OpeningHours:
    """The working times of ``desk_ids`` and the common ones; one query, made when first asked."""

    def __init__(self, desk_ids: Iterable[int]) -> None:
        rows = WorkSession.objects.filter(
            Q(working_time__agency=None) | Q(working_time__agency__in=set(desk_ids))
        )
        self._sessions: dict[WorkingTime, list[WorkSession]] = defaultdict(list)
        for row in rows.select_related("working_time"):
            self._sessions[row.working_time].append(row)

    def rules(self, desk_id: int | None) -> tuple[Rules, ...]:
        """Return what counts as work at a desk: its own rules where it has any, else all common."""
        return tuple(row.as_rules(self._sessions[row]) for row in self._times(desk_id))

    def words(self, desk_id: int | None, day: date) -> str:
        """Return the hours in force on ``day`` in words, "" where none are on record."""
        groups = groupby(self._week(desk_id, day), key=lambda row: row[1])
        lines = [_line([weekday for weekday, _ in days], hours) for hours, days in groups]
        return "; ".join(lines)

    def open_on(self, desk_id: int | None, day: date) -> bool:
        """Whether a desk has hours on the weekday of ``day``, duty that only receives included."""
        return day.weekday() in dict(self._week(desk_id, day))

    def _times(self, desk_id: int | None) -> list[WorkingTime]:
        own = [row for row in self._sessions if row.agency_id is not None]
        own = [row for row in own if row.agency_id == desk_id]
        return own or [row for row in self._sessions if row.agency_id is None]

    def _week(
        self, desk_id: int | None, day: date
    ) -> list[tuple[int, tuple[tuple[time, time], ...]]]:
        """Return each weekday with hours, and those hours, as in force on ``day``."""
        times = [row for row in self._times(desk_id) if row.covers(day)]
        if not times:
            return []
        newest = max(times, key=lambda row: row.valid_from)
        week: dict[int, list[tuple[time, time]]] = defaultdict(list)
        for session in self._sessions[newest]:
            week[session.weekday].append((session.opens, session.closes))
        return [(weekday, tuple(sorted(hours))) for weekday, hours in sorted(week.items())]


def _line(weekdays: list[int], hours: tuple[tuple[time, time], ...]) -> str:
    spans = ", ".join(f"{words.hour(opens)} – {words.hour(closes)}" for opens, closes in hours)
    names = [words.WEEKDAYS[weekday] for weekday in weekdays]
    if len(names) > 2 and weekdays[-1] - weekdays[0] == len(names) - 1:
        names = [f"{names[0]} đến {names[-1]}"]
    return f"{words.listing(names)}: {spans}"
