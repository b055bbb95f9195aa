"""What one desk shows of itself today: its people, and each thing the plan wants of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q

from procedures.noticeboard import Duty, FacilityCheck, FacilityItem
from procedures.offices import Agency


@dataclass(frozen=True)
class Facility:
    item: FacilityItem
    check: FacilityCheck | None


def on_duty(desk: Agency, day: date) -> list[Duty]:
    """Return who sits at the counters on ``day``, each with ``field_names``; one query."""
    names = ArrayAgg(
        "fields__name", filter=Q(fields__isnull=False), order_by=F("fields__sort_key"), default=[]
    )
    duties = Duty.objects.in_force(day).filter(desk=desk)
    return list(
        duties.select_related("post__officer__portrait", "post__agency", "desk__parent")
        .annotate(field_names=names)
        .order_by("counter", "pk")
    )


def facilities(desk: Agency) -> list[Facility]:
    """Return every item still asked for, with its newest check at this desk; two queries."""
    newest = FacilityCheck.objects.filter(desk=desk).newest()
    checks = {check.item_id: check for check in newest}
    items = FacilityItem.objects.filter(in_use=True)
    return [Facility(item, checks.get(item.pk)) for item in items]


def load_facility_items() -> int:
    """Add the things that plan row II.1 names where they are missing; return how many."""
    names = ["Biển tên cán bộ", "Quạt mát", "Nước uống", "Ghế ngồi chờ"]
    return sum(
        FacilityItem.objects.get_or_create(
            name=name, defaults={"order": order, "basis": "Kế hoạch 643/KH-UBND, mục II.1"}
        )[1]
        for order, name in enumerate(names)
    )
