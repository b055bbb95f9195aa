"""What the queue runs for the catalogue: thin calls of one plain function, safe to run twice."""

from __future__ import annotations

from datetime import time

from django.utils.timezone import localdate, now

from khanhson_portal.ground import timetable
from procedures.catalogue.search import log
from procedures.noticeboard.printouts import keeping


@timetable.job
def draw_printout(printout_id: int) -> str:
    """Draw one long list or stack of leaflets. Again: it is drawn already, nothing happens."""
    return keeping.draw_printout(printout_id, now())


@timetable.job
def forget_printouts() -> str:
    """Delete printouts that nobody asked for lately. Again: nothing is left to delete."""
    return f"{keeping.forget_old_printouts(now())} printouts forgotten"


@timetable.job
def forget_searches() -> str:
    """Delete words nobody has searched for in a year."""
    return f"{log.forget_old_searches(localdate())} words forgotten"


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Dọn bản in cũ": timetable.Daily("procedures.jobs.forget_printouts", time(2)),
    "Quên từ tìm kiếm cũ": timetable.Daily("procedures.jobs.forget_searches", time(2, 20)),
}


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
