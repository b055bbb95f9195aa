"""Đề xuất ngày nghỉ: what the ``holidays`` library believes of a year, against our own table.

The library proposes, a person confirms: yearly swaps are announced late and the library has
missed some. Only the table counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import holidays

from procedures.worktime import AnnouncedYear, Holiday, HolidayKind

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Proposal:
    """``missing``: in the library, not in the table. ``unknown``: in the table only."""

    year: int
    missing: list[Holiday]
    unknown: list[Holiday]
    announced: bool


def propose_holidays(year: int) -> Proposal:
    """Return what the library would add to ``year``. Raises ValueError outside 2000–2100."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.")
    known = {row.day: row for row in Holiday.objects.filter(agency=None, day__year=year)}
    believed = _believed(year)
    return Proposal(
        year=year,
        missing=[row for day, row in believed.items() if day not in known],
        unknown=[row for day, row in sorted(known.items()) if day not in believed],
        announced=AnnouncedYear.objects.filter(year=year).exists(),
    )


def announce(year: int, basis: str) -> None:
    """Mark a year as checked against the notice, on a person's word."""
    AnnouncedYear.objects.update_or_create(year=year, defaults={"basis": basis})


def _believed(year: int) -> dict[date, Holiday]:
    table = holidays.country_holidays("VN", years=[year], language="vi")
    days = {
        day: Holiday(day=day, kind=HolidayKind.OFF, name=name[:120])
        for day, name in sorted(table.items())
        if day.year == year
    }
    for day in sorted(table.weekend_workdays):
        if day.year == year:
            days[day] = Holiday(day=day, kind=HolidayKind.WORKED, name="làm bù")
    return days
