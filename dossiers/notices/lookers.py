"""Ai đã xem: who opened which personal file when, and whether they had work to do on it.

Source: NĐ 13/2023/NĐ-CP (every view of a personal file is logged).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dossiers.models import Dossier, Event, Leg, ViewLog
from khanhson_portal.ground.moments import day_bounds

LOOK_BACK = timedelta(days=30)  # shown while no day is chosen


@dataclass(frozen=True)
class Asked:
    """What the controller filters by; None and "" do not narrow."""

    officer: int | None = None
    day: date | None = None
    code: str = ""
    idle: bool = False


def views_of(desks: set[int], asked: Asked, now: datetime) -> QuerySet[ViewLog]:
    """Return the views of these desks' dossiers, the newest first, annotated ``involved``.

    ``involved``: the officer acted on the dossier at some time, or was handed it. Indexes:
    view_by_time, with an officer view_by_officer, with a code view_by_dossier.
    """
    acted = Event.objects.filter(dossier=OuterRef("dossier"), by=OuterRef("officer"))
    held = Leg.objects.filter(dossier=OuterRef("dossier"), officer=OuterRef("officer"))
    rows = ViewLog.objects.filter(dossier__desk__in=desks).alias(acted=Exists(acted))
    rows = rows.alias(held=Exists(held)).annotate(involved=Q(acted=True) | Q(held=True))
    if asked.officer is not None:
        rows = rows.filter(officer=asked.officer)
    if asked.code:
        rows = rows.filter(dossier__in=Dossier.objects.named(asked.code).values("pk"))
    if asked.day:
        start, end = day_bounds(asked.day)
        rows = rows.filter(at__gte=start, at__lt=end)
    elif not asked.code:
        rows = rows.filter(at__gte=now - LOOK_BACK)
    if asked.idle:
        rows = rows.filter(Q(involved=False))
    return rows.select_related("officer", "dossier__version").order_by("-at", "-pk")
