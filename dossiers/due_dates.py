"""The clock of a dossier: its deadline from its own record, and back from what is stored.

The due date is computed, never typed. ``Dossier.deadline`` keeps the count day by day, so that
"Vì sao là ngày này?" can be answered in ten years with the calendar of today's rules.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dossiers.models import Dossier
from khanhson_portal.ground.moments import LOCAL, local_day
from procedures.catalogue import ProcedureCase
from procedures.offices import Agency
from procedures.worktime import (
    Deadline,
    Holiday,
    OnSupplement,
    Stop,
    TimeLimit,
    TracedDay,
    Unit,
    WorkCalendar,
    compute,
)


def calendar_of(agency: Agency, since: datetime) -> WorkCalendar:
    """Return the working calendar that counts for an agency from ``since`` on."""
    return Holiday.objects.calendar(agency, local_day(since))


def limit_of(case: ProcedureCase, channel: str) -> TimeLimit:
    """Return the time limit of a case filed by ``channel``, as its procedure's page promises it."""
    return case.limit_by(channel)


def stored_stops(dossier: Dossier) -> list[Stop]:
    return [
        Stop(
            asked_at=datetime.fromisoformat(stop["asked"]),
            answered_at=datetime.fromisoformat(stop["answered"]) if stop["answered"] else None,
            effect=OnSupplement(stop["effect"]),
            why=stop["why"],
        )
        for stop in dossier.stops
    ]


def deadline_of(dossier: Dossier, calendar: WorkCalendar | None = None) -> Deadline:
    """Compute the legal deadline of a dossier from its reception, its case and its stops."""
    return compute(
        limit_of(dossier.case, dossier.channel),
        dossier.received_at,
        calendar or calendar_of(dossier.desk, dossier.received_at),
        stored_stops(dossier),
    )


def set_deadline(dossier: Dossier, deadline: Deadline) -> None:
    """Write a computed deadline into the columns of a dossier (not saved)."""
    dossier.due_at = deadline.due_at
    dossier.due_exact = deadline.exact
    dossier.deadline = as_json(deadline)


def as_json(deadline: Deadline) -> dict[str, Any]:
    return {
        "limit": [deadline.limit.number, deadline.limit.unit.value],
        "received": deadline.received_at.isoformat(),
        "due": deadline.due_at.isoformat() if deadline.due_at else None,
        "rule": deadline.rule,
        "provisional": deadline.provisional,
        "trace": [[t.day.isoformat(), t.counted or t.reason] for t in deadline.trace],
    }


def from_json(stored: dict[str, Any]) -> Deadline | None:
    """Return the deadline that ``as_json`` stored, None for a dossier that has none."""
    if not stored:
        return None
    number, unit = stored["limit"]
    return Deadline(
        limit=TimeLimit(number, Unit(unit)),
        received_at=datetime.fromisoformat(stored["received"]).astimezone(LOCAL),
        due_at=datetime.fromisoformat(stored["due"]).astimezone(LOCAL) if stored["due"] else None,
        trace=tuple(_traced(day, what) for day, what in stored["trace"]),
        rule=stored["rule"],
        provisional=stored["provisional"],
    )


def _traced(day: str, what: int | str) -> TracedDay:
    if isinstance(what, int):
        return TracedDay(date.fromisoformat(day), what)
    return TracedDay(date.fromisoformat(day), 0, what)


def is_late(dossier: Dossier, now: datetime) -> bool:
    """Whether a running dossier is past its legal due date; never while the clock stands."""
    if dossier.due_at is None or dossier.standing or not dossier.is_running:
        return False
    if dossier.due_exact:
        return now > dossier.due_at
    return local_day(now) > local_day(dossier.due_at)
