"""Where a dossier went: the hand-overs of its control sheet, its journal as a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from dossiers.models import Dossier, Leg
from dossiers.papers import wording
from khanhson_portal.ground.moments import day_bounds
from procedures.offices import Agency
from procedures.worktime.lateness import classify

FEWEST_HAND_OVERS = 4  # blank blocks are added, to be written by hand while the network is down
SIDES = ("Người giao", "Người nhận")


def hand_overs(dossier: Dossier) -> list[dict[str, Any]]:
    """Return one row per hand-over, with how the giver kept its own time (Mẫu 05)."""
    chain = list(dossier.legs.select_related("giver", "holder", "given_by", "officer"))
    rows = [_hand_over(before, leg) for before, leg in zip(chain, chain[1:], strict=False)]
    return rows + blank_hand_overs(max(FEWEST_HAND_OVERS - len(rows), 1))


def blank_hand_overs(count: int) -> list[dict[str, Any]]:
    written = "… giờ … phút, ngày … tháng … năm …\nNgười giao (Ký):\n\nNgười nhận (Ký):\n\n"
    row = {
        "co_quan": "1. Giao: ………………………\n2. Nhận: ………………………",
        "thoi_gian": written,
    }
    return [row] * count


def _hand_over(before: Leg, leg: Leg) -> dict[str, Any]:
    officers = [person for person in (leg.given_by, leg.officer) if person]
    signed = "\n\n".join(
        f"{side} (Ký): {person}" for side, person in zip(SIDES, officers, strict=False)
    )
    return {
        "co_quan": f"1. Giao: {leg.giver.name}\n2. Nhận: {leg.holder.name}",
        "thoi_gian": f"{wording.moment(leg.started_at)}\n{signed}\n\n",
        "ket_qua": _kept(before),
        "ghi_chu": leg.step_name,
    }


def _kept(leg: Leg) -> str:
    if leg.due_at is None or leg.ended_at is None:
        return ""
    return classify(leg.ended_at, leg.due_at, exact=True).label.capitalize()


def partners(dossier: Dossier) -> str:
    """Return the other agencies that held this dossier, "" when there was one at most."""
    held = dossier.legs.exclude(holder=dossier.desk_id).values_list("holder__name", flat=True)
    return "; ".join(dict.fromkeys(held[1:]))


def progress(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the journal as a table: when, who, what, to whom, until when."""
    return [
        {
            "ngay": wording.short_day(event.at),
            "nguoi": str(event.by or "Hệ thống"),
            "viec": event.told,
            "nguoi_nhan": event.data.get("to", ""),
            "thoi_han": wording.short_day(event.due_at),
        }
        for event in dossier.events.select_related("by")
    ]


def legs_given(agency: Agency, to: Agency | None, day: date) -> QuerySet[Leg]:
    """Return the legs that ``agency`` opened at others on one day; at ``to`` where named."""
    start, end = day_bounds(day)
    given = Leg.objects.filter(giver=agency, started_at__gte=start, started_at__lt=end)
    given = given.exclude(holder=agency)
    return given.filter(holder=to) if to else given
