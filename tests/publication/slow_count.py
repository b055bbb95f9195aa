"""A second way of counting: one dossier after the other, in plain Python, from its raw events.

It shares nothing with ``dossiers.statistics`` but the definitions, and is as slow as it looks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

from dossiers.models import Dossier, Event

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
Key = tuple[int, int, bool]


def slow_count(start: datetime, end: datetime) -> dict[Key, Counter[str]]:
    """Return the figures of a period by desk, field and mechanism; figures of nought are absent."""
    cells: dict[Key, Counter[str]] = defaultdict(Counter)
    for dossier in Dossier.objects.all():
        past = [event for event in dossier.events.order_by("number") if event.recorded_at < end]
        if past and past[-1].entered_at and not (past[-1].closed_at and past[-1].closed_at < start):
            key, facts = read(dossier, past)
            cells[key].update(figures(past[-1], facts, start, end))
    return dict(cells)


def read(dossier: Dossier, past: list[Event]) -> tuple[Key, dict]:
    """Return the cell a dossier belongs to, and how it came in."""
    version = past[-1].version
    facts = {
        "field": version.field_id,
        "linked": version.linked,
        "channel": dossier.channel,
        "helped": dossier.helper_id is not None,
    }
    for event in past:
        facts = event.data.get("counted", facts) if "counted" in event.data else facts
    return (past[-1].desk_id, facts["field"], facts["linked"]), facts


def figures(last: Event, facts: dict, start: datetime, end: datetime) -> list[str]:
    """Return the name of every figure that a dossier adds one to."""
    found = [came_in(last, facts, start)]
    if last.closed_at:
        lateness = compared(last, last.finished_at or last.closed_at)
        found.append(f"done_{lateness}")
        if lateness == "late" and last.promised_at:
            found.append("late_apologised")
    elif last.due_at is None:
        found.append("open_no_limit")
    elif last.standing:
        found.append("open_waiting")
    else:
        found.append("open_late" if compared(last, end) == "late" else "open_in_time")
    if last.state in {"withdrawn", "stopped"}:
        found.append(last.state)
    return found


def came_in(last: Event, facts: dict, start: datetime) -> str:
    if last.entered_at < start:
        return "carried"
    if facts["channel"] != "online":
        return "new_direct"
    return "new_helped" if facts["helped"] else "new_online"


def compared(last: Event, moment: datetime) -> str:
    if last.due_at is None:
        return "no_limit"
    shape = "%Y-%m-%d %H:%M" if last.due_exact else "%Y-%m-%d"
    due, reached = (m.astimezone(HERE).strftime(shape) for m in (last.due_at, moment))
    return "on_time" if due == reached else "early" if reached < due else "late"
