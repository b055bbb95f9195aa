"""What a paper says, taken once from the rows of its day and never read from them again.

Every value is text as it shall be printed, so that a reprint needs no rules: agencies may be
renamed, officers leave and procedures change, the paper stays.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import singledispatch
from typing import Any

from django.conf import settings

from dossiers.models import Dossier, Event, FormKind, SigningImage
from dossiers.papers import facts, gathering
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import LOCAL, local_day
from procedures.offices import Agency, AgencyKind, Hotline, Officer, Post

Frozen = dict[str, Any]

SAMPLE = "Bản minh họa, không có giá trị sử dụng"
NUMBERS_ON_TOP_SINCE = date(2020, 3, 5)  # NĐ 30/2020/NĐ-CP; before it TT 01/2011/TT-BNV: below
SIGNED_OUTSIDE_THE_DESK = {FormKind.APOLOGY, FormKind.STOP}  # by whoever answers for it

# What acts may add to the paper they issue; empty when unknown, so that every form can ask for it.
FROM_ACTS: Frozen = {
    "ly_do": "", "giay_to_thieu": [], "thoi_gian_bo_sung": "", "yeu_cau": "", "lan_thu": "",
    "hen_cu": "", "hen_lai": "", "so_bien_lai": "", "bang_chu": "", "tong_tien": "",
    "mau_so_bien_lai": "", "ky_hieu_bien_lai": "", "ma_so_thue": "", "hinh_thuc": "",
    "tien_phi": "", "tien_le_phi": "", "ben_giao": "", "ben_nhan": "", "ho_so": [],
    "nguoi_nhan": "", "nguoi_nhan_dien_thoai": "", "nguoi_nhan_giay_to": "", "nhan_thay": "",
    "buu_gui": "", "kq_loai": "", "kq_so": "", "kq_trich_yeu": "", "kq_nguoi_ky": "", "y_kien": "",
    "minh_hoa": "",
}  # fmt: skip


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
        "so_trang": "tren" if day >= NUMBERS_ON_TOP_SINCE else "duoi",
        "trang_tra_cuu": agency.website or issuer.website or f"{settings.BASE_URL}/tra-cuu/",
        "co_quan_xin_loi": agency.name if agency != issuer else issuer.name,
    }


def signer(officer: Officer | None, post: Post | None) -> Frozen:
    """Return who signs, with TM., KT., TL. … as the post has it (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    title = post.title if post else ""
    heading = _signing_words(post) if post else ""
    return {
        "nguoi_ky": str(officer) if officer else "",
        "chuc_vu": title,
        "chuc_vu_ky": heading,
        "nguoi_lap_dien_thoai": officer.phone if officer else "",
        "nguoi_tiep_nhan": str(officer) if officer else "",
    }


def _signing_words(post: Post) -> str:
    """Return the lines over a signature: a committee signs as a body, through its head or KT."""
    title = post.title.upper()
    lines = [title]
    if post.acting == "Q." or (post.acting and not post.acting_for):
        lines = [f"{post.acting} {title}"]
    elif post.acting:
        lines = [f"{post.acting} {post.acting_for.upper()}", title]
    if post.agency.kind == AgencyKind.COMMITTEE and post.acting in {"", "KT.", "Q."}:
        lines.insert(0, "TM. ỦY BAN NHÂN DÂN")
    return "\n".join(lines)


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
        "noi_tiep_nhan": f"{dossier.desk.name}, {dossier.desk.issuer.name}",
        "dang_o": dossier.holder.name if dossier.holder_id != dossier.desk_id else "",
        "minh_hoa": SAMPLE if dossier.is_demo else "",
    }


def asked_fields(dossier: Dossier, asked: set[str]) -> Frozen:
    """Return those fields that cost a query each, where the form asks for them."""
    return {name: find(dossier) for name, find in COSTLY.items() if name in asked}


def event_fields(event: Event) -> Frozen:
    return {**moment_fields(event.at), "ly_do": event.note}


def moment_fields(at: datetime) -> Frozen:
    return {"luc": _moment(at)}


@singledispatch
def told_fields(facts: facts.Facts) -> Frozen:
    """Return what the facts of an act become on paper."""
    return {}


@told_fields.register
def _advice(told: facts.AdviceFacts) -> Frozen:
    return {
        "ly_do": told.reason,
        "giay_to_thieu": list(told.papers),
        "thoi_gian_bo_sung": told.until,
    }


@told_fields.register
def _supplement(told: facts.SupplementFacts) -> Frozen:
    return {
        "ly_do": told.reason,
        "giay_to_thieu": list(told.papers),
        "thoi_gian_bo_sung": words.official_date(told.until.date()) if told.until else "",
        "lan_thu": told.request,
    }


@told_fields.register
def _payment(told: facts.PaymentFacts) -> Frozen:
    return {
        "ly_do": told.purpose,
        "tong_tien": words.money(told.amount),
        "bang_chu": words.money_in_words(told.amount),
    }


@told_fields.register
def _withdrawal(told: facts.WithdrawalFacts) -> Frozen:
    return {"ly_do": told.request}


@told_fields.register
def _apology(told: facts.ApologyFacts) -> Frozen:
    return {
        "ly_do": told.reason,
        "hen_cu": _moment(told.due_at),
        "hen_lai": words.official_date(told.promised_on),
    }


@told_fields.register
def _return(told: facts.ReturnFacts) -> Frozen:
    return {
        "nguoi_nhan": told.taker,
        "nguoi_nhan_dien_thoai": told.phone,
        "nguoi_nhan_giay_to": told.identity_seen,
        "nhan_thay": told.on_behalf,
        "buu_gui": told.postal_number,
        "kq_loai": told.outcome,
        "kq_so": told.number,
        "kq_trich_yeu": told.summary,
        "kq_nguoi_ky": told.signer,
    }


def money_fields(lines: list[Frozen]) -> Frozen:
    """Return the lines of a fee receipt and their sums; ``kind`` is phi, le-phi or unknown."""
    sums = {"phi": 0, "le-phi": 0}
    rows = []
    for line in lines:
        kind = line["kind"].replace("_", "-")
        sums[kind] = sums.get(kind, 0) + line["amount"]
        loai = {"phi": "Phí", "le-phi": "Lệ phí"}.get(kind, "Phí, lệ phí")
        rows.append({"ten": line["name"], "loai": loai, "so_tien": words.money(line["amount"])})
    total = sum(sums.values())
    return {
        "khoan_thu": rows,
        "tien_phi": words.money(sums["phi"]),
        "tien_le_phi": words.money(sums["le-phi"]),
        "tong_tien": words.money(total),
        "bang_chu": words.money_in_words(total),
    }


def signing_images(kind: str, officer: Officer | None, agency: Agency, day: date) -> Frozen:
    """Return the numbers of the scanned signature and seal allowed on ``day``, one query."""
    if kind not in SIGNED_OUTSIDE_THE_DESK:
        return {}
    rows = SigningImage.objects.in_force(day)
    by_officer = rows.filter(officer=officer).first() if officer else None
    seal = rows.filter(agency__in=[agency, agency.issuer]).first()
    found = {"anh_chu_ky": by_officer, "anh_con_dau": seal}
    return {key: image.pk for key, image in found.items() if image}


def limit_words(deadline: Frozen) -> str:
    from procedures.worktime import TimeLimit, Unit

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
    agency, day = dossier.desk, local_day(dossier.received_at)
    rows = Hotline.objects.in_force(day).filter(agency__in=[agency, agency.issuer])
    numbers = {row.agency_id: row.number for row in rows if row.number}
    return numbers.get(agency.pk) or numbers.get(agency.issuer.pk, "")


def _solver_name(dossier: Dossier) -> str:
    day = local_day(dossier.received_at)
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


def certified_rows(dossier: Dossier) -> list[Frozen]:
    """Return what is to be certified; pages and signing are for the counter to write in."""
    rows = dossier.handed_papers.all()
    return [{"ten": row.name, "so_ban": row.originals + row.photocopies} for row in rows]


COSTLY = {
    "giay_to": handed_rows,
    "ban_chung_thuc": certified_rows,
    "co_quan_giai_quyet": _solver_name,
    "co_quan_phoi_hop": gathering.partners,
    "duong_day_nong": hotline_words,
    "phi_le_phi": fee_words,
    "chang": gathering.legs,
    "qua_trinh": gathering.progress,
    "cac_ho_so": gathering.same_visitor,
    "tieu_chi": lambda dossier: gathering.CRITERIA,
}


def _moment(moment: datetime) -> str:
    return words.official_moment(moment.astimezone(LOCAL))
