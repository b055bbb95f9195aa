"""Background work of publication: thin wrappers, safe to run twice."""

from __future__ import annotations

from datetime import time

from django.utils.timezone import now

from khanhson_portal.ground import timetable
from khanhson_portal.publication import months


@timetable.job
def prepare_month() -> str:
    """Every night: draft missing months, publish drafts whose time is over. Again: nothing new."""
    return months.draft_month_before(now())


TIMETABLE: dict[str, timetable.Daily | timetable.Every] = {
    "Lập thống kê tháng": timetable.Daily(
        "khanhson_portal.publication.jobs.prepare_month", time(1)
    ),
}


def write_timetable(**_signal_arguments: object) -> None:
    timetable.write(TIMETABLE)
