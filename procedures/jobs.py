"""Background work of the catalogue: thin wrappers, safe to run twice."""

from __future__ import annotations

from datetime import time

from django.utils.timezone import now

from khanhson_portal import timetable
from procedures.printouts import keeping


def draw_printout(printout_id: int) -> str:
    """Draw one long list or stack of leaflets. Again: it is drawn already, nothing happens."""
    return keeping.draw(printout_id, now())


def forget_printouts() -> str:
    """Delete printouts that nobody asked for lately. Again: nothing is left to delete."""
    return f"{keeping.forget_old(now())} printouts forgotten"


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Dọn bản in cũ": timetable.Daily("procedures.jobs.forget_printouts", time(2)),
}


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
