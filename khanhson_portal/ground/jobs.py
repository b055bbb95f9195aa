"""Background work of the ground: thin wrappers, safe to run twice."""

from __future__ import annotations

from datetime import time

from django.utils.timezone import now

from khanhson_portal.ground import brake, timetable


@timetable.job
def forget_attempts() -> str:
    """Delete tries that no brake looks at any more. Again: nothing is left to delete."""
    return f"{brake.forget_old(now())} attempts forgotten"


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Quên các lần thử cũ": timetable.Daily("khanhson_portal.ground.jobs.forget_attempts", time(3)),
}


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
