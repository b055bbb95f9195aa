"""Where a dossier went: the hand-overs of its control sheet, its journal as a table."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise, zip_longest
from typing import Any

from django.db.models import QuerySet

from dossiers.models import Dossier, Event, Leg
from dossiers.papers import wording
from khanhson_portal.ground.moments import day_bounds
from procedures.offices import Agency, Officer
from procedures.worktime.lateness import classify

FEWEST_HAND_OVERS = 4  # blank blocks are added, to be written by hand while the network is down
PARTNER = "partner"  # in an event's data: the office that was asked, or that answered


def hand_overs(dossier: Dossier) -> list[dict[str, Any]]:
    """Return one row per hand-over, with how the giver kept its own time (Mẫu 05).

    Who gave is on record. Who took is the officer it was given to, else whoever of that office did
    the first thing with it; until then the line is left open for a signature.
    """
    legs = list(dossier.legs.select_related("giver", "holder", "given_by", "officer"))
    events = list(dossier.events.select_related("by", "post"))
    spans = [_during(leg, after, events) for leg, after in zip_longest(legs, legs[1:])]
    rows = [
        _hand_over(before, leg, spans[place], spans[place + 1])
        for place, (before, leg) in enumerate(pairwise(legs))
    ]
    return rows + blank_hand_overs(max(FEWEST_HAND_OVERS - len(rows), 1))


def _during(leg: Leg, after: Leg | None, events: list[Event]) -> list[Event]:
    """Return the events of one leg without the one that opened it; legs bear their numbers."""
    end = after.number if after else len(events) + 1
    return [event for event in events if leg.number < event.number < end]


def blank_hand_overs(count: int) -> list[dict[str, Any]]:
    written = "… giờ … phút, ngày … tháng … năm …\nNgười giao (Ký):\n\nNgười nhận (Ký):\n\n"
    row = {
        "co_quan": "1. Giao: ………………………\n2. Nhận: ………………………",
        "thoi_gian": written,
    }
    return [row] * count


def _hand_over(
    before: Leg, leg: Leg, at_giver: list[Event], at_taker: list[Event]
) -> dict[str, Any]:
    taker = leg.officer or _first_of(leg, at_taker)
    notes = [leg.step_name, *(event.told for event in at_giver if PARTNER in event.data)]
    return {
        "co_quan": f"1. Giao: {leg.giver.name}\n2. Nhận: {leg.holder.name}",
        "thoi_gian": (
            f"{wording.moment(leg.started_at)}\n"
            f"Người giao (Ký): {leg.given_by or ''}\n\nNgười nhận (Ký): {taker or ''}\n\n"
        ),
        "ket_qua": _kept(before),
        "ghi_chu": "\n".join(filter(None, notes)),
    }


def _first_of(leg: Leg, events: list[Event]) -> Officer | None:
    """Return who of the receiving office did the first thing with the dossier."""
    own = (event for event in events if event.post and event.post.agency_id == leg.holder_id)
    first = next(own, None)
    return first.by if first else None


def _kept(leg: Leg) -> str:
    if leg.due_at is None or leg.ended_at is None:
        return ""
    return classify(leg.ended_at, leg.due_at, exact=True).label.capitalize()


def late_offices(dossier: Dossier, at: datetime) -> str:
    """Return who overran the time for its own step, else who held it when it fell due, or holds it.

    Source: TT 01/2018/TT-VPCP, Mẫu 04: the letter names the office.
    """
    legs = list(dossier.legs.select_related("holder"))
    late = [leg.holder.name for leg in legs if leg.late_at(at)]
    if late:
        return "; ".join(dict.fromkeys(late))
    moment = min(at, dossier.due_at) if dossier.due_at else at
    held = [leg.holder.name for leg in legs if leg.started_at <= moment]
    return held[-1] if held else dossier.holder.name


def partners(dossier: Dossier) -> str:
    """Return who else worked on this dossier: the offices that held it, and those that were asked.

    "" when one office at most had it and nobody was asked.
    """
    held = list(dossier.legs.exclude(holder=dossier.desk_id).values_list("holder__name", flat=True))
    solver, others = held[:1], held[1:]
    asked = [event.data[PARTNER] for event in dossier.events.all() if event.data.get(PARTNER)]
    return "; ".join(name for name in dict.fromkeys([*others, *asked]) if name not in solver)


def progress(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the journal as a table: when, who, what, to whom, until when."""
    return [
        {
            "ngay": wording.short_day(event.at),
            "nguoi": event.who,
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
