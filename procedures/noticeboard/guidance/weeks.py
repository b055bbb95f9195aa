"""Was each desk's guidance team there at least twice a week? (plan row II.2, "≥ 02 lần/tuần")

Weeks are ISO weeks, Monday to Sunday. A week of which holidays leave fewer working days asks for
no more sessions than those days; a week before the desk had a team says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from procedures.noticeboard import GuidanceSession, GuidanceTeam
from procedures.offices import Agency
from procedures.worktime import Holiday

SESSIONS_A_WEEK = 2


@dataclass(frozen=True)
class Week:
    """One desk in one ISO week: ``held`` of ``wanted`` sessions."""

    desk: Agency
    year: int
    number: int
    monday: date
    held: int
    wanted: int
    has_team: bool
    over: bool

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def missing(self) -> int:
        return max(self.wanted - self.held, 0)

    @property
    def short(self) -> bool:
        """Over, and not met: this is what the district office asks about."""
        return self.over and self.missing > 0


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks(desks: Iterable[Agency], first: date, last: date, today: date) -> list[Week]:
    """Return every ISO week touched by ``first`` … ``last``, newest first, for every desk.

    At most six queries, whatever the number of desks and weeks. Weeks to come are left out.
    """
    desks = list(desks)
    begin, end = monday_of(first), min(monday_of(last), monday_of(today))
    mondays = [begin + timedelta(days=7 * n) for n in range((end - begin).days // 7 + 1)]
    if not desks or not mondays:
        return []
    held = _sessions_held(desks, begin, end + timedelta(days=6))
    wanted = _wanted(mondays)
    teams = list(GuidanceTeam.objects.filter(desk__in=desks))
    return [
        _week(desk, monday, held[desk.pk, monday], wanted[monday], teams, today)
        for monday in reversed(mondays)
        for desk in desks
    ]


def short_weeks(desks: Iterable[Agency], first: date, last: date, today: date) -> list[Week]:
    """Return the weeks that are over and had too few sessions. For the district's dashboard."""
    return [week for week in weeks(desks, first, last, today) if week.short]


def _week(
    desk: Agency,
    monday: date,
    held: int,
    wanted: int,
    teams: list[GuidanceTeam],
    today: date,
) -> Week:
    sunday = monday + timedelta(days=6)
    mine = [team for team in teams if team.desk_id == desk.pk]
    has_team = any(
        team.valid_from <= sunday and (team.valid_to is None or team.valid_to >= monday)
        for team in mine
    )
    year, number, _ = monday.isocalendar()
    return Week(desk, year, number, monday, held, wanted, has_team, sunday < today)


def _sessions_held(desks: list[Agency], first: date, last: date) -> Counter[tuple[int, date]]:
    """Count sessions per desk and Monday; lines struck out do not count."""
    rows = GuidanceSession.objects.standing().filter(desk__in=desks).between(first, last)
    return Counter((desk, monday_of(day)) for desk, day in rows.values_list("desk_id", "day"))


def _wanted(mondays: list[date]) -> dict[date, int]:
    years = (mondays[-1] - mondays[0]).days // 365 + 1
    calendar = Holiday.objects.calendar(None, mondays[0], years=years)
    return {
        monday: min(
            SESSIONS_A_WEEK,
            sum(calendar.is_working(monday + timedelta(days=n)) for n in range(7)),
        )
        for monday in mondays
    }
