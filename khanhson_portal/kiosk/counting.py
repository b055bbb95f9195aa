"""Counting what the screens do: one statement per use, exact with any number of workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from khanhson_portal.ground.moments import local_day
from khanhson_portal.kiosk.models import Screen, ScreenDay

COLUMNS = ["minutes", "starts", "procedures", "prints", "scans"]
SUMS = {f"{name}_sum": Sum(name) for name in COLUMNS}
KEYS = ["screen", *SUMS]
ONE_MINUTE = timedelta(seconds=50)  # a little less: timers drift

RAISE = """
INSERT INTO kiosk_screenday AS seen (screen_id, day, minutes, starts, procedures, prints, scans)
VALUES (%s, %s, {first})
ON CONFLICT (screen_id, day) DO UPDATE SET {column} = seen.{column} + 1
"""


def count(screen: Screen | None, column: str, now: datetime) -> None:
    """Add one use of ``column`` to the screen's day; a screen nobody registered is not counted."""
    if screen is None:
        return
    first = ", ".join("1" if name == column else "0" for name in COLUMNS)
    with connection.cursor() as cursor:
        statement = RAISE.format(first=first, column=COLUMNS[COLUMNS.index(column)])
        cursor.execute(statement, [screen.pk, local_day(now)])


def beat(screen: Screen, now: datetime) -> None:
    """Note that the screen works. Twice within a minute counts once."""
    due = Q(seen_at=None) | Q(seen_at__lte=now - ONE_MINUTE)
    if Screen.objects.filter(due, pk=screen.pk).update(seen_at=now):
        count(screen, "minutes", now)


@dataclass(frozen=True)
class Usage:
    """The uses of one screen in one month, and what it did today."""

    screen: Screen
    alive: bool
    today: dict[str, int]
    month: dict[str, int]


def usage(screens: list[Screen], first: date, last: date, now: datetime) -> list[Usage]:
    """Return each screen with its figures; two queries."""
    rows = ScreenDay.objects.filter(screen__in=screens)
    month = _per_screen(rows.filter(day__range=(first, last)))
    today = _per_screen(rows.filter(day=local_day(now)))
    nothing = dict.fromkeys(COLUMNS, 0)
    return [
        Usage(s, s.is_alive(now), today.get(s.pk, nothing), month.get(s.pk, nothing))
        for s in screens
    ]


def _per_screen(rows: QuerySet[ScreenDay]) -> dict[int, dict[str, int]]:
    sums = rows.values("screen").annotate(**SUMS).order_by()
    return {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in sums.values_list(*KEYS)}


def days(screens: list[Screen], first: date, last: date) -> list[dict[str, Any]]:
    """Return the sums of all screens per day, newest first; one query."""
    rows = ScreenDay.objects.filter(screen__in=screens, day__range=(first, last))
    return [{**row} for row in rows.values("day").annotate(**SUMS).order_by("-day")]
