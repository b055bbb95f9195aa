"""Background work of notices: thin wrappers, each safe to run twice."""

from __future__ import annotations

from django.utils.timezone import now

from dossiers.notices import sending
from khanhson_portal import timetable


def send_notices() -> str:
    """Send what waits in the outbox. Again, or at the same time: only what is still waiting."""
    outcomes = sending.send_waiting(now())
    return ", ".join(f"{count} {status}" for status, count in sorted(outcomes.items())) or "nothing"


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Gửi tin báo": timetable.Every("dossiers.notices.jobs.send_notices", 1),
}
