"""Bất thường: what the controller should look at. Reads only; each word names its index.

It happened too fast, was refused without a ground, lies about, or belongs to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value

from dossiers.models import Dossier, DossierQuerySet, Event, Leg
from khanhson_portal.ground.moments import ONE_DAY, first_moment, local_day, start_of_day
from procedures.worktime import WorkCalendar

LOOK_BACK = timedelta(days=90)
TOO_FAST = timedelta(minutes=1)
SHELF_DAYS = 5  # working days a result may lie uncollected before somebody should call
REFUSING = ["refuse", "decline"]


@dataclass(frozen=True)
class Looked:
    """One list of the page: its word in the address, its label, its explanation, its rows."""

    slug: str
    label: str
    explanation: str
    rows: QuerySet


def lists(desks: set[int], now: datetime, calendar: WorkCalendar) -> list[Looked]:
    """Return the four lists over the dossiers of these desks, unread."""
    since = now - LOOK_BACK
    return [
        Looked(
            "qua-nhanh",
            "bước xong trong chưa đầy 1 phút",
            "Trong 90 ngày qua. Bước chuyển đầu tiên ở quầy không tính, vì tiếp nhận rồi chuyển "
            "ngay là đúng.",
            too_fast(desks, since),
        ),
        Looked(
            "tu-choi-thieu-can-cu",
            "từ chối không ghi đủ căn cứ",
            "Trong 90 ngày qua: từ chối mà thiếu mã lý do, hoặc thiếu lời giải thích.",
            groundless(desks, since),
        ),
        Looked(
            "chua-tra",
            f"có kết quả, quá {SHELF_DAYS} ngày làm việc chưa trả",
            "Bà con có thể chưa biết đã có kết quả: xin gọi điện hoặc gửi bưu chính.",
            uncollected(desks, now, calendar),
        ),
        Looked(
            "khong-nguoi",
            "đang giải quyết, không có người thụ lý",
            "Đã đến đơn vị từ hôm trước mà chưa giao cho ai.",
            unheld(desks, now),
        ),
    ]


def counts(looked: list[Looked]) -> dict[str, int]:
    """Return how long each list is, by its word; one query for all of them."""
    parts = [
        one.rows.order_by()
        .annotate(slug=Value(one.slug, CharField()))
        .values_list("slug")
        .annotate(n=Count("pk"))
        for one in looked
    ]
    found = dict(parts[0].union(*parts[1:], all=True))
    return {one.slug: found.get(one.slug, 0) for one in looked}


def too_fast(desks: set[int], since: datetime) -> QuerySet[Leg]:
    """Legs closed within a minute, the first at the counter aside; index leg_by_end."""
    legs = Leg.objects.filter(ended_at__gte=since, ended_at__lt=F("started_at") + TOO_FAST)
    legs = legs.filter(dossier__desk__in=desks, number__gt=1)
    return legs.select_related("dossier__version", "holder", "officer").order_by("-ended_at")


def groundless(desks: set[int], since: datetime) -> QuerySet[Event]:
    """Refusals without a reason code or without words; index event_by_time."""
    unexplained = Q(reason_code="") | Q(note="")
    events = Event.objects.filter(
        unexplained, act__in=REFUSING, recorded_at__gte=since, desk__in=desks
    )
    return events.select_related("dossier__version", "by", "holder").order_by("-recorded_at")


def uncollected(desks: set[int], now: datetime, calendar: WorkCalendar) -> DossierQuerySet:
    """Results on the shelf for more than five working days; index dossier_on_shelf."""
    today = local_day(now)
    past = (today - n * ONE_DAY for n in count())
    first = next(islice(filter(calendar.is_working, past), SHELF_DAYS, None))
    before = first_moment(first)
    rows = Dossier.objects.awaiting_return().at_desks(desks).filter(finished_at__lt=before)
    return rows.for_listing().order_by("finished_at", "pk")


def unheld(desks: set[int], now: datetime) -> DossierQuerySet:
    """Running dossiers since yesterday or longer in nobody's hands; index dossier_running."""
    today = Leg.objects.filter(
        dossier=OuterRef("pk"), ended_at=None, started_at__gte=start_of_day(now)
    )
    rows = Dossier.objects.ticking().at_desks(desks).filter(holder_officer=None)
    return rows.filter(~Exists(today)).for_listing().order_by(F("due_at").asc(nulls_last=True))
