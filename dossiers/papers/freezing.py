"""What a paper says, taken once from the rows of its day and never read from them again.

Every value is text as it shall be printed, so that a reprint needs no rules: agencies may be
renamed, officers leave and procedures change, the paper stays.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from dossiers.models import Dossier, Event
from khanhson_portal import words
from procedures.deadlines.calendar import LOCAL
from procedures.models import Agency, Hotline, Officer, Post

Frozen = dict[str, Any]


def letterhead(agency: Agency, day: date) -> Frozen:
    """Return the two lines of the issuing agency, and the place of the date line."""
    issuer = agency.issuer
    return {
        "co_quan_chu_quan": issuer.name.upper() if issuer != agency else "",
        "don_vi": agency.name.upper(),
        "don_vi_ten": agency.name,
        "co_quan_ten": issuer.name,
        "don_vi_dia_chi": agency.address or issuer.address,
        "don_vi_dien_thoai": agency.phone or issuer.phone,
        "don_vi_website": agency.website or issuer.website,
        "dia_danh": agency.place_name or issuer.place_name,
        "ngay_phat_hanh": words.official_date(day),
    }


def signer(officer: Officer | None, post: Post | None) -> Frozen:
    """Return who signs, with the prefix of acting for another (KT., TL.) where the post has one."""
    title = post.title if post else ""
    if post and post.acting:
        heading = f"{post.acting} {post.acting_for.upper()}\n{title.upper()}"
    else:
        heading = title.upper()
    return {
        "nguoi_ky": str(officer) if officer else "",
        "chuc_vu": title,
        "chuc_vu_ky": heading,
        "nguoi_lap_dien_thoai": officer.phone if officer else "",
    }


def dossier_fields(dossier: Dossier) -> Frozen:
    """Return the fields that every paper about a dossier may use."""
    owner, applicant = dossier.owner, dossier.applicant
    deadline = dossier.deadline or {}
    return {
        "ma_ho_so": dossier.name_on_paper,
        "ma_thu_tuc": dossier.version.procedure.national_code,
        "ten_thu_tuc": dossier.version.title,
        "linh_vuc": dossier.version.field.name,
        "noi_dung": dossier.title,
        "chu_ho_so": owner.name,
        "nguoi_nop": applicant.name if dossier.submitter_id else "",
        "nguoi_den": applicant.name,
        "dia_chi": owner.address,
        "so_dien_thoai": applicant.phone or owner.phone,
        "thu_dien_tu": applicant.email or owner.email,
        "so_giay_to": owner.identity_number,
        "so_bo": f"{dossier.sets:02}",
        "thoi_han": limit_words(deadline),
        "nhan_luc": _moment(dossier.received_at),
        "hen_tra_luc": _moment(dossier.due_at) if dossier.due_at else "",
        "hen_lai_luc": _moment(dossier.promised_at) if dossier.promised_at else "",
        "quyen_so": str(dossier.book_volume or ""),
        "so_thu_tu": str(dossier.book_serial or ""),
        "nhan_ket_qua_tai": delivery_words(dossier),
        "ma_tra_cuu": dossier.secret_on_paper if dossier.code else "",
        "duong_dan_tra_cuu": dossier.tracking_url if dossier.code else "",
        "ghi_chu": dossier.note,
    }


def asked_fields(dossier: Dossier, asked: set[str]) -> Frozen:
    """Return those fields that cost a query each, where the form asks for them."""
    return {name: find(dossier) for name, find in COSTLY.items() if name in asked}


def event_fields(event: Event) -> Frozen:
    return {"luc": _moment(event.at), "ly_do": event.note, "lan": ""}


def limit_words(deadline: Frozen) -> str:
    from procedures.deadlines import TimeLimit, Unit

    if not deadline:
        return ""
    number, unit = deadline["limit"]
    return str(TimeLimit(number, Unit(unit)))


def delivery_words(dossier: Dossier) -> str:
    if dossier.delivery == "post" and dossier.delivery_address:
        return f"{dossier.get_delivery_display()}: {dossier.delivery_address}"
    return dossier.get_delivery_display()


def fee_words(dossier: Dossier) -> str:
    """Return what was collected, line by line, "" when nothing was."""
    lines = [
        f"{fee.name}: " + (words.money(fee.amount) if fee.amount else f"miễn ({fee.exemption})")
        for fee in dossier.collected_fees.all()
    ]
    return "; ".join(lines)


def hotline_words(dossier: Dossier) -> str:
    """Return the number to call about a desk, its committee's where it has none, else ""."""
    agency, day = dossier.desk, localtime(dossier.received_at).date()
    rows = Hotline.objects.in_force(day).filter(agency__in=[agency, agency.issuer])
    numbers = {row.agency_id: row.number for row in rows if row.number}
    return numbers.get(agency.pk) or numbers.get(agency.issuer.pk, "")


def _solver_name(dossier: Dossier) -> str:
    day = localtime(dossier.received_at).date()
    competence = dossier.version.procedure.competences.in_force(day).filter(desk=dossier.desk_id)
    row = competence.select_related("solver").first()
    return row.solver.name if row else ""


def handed_rows(dossier: Dossier) -> list[Frozen]:
    return [
        {
            "ten": paper.name,
            "ban_chinh": paper.originals,
            "chung_thuc": paper.certified,
            "ban_sao": paper.photocopies,
        }
        for paper in dossier.handed_papers.all()
    ]


COSTLY = {
    "giay_to": handed_rows,
    "co_quan_giai_quyet": _solver_name,
    "duong_day_nong": hotline_words,
    "phi_le_phi": fee_words,
}


def _moment(moment: datetime) -> str:
    return words.official_moment(moment.astimezone(LOCAL))
