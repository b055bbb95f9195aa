"""Background work of the ground: thin wrappers, safe to run twice."""

from __future__ import annotations

from datetime import time

from django.utils.timezone import now

from khanhson_portal.ground import brake, last_runs, timetable
from khanhson_portal.ground.models import LastRun


@timetable.job
def forget_attempts() -> str:
    """Delete tries that no brake looks at any more. Again: nothing is left to delete."""
    return f"{brake.forget_old(now())} attempts forgotten"


@timetable.job
def beat() -> str:
    """Note that the worker works: only a job that has really run writes it. Again: the newer."""
    last_runs.remember(LastRun.Name.HEARTBEAT, now(), well=True)
    return "alive"


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Nhịp của tiến trình nền": timetable.Every("khanhson_portal.ground.jobs.beat", 1),
    "Quên các lần thử cũ": timetable.Daily("khanhson_portal.ground.jobs.forget_attempts", time(3)),
}


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
