"""Due dates once more, lived through instead of computed: day by day, and half hour by half hour.

The oracle takes plain dates and knows nothing of how the portal counts. It is what an officer does
with a wall calendar: every morning ask whether the day is used, every evening whether time is up.

    python -m tests.procedures.calendar_oracle 100000     # compares that many random cases
"""

from __future__ import annotations

import random
import sys
import time as clock
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

DAY, SLOT = timedelta(days=1), timedelta(minutes=30)


@dataclass(frozen=True)
class Wait:
    """Papers asked for and brought, naive local time; ``restart`` begins the limit anew."""

    asked: datetime
    answered: datetime
    restart: bool


@dataclass(frozen=True)
class Wall:
    """The calendar on the wall: days off, Saturdays worked, hours by weekday (0 is Monday)."""

    off: frozenset[date]
    worked: frozenset[date]
    hours: dict[int, list[tuple[time, time]]]
    cutoff: time
    asking_day_counts: bool

    def open_hours(self, day: date) -> list[tuple[time, time]]:
        if day in self.worked:
            return self.hours[0]
        return [] if day in self.off else self.hours.get(day.weekday(), [])

    def is_open(self, day: date) -> bool:
        return bool(self.open_hours(day))

    def works_at(self, moment: datetime) -> bool:
        hours = self.open_hours(moment.date())
        return any(opens <= moment.time() < closes for opens, closes in hours)

    def next_open(self, moment: datetime) -> datetime:
        """The first moment from this one on at which the doors stand open, the bell included."""
        while not any(o <= moment.time() <= c for o, c in self.open_hours(moment.date())):
            moment += SLOT
        return moment


@dataclass
class Case:
    wall: Wall
    received: datetime
    number: int
    unit: str
    waits: list[Wait] = field(default_factory=list)

    def due(self) -> date | datetime:
        """A day for limits in days, a moment for limits in hours."""
        if self.unit in {"hour", "working_hour"}:
            return by_the_half_hour(self)
        if self.unit == "same_day":
            return within_the_day(self)
        return by_the_day(self)


def by_the_day(case: Case) -> date:
    """Cross off one day after another until the last is used and the office is open."""
    wall, waits = case.wall, list(case.waits)
    today = case.received.date()
    left = case.number if case.unit != "month" else days_of_months(today, case.number)
    waiting: Wait | None = None
    first = True
    while True:
        spent = first  # the day of reception, of asking, of the answer: none of them is used
        if waiting and today == waiting.answered.date():
            spent = True
            if waiting.restart:
                left = whole_again(case, waiting)
            waiting = None
        elif waiting:
            spent = True
        while waiting is None and waits and waits[0].asked.date() == today:
            asked = waits.pop(0)
            same_day = asked.answered.date() == today
            if asked.restart and same_day:
                spent, left = True, whole_again(case, asked)
            elif not wall.asking_day_counts:
                spent = True
            if not same_day:
                waiting = asked
        usable = case.unit != "working_day" or wall.is_open(today)
        if not spent and usable and left:
            left -= 1
        if not spent and waiting is None and not left and wall.is_open(today):
            return today
        today, first = today + DAY, False


def whole_again(case: Case, restarted: Wait) -> int:
    """The whole limit from the day it begins anew: a month has its own number of days."""
    if case.unit == "month":
        return days_of_months(restarted.answered.date(), case.number)
    return case.number


def days_of_months(start: date, months: int) -> int:
    """How many days later the same number stands on the calendar, or the month is out."""
    day, seen = start, 0
    while True:
        following = day + DAY
        ends = day.day == start.day or (day.day < start.day and following.day == 1)
        if day != start and seen == months and ends:
            return (day - start).days
        seen += following.day == 1
        day = following


def within_the_day(case: Case) -> date:
    """Today, if it came before the cut-off hour of an open day; else the next open day."""
    wall, waits, moment = case.wall, list(case.waits), case.received
    while True:
        due = moment.date()
        if not wall.is_open(due) or moment.time() > wall.cutoff:
            due += DAY
            while not wall.is_open(due):
                due += DAY
        if not waits or waits[0].asked.date() > due:
            return due
        moment = waits.pop(0).answered


def by_the_half_hour(case: Case) -> datetime:
    """Let the clock on the wall run; half hours count, or they do not."""
    wall, waits, now = case.wall, list(case.waits), case.received
    whole = left = case.number * 2
    while True:
        up = wall.next_open(now) if not left else now
        if waits and waits[0].asked <= up:
            wait = waits.pop(0)
            now, left = max(now, wait.answered), whole if wait.restart else left
        elif not left:
            return up
        else:
            left -= case.unit == "hour" or wall.works_at(now)
            now += SLOT


# Random cases ----------------------------------------------------------------------------------

MORNING, AFTERNOON = (time(7), time(11, 30)), (time(13, 30), time(17))
UNITS = {"working_day": 25, "day": 40, "month": 4, "same_day": 0, "hour": 60, "working_hour": 40}


def random_wall(chance: random.Random) -> Wall:
    """Two years of days off, alone and in a row, some Saturdays worked for them."""
    off: set[date] = set()
    for _ in range(40):
        first = date(2018, 1, 1) + chance.randrange(900) * DAY
        off |= {first + n * DAY for n in range(chance.choice([1, 1, 2, 4, 7]))}
    saturdays = [date(2018, 1, 6) + n * 7 * DAY for n in range(120)]
    hours = dict.fromkeys(range(5), [MORNING, AFTERNOON])
    if chance.random() < 0.2:
        hours[5] = [MORNING]
    return Wall(
        off=frozenset(off),
        worked=frozenset(chance.sample(saturdays, 8)),
        hours=hours,
        cutoff=time(chance.choice([15, 16])),
        asking_day_counts=chance.random() < 0.3,
    )


def random_case(chance: random.Random, wall: Wall) -> Case:
    unit = chance.choice(list(UNITS))
    received = datetime(2018, 1, 1) + chance.randrange(500 * 48) * SLOT  # noqa: DTZ001  # the wall's own time
    waits, moment = [], received
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        asked = moment + chance.choice([0, 1, 7, 48, 100, 300, chance.randrange(1500)]) * SLOT
        moment = asked + chance.choice([0, 2, 48, 200, chance.randrange(1500)]) * SLOT
        waits.append(Wait(asked, moment, restart=chance.random() < 0.3))
    number = chance.randint(1, UNITS[unit]) if UNITS[unit] else 0
    case = Case(wall, received, number, unit, waits)
    return on_the_last_day(chance, case) if chance.random() < 0.4 else case


def on_the_last_day(chance: random.Random, case: Case) -> Case:
    """Ask when time is nearly up, or up already: on the due day, or within a few days of it."""
    due = Case(case.wall, case.received, case.number, case.unit).due()
    day = due.date() if isinstance(due, datetime) else due
    moment = datetime.combine(day, time()) + chance.randrange(48) * SLOT  # noqa: DTZ001
    if isinstance(due, datetime) and chance.random() < 0.5:
        moment = due
    asked = max(case.received, moment - chance.choice([0, 0, 1, 2, 3]) * DAY)
    answered = asked + chance.randrange(500) * SLOT
    return Case(
        case.wall,
        case.received,
        case.number,
        case.unit,
        [Wait(asked, answered, restart=chance.random() < 0.2)],
    )


# Comparing -------------------------------------------------------------------------------------


def difference(case: Case) -> str:
    """Return where the portal differs from the wall calendar, "" where they agree."""
    deadline = portals(case, case.waits)
    ours: date | datetime = deadline.due_at.replace(tzinfo=None)
    if case.unit not in {"hour", "working_hour"}:
        ours = deadline.due_on
    return "" if ours == case.due() else f"portal {ours}, wall {case.due()}: {case}"


def too_early(case: Case) -> str:
    """Return the answer to a timely request that the due date lies before, "" without any."""
    from procedures.worktime import is_late

    for number, wait in enumerate(case.waits):
        before, after = portals(case, case.waits[:number]), portals(case, case.waits[: number + 1])
        if is_late(local(wait.asked), before.due_at, exact=before.exact):
            break
        if is_late(local(wait.answered), after.due_at, exact=after.exact):
            return f"due {after.due_at} before {wait.answered}: {case}"
    return ""


def local(moment: datetime) -> datetime:
    from khanhson_portal.ground.moments import LOCAL

    return moment.replace(tzinfo=LOCAL)


def portals(case: Case, waits: list[Wait]):
    """What the portal computes for the same case."""
    from procedures.worktime import (
        OnSupplement,
        Rules,
        Session,
        Stop,
        TimeLimit,
        Unit,
        WorkCalendar,
        compute,
    )

    wall = case.wall
    week = {day: tuple(Session(*one) for one in hours) for day, hours in wall.hours.items()}
    rules = Rules("tường", date(2010, 1, 1), week, wall.cutoff, wall.asking_day_counts)
    calendar = WorkCalendar(
        (rules,), dict.fromkeys(wall.off, "nghỉ"), dict.fromkeys(wall.worked, "làm bù")
    )
    effects = {True: OnSupplement.RESTART, False: OnSupplement.PAUSE}
    stops = [Stop(local(w.asked), local(w.answered), effects[w.restart]) for w in waits]
    return compute(TimeLimit(case.number, Unit(case.unit)), local(case.received), calendar, stops)


def compare(many: int, seed: int) -> list[str]:
    """Return the first differences among ``many`` random cases."""
    chance, found = random.Random(seed), []
    wall = random_wall(chance)
    for number in range(many):
        if number % 50 == 0:
            wall = random_wall(chance)
        case = random_case(chance, wall)
        found += filter(None, [difference(case), too_early(case)])
        if len(found) > 9:
            break
    return found


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khanhson_portal.settings")
    os.environ.setdefault("PORTAL_DATABASE_URL", "postgresql:///none")
    django.setup()
    many, begun = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, clock.monotonic()
    differences = compare(many, seed=2018)
    print("\n".join(differences) or f"{many} cases agree", f"({clock.monotonic() - begun:.0f} s)")
    sys.exit(bool(differences))
