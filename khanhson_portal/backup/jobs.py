"""Background work of backup: thin wrappers, safe to run twice."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils.timezone import now

from khanhson_portal.backup import work
from khanhson_portal.ground import last_runs, timetable
from khanhson_portal.ground.models import LastRun

BETWEEN_DRILLS = timedelta(days=6, hours=12)


@timetable.job
def back_up() -> str:
    """Make the night's archive. Again: one more, and the rule keeps the newest of a day."""
    return str(work.back_up(now()))


@timetable.job
def drill() -> str:
    """Try the newest archive once a week. Again the same week: nothing."""
    last = last_runs.of(LastRun.Name.DRILL)
    if last and last.well and now() - last.at < BETWEEN_DRILLS:
        return "tried this week"
    return work.drill(now())


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Sao lưu": timetable.Daily("khanhson_portal.backup.jobs.back_up", time(1, 30)),
    "Diễn tập khôi phục": timetable.Daily("khanhson_portal.backup.jobs.drill", time(2, 30)),
}


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
