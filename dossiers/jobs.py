"""Background work for hồ sơ: a job fetches by id or date, calls one plain function."""

from __future__ import annotations

import logging
from datetime import time, timedelta

from django.utils.timezone import localdate, now

from dossiers import importing, recounting, seals
from dossiers.models import CalendarChange, Paper
from dossiers.notices import jobs as notices
from dossiers.papers import batching, keeping
from khanhson_portal.ground import timetable

log = logging.getLogger("portal.papers")

LATELY = timedelta(days=14)  # a long holiday with the machine off lies within
AT_ONCE = 200  # papers per run, so that a run ends long before the queue gives up on it


@timetable.job
def draw_papers() -> str:
    """Draw the PDFs of papers issued lately that nobody has opened yet, the oldest first.

    A paper already drawn is left alone; a killed run is taken up by the next.
    """
    undrawn = Paper.objects.filter(pdf_sha256="").issued_since(localdate() - LATELY)
    drawn = 0
    for paper in undrawn.select_related("form").order_by("issued_at")[:AT_ONCE]:
        try:
            keeping.original(paper)
        except keeping.PaperDamaged as damage:
            log.error("%s", damage)
        else:
            drawn += 1
    return f"{drawn} papers drawn"


@timetable.job
def draw_batch(batch_id: int) -> str:
    """Begin a batch of papers. Again: what is drawn stays, a finished batch is left alone."""
    return batching.draw(batch_id)


@timetable.job
def draw_batch_part(batch_id: int, part: int) -> str:
    """Draw one part of a batch. Again: sheets already drawn are skipped."""
    return batching.draw_part(batch_id, part)


@timetable.job
def seal_yesterday() -> str:
    """Seal every finished day that has no seal. Again: nothing new."""
    seal = seals.seal_day(localdate() - timedelta(days=1), now())
    return f"sealed up to {seal.day}" if seal else "nothing to seal"


@timetable.job
def recount_change(change_id: int) -> str:
    """Count the open dossiers that a changed calendar moves. Again: those left over, or none."""
    return f"{recounting.go_on(change_id, now())} due dates moved"


@timetable.job
def recount_unfinished() -> str:
    """Take up changes whose counting was cut off. Again: nothing left to count."""
    for change in CalendarChange.objects.unfinished():
        recounting.go_on(change.pk, now())
    return "no change left unfinished"


@timetable.job
def forget_uploads() -> str:
    """Drop files of running dossiers that were looked at and never confirmed. Again: none left."""
    return f"{importing.forget_files(now())} files dropped"


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "In sẵn giấy tờ": timetable.Every("dossiers.jobs.draw_papers", 2),
    "Niêm phong nhật ký": timetable.Daily("dossiers.jobs.seal_yesterday", time(0, 30)),
    "Xóa tệp hồ sơ chưa xác nhận": timetable.Daily("dossiers.jobs.forget_uploads", time(0, 45)),
    "Tính lại hạn còn dở": timetable.Every("dossiers.jobs.recount_unfinished", 10),
    **notices.TIMETABLE,
}


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
