"""What the queue runs for the catalogue: a thin call of one plain function, safe to run twice."""

from __future__ import annotations

from datetime import time

from django.utils.timezone import localdate

from khanhson_portal import timetable
from procedures.search import log

TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Quên từ tìm kiếm cũ": timetable.Daily("procedures.jobs.forget_searches", time(2, 20)),
}


def forget_searches() -> str:
    """Delete words nobody has searched for in a year."""
    return f"{log.forget_old(localdate())} words forgotten"


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
