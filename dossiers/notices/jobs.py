"""Background work of notices: thin wrappers, each safe to run twice."""

from __future__ import annotations

from datetime import time

from django.utils.timezone import now

from dossiers.notices import alarms, digest, sending
from khanhson_portal.ground import timetable


@timetable.job
def send_notices() -> str:
    """Send what waits in the outbox. Again, or at the same time: only what is still waiting."""
    outcomes = sending.send_waiting(now())
    return ", ".join(f"{count} {status}" for status, count in sorted(outcomes.items())) or "nothing"


@timetable.job
def raise_alarms() -> str:
    """Raise the alarms of thresholds passed since the last run. Again: nothing new."""
    return f"{alarms.raise_alarms(now())} alarms"


@timetable.job
def write_digests() -> str:
    """Before the office opens: one letter per officer concerned. Again the same day: nothing."""
    return f"{digest.write_digests(now())} letters"


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Gửi tin báo": timetable.Every("dossiers.notices.jobs.send_notices", 1),
    "Báo động thời hạn": timetable.Every("dossiers.notices.jobs.raise_alarms", 30),
    "Thư nhắc việc": timetable.Daily("dossiers.notices.jobs.write_digests", time(6, 30)),
}
