"""Giờ và ngày ở đây: moments are stored in UTC and thought in Asia/Ho_Chi_Minh.

A moment is aware, and its day is the local one: before 07:00 the day in UTC is still yesterday.
So nothing asks a moment for ``.date()`` that does not stand in LOCAL. Only views, jobs and commands
read the clock (Django's ``now`` and ``localdate``); what they call is handed a moment or a day.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)


def local_day(moment: datetime) -> date:
    """Return the day on the calendar on the wall here."""
    return moment.astimezone(LOCAL).date()


def first_moment(day: date) -> datetime:
    """Return the midnight with which ``day`` begins."""
    return datetime.combine(day, time(), LOCAL)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the midnights with which ``day`` and the next one begin: from, and before."""
    return first_moment(day), first_moment(day + ONE_DAY)


def month_bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """Return the first moments of a month and of the next one: from, and before."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return first_moment(date(year, month, 1)), first_moment(following)


def start_of_day(moment: datetime) -> datetime:
    return first_moment(local_day(moment))


def start_of_minute(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL).replace(second=0, microsecond=0)
