"""Opening hours in words, as the rows of working time say."""

from __future__ import annotations

from khanhson_portal.ground import words
from procedures.offices import Agency
from procedures.worktime import WorkingTime


def opening_hours(agency: Agency | None) -> str:
    """Return "7 giờ – 11 giờ 30, …, thứ Hai đến thứ Sáu", "" when no hours are on record."""
    rules = WorkingTime.objects.rules(agency)
    if not rules:
        return ""
    sessions = max(rules, key=lambda r: r.valid_from).sessions
    hours = [
        f"{words.hour(session.opens)} – {words.hour(session.closes)}" for session in sessions[0]
    ]
    return f"{', '.join(hours)}, thứ Hai đến {words.WEEKDAYS[max(sessions)]}"
