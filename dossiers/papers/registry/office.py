"""The office on a paper: its letterhead, the day, and whoever signs.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

from dossiers.models import SigningImage
from dossiers.papers.kinds import KINDS
from dossiers.papers.matter import Matter
from dossiers.papers.registry.field import FRAME_ONLY, Field, FieldKind
from dossiers.papers.registry.invented import COMMITTEE, DESK, MOMENT, NAME, OFFICE
from khanhson_portal.ground.moments import local_day
from procedures.offices import Agency

NUMBERS_ON_TOP_SINCE = date(2020, 3, 5)  # NĐ 30/2020/NĐ-CP; before it TT 01/2011/TT-BNV: below


class PageNumbers(TextChoices):
    TOP = "tren", "trên"
    BOTTOM = "duoi", "dưới"


def _numbers_on(day: date) -> str:
    return (PageNumbers.TOP if day >= NUMBERS_ON_TOP_SINCE else PageNumbers.BOTTOM).value


def _superior(agency: Agency) -> str:
    return agency.issuer.name.upper() if agency.issuer != agency else ""


def _website(agency: Agency) -> str:
    return agency.website or agency.issuer.website


def _officer(matter: Matter) -> str:
    return str(matter.by or "")


def _phone(matter: Matter) -> str:
    return matter.by.phone if matter.by else ""


def _phone_to_ask(matter: Matter) -> str:
    return _phone(matter) or matter.agency.phone or matter.agency.issuer.phone


def _signature(matter: Matter) -> int | None:
    """Return the number of the scanned signature allowed that day; letters only."""
    if not KINDS[matter.kind].letter or matter.by is None:
        return None
    found = SigningImage.objects.in_force(matter.day).filter(officer=matter.by).first()
    return found.pk if found else None


def _seal(matter: Matter) -> int | None:
    """Return the number of the scanned seal of the agency or its committee; letters only."""
    if not KINDS[matter.kind].letter:
        return None
    offices = [matter.agency, matter.agency.issuer]
    found = SigningImage.objects.in_force(matter.day).filter(agency__in=offices).first()
    return found.pk if found else None


def _agency(name: str, label: str, read: Callable[[Agency], Any], usual: Any = None) -> Field:
    return Field(name, label, FieldKind.TEXT, lambda matter: read(matter.agency), usual)


def _text(name: str, label: str, read: Callable[[Matter], Any], usual: Any = None) -> Field:
    return Field(name, label, FieldKind.TEXT, read, usual)


LETTERHEAD = [
    _agency("co_quan_chu_quan", "cơ quan chủ quản, chữ hoa", _superior, "TÊN CƠ QUAN CHỦ QUẢN"),
    _agency("don_vi", "đơn vị phát hành, chữ hoa", lambda a: a.name.upper(), DESK.upper()),
    _agency("don_vi_ten", "đơn vị phát hành", lambda a: a.name, DESK),
    _agency("co_quan_ten", "ủy ban hoặc cơ quan của đơn vị", lambda a: a.issuer.name, COMMITTEE),
    _agency("don_vi_dia_chi", "địa chỉ đơn vị", lambda a: a.address or a.issuer.address),
    _agency("don_vi_dien_thoai", "điện thoại đơn vị", lambda a: a.phone or a.issuer.phone),
    _agency("don_vi_website", "trang web đơn vị", _website),
    _agency(
        "trang_tra_cuu",
        "trang web để tra cứu",
        lambda agency: _website(agency) or f"{settings.BASE_URL}/tra-cuu/",
        "https://vi-du.example/tra-cuu/",
    ),
    _agency("dia_danh", "địa danh", lambda a: a.place_name or a.issuer.place_name, "Nơi dùng thử"),
    _agency("co_quan_xin_loi", "cơ quan chịu trách nhiệm của thư", lambda a: a.name, OFFICE),
    Field(
        "ngay_phat_hanh",
        "ngày phát hành",
        FieldKind.DAY,
        lambda matter: matter.day,
        local_day(MOMENT),
    ),
    Field(
        "so_trang",
        "nơi đánh số trang",
        FieldKind.TEXT,
        lambda matter: _numbers_on(matter.day),
        PageNumbers.BOTTOM.value,
        forms=FRAME_ONLY,
    ),
]

ISSUED = [
    _text("so", "số của giấy", lambda matter: matter.number, "07/MẪU"),
    Field("luc", "lúc lập giấy", FieldKind.MOMENT, lambda m: m.at, MOMENT, of_act=True),
    _text("nguoi_ky", "người ký", _officer, NAME),
    _text("nguoi_tiep_nhan", "cán bộ lập giấy", _officer, NAME),
    _text("nguoi_lap_dien_thoai", "điện thoại cán bộ lập giấy", _phone),
    _text("dien_thoai_lien_he", "điện thoại để hỏi: cán bộ, không có thì đơn vị", _phone_to_ask),
    _text("chuc_vu", "chức vụ người ký", lambda m: m.post.title if m.post else "", "Phó Chủ tịch"),
    Field(
        "chuc_vu_ky",
        "các dòng trên chữ ký (TM., KT., chức vụ)",
        FieldKind.LINES,
        lambda matter: "\n".join(matter.post.signing_lines) if matter.post else "",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    ),
    Field("anh_chu_ky", "ảnh chữ ký", FieldKind.IMAGE, _signature, forms=FRAME_ONLY),
    Field("anh_con_dau", "ảnh con dấu", FieldKind.IMAGE, _seal, forms=FRAME_ONLY),
]
