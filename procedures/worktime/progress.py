"""How much of its time a dossier has used: worked time gone by, of worked time granted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from khanhson_portal.ground.moments import LOCAL, ONE_DAY
from procedures.worktime.calendar import WorkCalendar
from procedures.worktime.limits import OnSupplement
from procedures.worktime.traces import Stop


class WorkedTime:
    """Worked time between any two moments of one calendar, each day looked up once.

    Moments before ``first`` count as its beginning.
    """

    def __init__(self, calendar: WorkCalendar, first: date) -> None:
        self.calendar, self.first = calendar, first
        self._before = [timedelta()]  # worked time before first, first + 1 day, …

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the worked time from ``start`` to ``end``; zero when they are not in order."""
        return max(self._until(end) - self._until(start), timedelta())

    def _until(self, moment: datetime) -> timedelta:
        local = moment.astimezone(LOCAL)
        number = (local.date() - self.first).days
        if number < 0:
            return timedelta()
        while len(self._before) <= number:
            day = self.first + (len(self._before) - 1) * ONE_DAY
            worked = sum((c - o for o, c in self.calendar.sessions_on(day)), timedelta())
            self._before.append(self._before[-1] + worked)
        today = (
            max(min(closes, local) - opens, timedelta())
            for opens, closes in self.calendar.sessions_on(local.date())
        )
        return self._before[number] + sum(today, timedelta())


def used_share(
    received_at: datetime,
    due_at: datetime,
    now: datetime,
    worked: WorkedTime,
    stops: Sequence[Stop] = (),
) -> float:
    """Return the share of the time to ``due_at`` that is gone: 0.5 is half, 1.0 is used up
    (whether that is late already, ``lateness`` says).

    A stop that restarted the count begins it anew; one that paused it takes its time out of both
    sides. Time granted without any worked minute in it is used up when ``due_at`` comes.
    """
    start = received_at
    pauses: list[tuple[datetime, datetime]] = []
    for stop in stops:
        if stop.answered_at and stop.effect == OnSupplement.RESTART:
            start, pauses = max(start, stop.answered_at), []
        elif stop.answered_at and stop.effect == OnSupplement.PAUSE:
            pauses.append((stop.asked_at, stop.answered_at))
    if now >= due_at:
        return 1.0
    paused = sum((worked.between(max(a, start), min(b, due_at)) for a, b in pauses), timedelta())
    granted = worked.between(start, due_at) - paused
    if granted <= timedelta():
        return 0.0
    return max(worked.between(start, now) - paused, timedelta()) / granted
