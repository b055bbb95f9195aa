"""Trước hạn, đúng hạn, quá hạn: one written rule for screens, papers and statistics.

Limits in days are compared by the day, limits in hours by the minute; what is compared is the
moment the office finished, never the moment the citizen collected. No due date is its own class.
Source: the date part only, TT 01/2020/TT-VPCP Biểu II.06a.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import TextChoices

from khanhson_portal.ground.moments import LOCAL


class Timeliness(TextChoices):
    EARLY = "early", "trước hạn"
    ON_TIME = "on_time", "đúng hạn"
    LATE = "late", "quá hạn"
    NO_LIMIT = "no_limit", "không có hạn"


def classify(finished_at: datetime, due_at: datetime | None, *, exact: bool) -> Timeliness:
    """Return the class of a dossier finished at ``finished_at``; both moments are aware."""
    if due_at is None:
        return Timeliness.NO_LIMIT
    finished, due = finished_at.astimezone(LOCAL), due_at.astimezone(LOCAL)
    if exact:
        finished, due = (m.replace(second=0, microsecond=0) for m in (finished, due))
    else:
        finished, due = (
            m.replace(hour=0, minute=0, second=0, microsecond=0) for m in (finished, due)
        )
    if finished == due:
        return Timeliness.ON_TIME
    return Timeliness.EARLY if finished < due else Timeliness.LATE
