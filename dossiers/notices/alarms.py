"""Báo động: at 50, 80 and 100 % of its time a dossier raises its hand, once each.

Lateness is prevented by those who hold the dossier, so they are told while there is time left.
Source: QĐ 14/2015/QĐ-UBND; a promise is watched at 50, 80 and 100 % of its time.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from dossiers import due_dates
from dossiers.models import Alarm, Dossier, DossierQuerySet
from khanhson_portal.ground.moments import local_day
from procedures.worktime import Holiday
from procedures.worktime.progress import WorkedTime, used_share

THRESHOLDS = [50, 80, 100]
AT_ONCE = 500  # rows per insert


def expected_at(path: str = "") -> Coalesce:
    """The day people wait for: the new date of an apology, else the legal due date."""
    return Coalesce(F(f"{path}promised_at"), F(f"{path}due_at"))


def with_reached(dossiers: DossierQuerySet) -> DossierQuerySet:
    """Annotate ``expected`` and the highest threshold ``reached`` for it, None where none.

    Index: alarm_once_per_threshold (dossier, due_at, threshold).
    """
    alarms = Alarm.objects.filter(dossier=OuterRef("pk"), due_at=OuterRef("expected"))
    highest = alarms.order_by().values("dossier").annotate(top=Max("threshold")).values("top")
    return dossiers.annotate(expected=expected_at()).annotate(reached=Subquery(highest))


def reminded(dossiers: DossierQuerySet) -> DossierQuerySet:
    """The running dossiers that have raised an alarm and are not waiting for the citizen."""
    return with_reached(dossiers.ticking()).filter(Q(reached__isnull=False))


def raise_alarms(now: datetime) -> int:
    """Write an alarm for every threshold newly passed; return how many. Again: nothing new.

    One query for the dossiers (index dossier_running), four for the calendar, then inserts. The
    district's calendar counts for all (closures of one desk aside).
    """
    waiting = with_reached(Dossier.objects.ticking()).filter(Q(reached=None) | Q(reached__lt=100))
    columns = waiting.filter(Q(expected__isnull=False)).only(
        "received_at", "due_at", "promised_at", "stops"
    )
    dossiers = list(columns)
    if not dossiers:
        return 0
    since = local_day(min(dossier.received_at for dossier in dossiers))
    calendar = Holiday.objects.calendar(None, since, years=local_day(now).year - since.year + 3)
    worked = WorkedTime(calendar, since)
    fresh = [alarm for dossier in dossiers for alarm in _alarms_of(dossier, now, worked)]
    Alarm.objects.bulk_create(fresh, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(fresh)


def _alarms_of(dossier: Dossier, now: datetime, worked: WorkedTime) -> list[Alarm]:
    """Return the alarms a dossier has yet to raise.

    After an apology only the new date itself counts: the halves of its time are long gone.
    """
    expected: datetime = dossier.expected  # type: ignore[attr-defined]
    reached: int = dossier.reached or 0  # type: ignore[attr-defined]
    share = used_share(dossier.received_at, expected, now, worked, due_dates.stored_stops(dossier))
    thresholds = [100] if dossier.promised_at else THRESHOLDS
    return [
        Alarm(dossier=dossier, threshold=threshold, due_at=expected, raised_at=now)
        for threshold in thresholds
        if reached < threshold <= share * 100
    ]
