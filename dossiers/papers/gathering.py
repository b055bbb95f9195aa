"""Rows that papers print about many things: legs, events, a visitor's dossiers, a day's lists."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from dossiers.models import Dossier, Leg
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import LOCAL, day_bounds, local_day
from procedures.offices import Agency
from procedures.worktime.lateness import classify

if TYPE_CHECKING:
    from dossiers.models import Event

Row = dict[str, Any]
FEWEST_HOPS = 4  # blank blocks are added, to be written by hand while the network is down

# Those of the nine criteria of TT 01/2018/TT-VPCP that people are asked about: 1, 3, 4 and 7.
CRITERIA: list[Row] = [
    {
        "ten": "Thời gian giải quyết thủ tục so với thời gian hẹn",
        "hai": "Sớm hơn",
        "mot": "Đúng hẹn",
        "khong": "Muộn hơn",
    },
    {
        "ten": "Số lần phải liên hệ với nơi tiếp nhận để hoàn thiện hồ sơ",
        "hai": "Không lần nào",
        "mot": "Một lần",
        "khong": "Hơn một lần",
    },
    {
        "ten": "Số cơ quan, đơn vị, tổ chức phải liên hệ để hoàn thiện hồ sơ",
        "hai": "Không cơ quan nào",
        "mot": "Chỉ bộ phận một cửa",
        "khong": "Hơn một",
    },
    {
        "ten": "Thái độ của cán bộ, công chức, viên chức",
        "hai": "Tốt",
        "mot": "Bình thường",
        "khong": "Chưa tốt",
    },
]


def legs(dossier: Dossier) -> list[Row]:
    """Return one row per hand-over, with how the giver kept its own time (Mẫu 05)."""
    chain = list(dossier.legs.select_related("giver", "holder", "given_by", "officer"))
    rows = [_hop(before, leg) for before, leg in zip(chain, chain[1:], strict=False)]
    blanks = max(FEWEST_HOPS - len(rows), 1)
    return rows + [_blank_hop()] * blanks


def _hop(before: Leg, leg: Leg) -> Row:
    officers = [person for person in (leg.given_by, leg.officer) if person]
    signed = "\n\n".join(
        f"{side} (Ký): {person}" for side, person in zip(SIDES, officers, strict=False)
    )
    return {
        "co_quan": f"1. Giao: {leg.giver.name}\n2. Nhận: {leg.holder.name}",
        "thoi_gian": f"{words.official_moment(leg.started_at.astimezone(LOCAL))}\n{signed}\n\n",
        "ket_qua": _kept(before),
        "ghi_chu": leg.step_name,
    }


SIDES = ("Người giao", "Người nhận")


def _blank_hop() -> Row:
    return {
        "co_quan": "1. Giao: ………………………\n2. Nhận: ………………………",
        "thoi_gian": "… giờ … phút, ngày … tháng … năm …\nNgười giao (Ký):\n\nNgười nhận (Ký):\n\n",
    }


def _kept(leg: Leg) -> str:
    if leg.due_at is None or leg.ended_at is None:
        return ""
    return classify(leg.ended_at, leg.due_at, exact=True).label.capitalize()


def partners(dossier: Dossier) -> str:
    """Return the other agencies that held this dossier, "" when there was one at most."""
    held = dossier.legs.exclude(holder=dossier.desk_id).values_list("holder__name", flat=True)
    return "; ".join(dict.fromkeys(held[1:]))


def progress(dossier: Dossier) -> list[Row]:
    """Return the journal as a table: when, who, what, to whom, until when."""
    events: QuerySet[Event] = dossier.events.select_related("by")
    return [
        {
            "ngay": _short(event.at),
            "nguoi": str(event.by or "Hệ thống"),
            "viec": event.told,
            "nguoi_nhan": event.data.get("to", ""),
            "thoi_han": _short(event.due_at),
        }
        for event in events
    ]


def same_visitor(dossier: Dossier) -> list[Row]:
    """Return every dossier that the same person filed at this desk on the same day."""
    visitor = dossier.applicant
    same = Q(name_key=visitor.name_key, phone=visitor.phone)
    if visitor.identity_number:
        same = Q(identity_number=visitor.identity_number)
    people = type(visitor).objects.filter(same).values("pk")
    found = day_rows(dossier.desk, local_day(dossier.received_at)).filter(
        Q(submitter__in=people) | Q(submitter=None, owner__in=people)
    )
    return [
        {
            "noi_dung": row.title,
            "ma": row.name_on_paper,
            "don_vi": row.desk.short_name,
            "ngay_nhan": _short(row.received_at),
            "hen_tra": _short(row.due_at),
            "thoi_han": _limit(row),
            "so_bo": f"{row.sets:02}",
            "ho_ten": row.owner.name,
        }
        for row in found
    ]


def day_rows(desk: Agency, day: date) -> QuerySet[Dossier]:
    """Return the dossiers received at a desk on one day, in the order of the register."""
    received = Dossier.objects.received_on(*day_bounds(day)).filter(desk=desk)
    return received.select_related("version", "desk", "owner", "submitter").order_by("pk")


def handed_over(desk: Agency, to: Agency, day: date) -> list[Row]:
    """Return the dossiers that went from ``desk`` to ``to`` on ``day``: the hand-over sheet."""
    rows = legs_given(desk, to, day).order_by("started_at")
    return [
        {
            "code": leg.dossier.name_on_paper,
            "title": leg.dossier.title,
            "applicant": leg.dossier.owner.name,
            "due": _short(leg.dossier.promised_at or leg.dossier.due_at),
            "note": "",
            "minh_hoa": leg.dossier.is_demo,
        }
        for leg in rows.select_related("dossier__version", "dossier__owner")
    ]


def legs_given(desk: Agency, to: Agency | None, day: date) -> QuerySet[Leg]:
    start, end = day_bounds(day)
    given = Leg.objects.filter(giver=desk, started_at__gte=start, started_at__lt=end)
    given = given.exclude(holder=desk)
    return given.filter(holder=to) if to else given


def results_given(desk: Agency, office: Agency, day: date) -> list[Row]:
    """Return the results that came from ``office`` to ``desk`` on ``day``."""
    rows = []
    for leg in legs_given(office, desk, day).select_related("dossier__version", "dossier__owner"):
        dossier = leg.dossier
        if dossier.result:
            rows.append(
                {
                    "ma": dossier.name_on_paper,
                    "noi_dung": dossier.title,
                    "ket_qua": _result(dossier),
                    "ho_ten": dossier.owner.name,
                    "dia_chi": dossier.owner.address,
                    "phi": "X" if any(f.amount for f in dossier.collected_fees.all()) else "",
                    "buu_dien": "X" if dossier.delivery == "post" else "",
                    "minh_hoa": dossier.is_demo,
                }
            )
    return rows


def results_by_post(desk: Agency) -> list[Row]:
    """Return the results lying at ``desk`` that wait for the postman (QĐ 45/2016/QĐ-TTg)."""
    waiting = Dossier.objects.awaiting_return().filter(desk=desk, delivery="post")
    return [
        {
            "ma": dossier.name_on_paper,
            "ket_qua": _result(dossier),
            "ho_ten": dossier.owner.name,
            "dia_chi": dossier.delivery_address or dossier.owner.address,
            "dien_thoai": dossier.owner.phone,
            "minh_hoa": dossier.is_demo,
        }
        for dossier in waiting.select_related("version", "owner").order_by("finished_at")
    ]


def register_rows(desk: Agency, year: int, volume: int) -> list[Row]:
    """Return one volume of the register (Mẫu 06), in the order of its lines; two queries."""
    book = Dossier.objects.filter(desk=desk, book_year=year, book_volume=volume)
    solvers = _solvers(desk)
    return [
        {
            "stt": row.book_serial,
            "ma": row.code,
            "ten": row.version.title,
            "so_bo": f"{row.sets:02}",
            "ho_ten": row.owner.name,
            "dia_chi": "\n".join(filter(None, [row.owner.address, row.owner.phone])),
            "co_quan": solvers.get(row.version.procedure_id, ""),
            "nhan": _short(row.received_at),
            "hen": _short(row.promised_at or row.due_at),
            "tra": _short(row.returned_at),
            "cach": row.get_delivery_display(),
            "ghi_chu": row.note or ("Nhập bù" if row.late_entry else ""),
        }
        for row in book.select_related("version", "owner").order_by("book_serial")
    ]


def _solvers(desk: Agency) -> dict[int, str]:
    from procedures.catalogue import Competence

    rows = Competence.objects.filter(desk=desk).order_by("valid_from")
    return dict(rows.values_list("procedure_id", "solver__short_name"))


def _result(dossier: Dossier) -> str:
    return f"{dossier.result.get('number', '')} {dossier.result.get('summary', '')}".strip()


def _limit(dossier: Dossier) -> str:
    from dossiers.papers.freezing import limit_words

    return limit_words(dossier.deadline or {})


def _short(moment: datetime | None) -> str:
    return words.short_date(local_day(moment)) if moment else ""
