"""What leaflets have in common: the cover, whom to ask, which procedures are done here."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.conf import settings
from django.db.models import Q

from khanhson_portal.ground.text import one_line
from procedures.catalogue import Competence, ProcedureVersion, reading
from procedures.catalogue.models.versions import ProcedureVersionQuerySet
from procedures.noticeboard.printouts.letterhead import main_committee
from procedures.offices import AgencyKind, Hotline

ASK_FIRST = "Chưa có thông tin. Bà con hỏi bộ phận một cửa trước khi đi."
NOT_YET = "chưa cập nhật"


class Section(TypedDict, total=False):
    """One heading of a leaflet; ``style`` of the items: "ticks", "steps" or "plain"."""

    head: str
    sub: str
    text: str
    items: list[str]
    style: str


# A leaflet as it is frozen: agency, kicker, title, address (behind the QR code) and hotline of the
# cover; the sections of the "inside" and of the "back".
Leaflet = dict[str, Any]


GENERAL_STEPS = [
    "Xem cần giấy tờ gì: quét mã ở bìa, hoặc hỏi bộ phận một cửa.",
    "Nộp hồ sơ ở bộ phận một cửa.",
    "Giữ giấy hẹn: có ngày trả kết quả và mã để xem hồ sơ.",
    "Đúng ngày hẹn, mang giấy hẹn đến nhận kết quả.",
]


def only_here(versions: ProcedureVersionQuerySet, day: date) -> ProcedureVersionQuerySet:
    return versions.filter(procedure__in=Competence.objects.in_force(day).values("procedure"))


def received_here(versions: ProcedureVersionQuerySet, day: date) -> ProcedureVersionQuerySet:
    """Those that a desk here receives; all of them where nobody has said yet who receives."""
    here = only_here(versions, day)
    return here if here.exists() else versions


def filled(rows: ProcedureVersionQuerySet, day: date) -> list[ProcedureVersion]:
    found = rows.approved().in_force(day).for_page().distinct().order_by("sort_key")
    versions = list(found)
    reading.fill(versions)
    return versions


def cover(title: str, kicker: str, path: str, day: date) -> Leaflet:
    committee = main_committee(day)
    return {
        "agency": committee.name if committee else "",
        "kicker": kicker,
        "title": title,
        "address": f"{settings.BASE_URL}{path}",
        "hotline": hotline(day),
    }


def committee_name(day: date) -> str:
    committee = main_committee(day)
    return committee.name if committee else ""


def hotline(day: date) -> str:
    """Return the number of the portal's committee or of its own desk."""
    committee = main_committee(day)
    if committee is None:
        return NOT_YET
    desk = Q(agency__parent=committee, agency__kind=AgencyKind.DESK)
    rows = Hotline.objects.in_force(day).filter(Q(agency=committee) | desk)
    return next((row.number for row in rows if row.number), "") or NOT_YET


def ask(day: date) -> Section:
    committee = main_committee(day)
    return {
        "head": "Hỏi ở đâu?",
        "items": [
            f"Bộ phận một cửa{f', {committee.name}' if committee else ''}",
            f"Địa chỉ: {(committee.address if committee else '') or NOT_YET}",
            f"Đường dây nóng: {hotline(day)}",
        ],
        "style": "plain",
    }


def named(head: str, versions: list[ProcedureVersion]) -> Section:
    if not versions:
        return {"head": head, "text": "Danh mục chưa ghi thủ tục nào. Bà con hỏi bộ phận một cửa."}
    return {"head": head, "items": [one_line(v.title) for v in versions], "style": "plain"}
