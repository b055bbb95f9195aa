"""The clock of a dossier: its deadline from its own record, and back from what is stored.

The due date is computed, never typed. ``Dossier.deadline`` keeps the count day by day, so that
"Vì sao là ngày này?" can be answered in ten years with the calendar of today's rules.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dossiers.models import Dossier
from khanhson_portal.ground.moments import LOCAL, local_day
from procedures.catalogue import ProcedureCase
from procedures.offices import Agency
from procedures.worktime import (
    DayKind,
    Deadline,
    Holiday,
    OnSupplement,
    Stop,
    StopReason,
    TimeLimit,
    TracedDay,
    Unit,
    WorkCalendar,
    compute,
    lateness,
)
from procedures.worktime.calendar import WEEKEND_NAMES


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
            reason=_reason(stop),
        )
        for stop in dossier.stops
    ]


def new_stop(asked: datetime, effect: OnSupplement, reason: StopReason) -> dict[str, Any]:
    """Return a stop as ``Dossier.stops`` stores it, its answer still to come."""
    return {
        "asked": asked.isoformat(),
        "answered": None,
        "effect": effect.value,
        "reason": reason.value,
    }


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
        "trace": [_stored_day(traced) for traced in deadline.trace],
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
        trace=tuple(_read_trace(stored["trace"])),
        rule=stored["rule"],
        provisional=stored["provisional"],
    )


def _stored_day(traced: TracedDay) -> list[Any]:
    row: list[Any] = [traced.day.isoformat(), traced.counted]
    plain = traced.kind == DayKind.COUNTED
    return row if plain else [*row, traced.kind.value, traced.reason]


def _read_trace(rows: list[list[Any]]) -> list[TracedDay]:
    trace = [_traced(row) for row in rows]
    old_and_rolled = rows and rows[-1][1] == ""
    return _rolled(trace) if old_and_rolled else trace


def _traced(row: list[Any]) -> TracedDay:
    day, what = date.fromisoformat(row[0]), row[1]
    if isinstance(what, str):
        return TracedDay(day, 0, what, _kind_of(what))
    kind, reason = row[2:] or (DayKind.COUNTED, "")
    return TracedDay(day, what, reason, DayKind(kind))


# What was stored before kinds and reasons had names of their own: the words alone.
OLD_REASONS = {"chờ bổ sung": StopReason.SUPPLEMENT, "chờ nộp tiền": StopReason.PAYMENT}
OLD_KINDS = {
    **dict.fromkeys(OLD_REASONS, DayKind.WAITING),
    **dict.fromkeys(WEEKEND_NAMES.values(), DayKind.WEEKEND),
    "ngày nhận đủ bổ sung": DayKind.ANSWERED,
    "ngày nhận đủ bổ sung, tính lại từ đầu": DayKind.RESTARTED,
    "hết giờ làm việc": DayKind.AFTER_HOURS,
    "": DayKind.NEXT_OPEN,
}


def _reason(stop: dict[str, Any]) -> StopReason:
    return StopReason(stop["reason"]) if "reason" in stop else OLD_REASONS[stop["why"]]


def _rolled(trace: list[TracedDay]) -> list[TracedDay]:
    """Give an old period that went on from a day off the reason why its last day was off.

    It was stored as counted and no more; the day after it tells what holiday it lay in.
    """
    last = max(i for i, traced in enumerate(trace) if traced.counted)
    ended, after = trace[last], trace[last + 1]
    if after.kind == DayKind.DAY_OFF:
        off = replace(ended, reason=after.reason, kind=DayKind.DAY_OFF)
    else:
        name = WEEKEND_NAMES.get(ended.day.weekday(), "")
        off = replace(ended, reason=name, kind=DayKind.WEEKEND)
    return [*trace[:last], off, *trace[last + 1 :]]


def _kind_of(words: str) -> DayKind:
    late = DayKind.AFTER_CUTOFF if words.startswith("nhận sau ") else DayKind.DAY_OFF
    return OLD_KINDS.get(words, late)


def is_late(dossier: Dossier, now: datetime) -> bool:
    """Whether a running dossier is past its legal due date; never while the clock stands."""
    return dossier.is_running and lateness.is_late(
        now, dossier.due_at, exact=dossier.due_exact, standing=dossier.standing
    )
