"""Background work of satisfaction: thin wrappers, safe to run twice."""

from __future__ import annotations

from datetime import time

from khanhson_portal.ground import timetable
from satisfaction import collecting


@timetable.job
def shuffle_answers() -> str:
    """Write the day's answers anew in random order. Again: nothing is fresh."""
    return f"{collecting.shuffle()} answers shuffled"


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Xáo phiếu hài lòng": timetable.Daily("satisfaction.jobs.shuffle_answers", time(0, 15)),
}


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
