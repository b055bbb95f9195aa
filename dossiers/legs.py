"""The allowed time of one leg, by the internal steps of the procedure (quy trình nội bộ)."""

from __future__ import annotations

from datetime import datetime, timedelta

from dossiers import due_dates
from dossiers.models import Dossier
from procedures.catalogue.internal_steps import hours
from procedures.offices import Agency
from procedures.worktime import TimeLimit, Unit, compute


def due_at(dossier: Dossier, to: Agency, now: datetime) -> datetime | None:
    """Return when ``to`` should be done with it; None where the procedure names no steps.

    Steps at the desk count for the desk, the others for whoever else holds the dossier.
    Source: NĐ 61/2018/NĐ-CP, quy trình nội bộ.
    """
    at_desk = to.pk == dossier.desk_id
    steps = [step for step in dossier.case.steps.all() if step.at_desk == at_desk]
    allowed = hours(steps)
    if not allowed:
        return None
    calendar = due_dates.calendar_of(dossier.desk, now - timedelta(days=1))
    return compute(TimeLimit(allowed, Unit.WORKING_HOUR), now, calendar).due_at
