"""The dossier on a paper: its people, its matter, its dates; and what costs a query to know."""

from __future__ import annotations

from dossiers.models import Dossier, FormKind
from dossiers.papers import journeys, rows, wording
from dossiers.papers.registry.field import FRAME_ONLY, Field, FieldKind, of_dossier
from dossiers.papers.registry.invented import (
    ADDRESS,
    CHILD,
    CODE,
    COMMITTEE,
    DESK,
    LONG_PAPERS,
    MATTER,
    MOMENT,
    NAME,
    OFFICE,
    PERSON,
    TITLE,
    TRACKING,
    VILLAGE,
)
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import local_day
from procedures.offices import Hotline


def _where_now(dossier: Dossier) -> str:
    return dossier.holder.name if dossier.holder_id != dossier.desk_id else ""


def _fees(dossier: Dossier) -> str:
    """Return what was collected, line by line, "" when nothing was."""
    lines = [
        f"{fee.name}: " + (words.money(fee.amount) if fee.amount else f"miễn ({fee.exemption})")
        for fee in dossier.collected_fees.all()
    ]
    return "; ".join(lines)


def _hotline(dossier: Dossier) -> str:
    """Return the number to call about a desk, its committee's where it has none, else ""."""
    agency, day = dossier.desk, local_day(dossier.received_at)
    rows = Hotline.objects.in_force(day).filter(agency__in=[agency, agency.issuer])
    numbers = {row.agency_id: row.number for row in rows if row.number}
    return numbers.get(agency.pk) or numbers.get(agency.issuer.pk, "")


def _solver(dossier: Dossier) -> str:
    day = local_day(dossier.received_at)
    competence = dossier.version.procedure.competences.in_force(day).filter(desk=dossier.desk_id)
    row = competence.select_related("solver").first()
    return row.solver.name if row else ""


PEOPLE = [
    of_dossier("chu_ho_so", "chủ hồ sơ", lambda d: d.owner.name, PERSON, NAME),
    of_dossier(
        "nguoi_nop",
        "người nộp, khi không phải chủ hồ sơ",
        lambda d: d.applicant.name if d.submitter_id else "",
        worst=CHILD,
    ),
    of_dossier("nguoi_den", "người đến nộp", lambda d: d.applicant.name, PERSON, CHILD),
    of_dossier("dia_chi", "địa chỉ chủ hồ sơ", lambda d: d.owner.address, VILLAGE, ADDRESS),
    of_dossier(
        "so_dien_thoai",
        "số điện thoại người nộp",
        lambda d: d.applicant.phone or d.owner.phone,
        "0000 000 000",
        "0000 000 000, 0000 000 001",
    ),
    of_dossier(
        "thu_dien_tu",
        "thư điện tử người nộp",
        lambda d: d.applicant.email or d.owner.email,
        worst="dia-chi-thu-dien-tu-rat-dai-de-thu@vi-du.example",
    ),
    of_dossier("so_giay_to", "số giấy tờ của chủ hồ sơ", lambda d: d.owner.identity_number),
]

FILE = [
    of_dossier("ma_ho_so", "mã hồ sơ, hoặc số biên nhận", lambda d: d.name_on_paper, CODE),
    of_dossier(
        "ma_thu_tuc",
        "mã thủ tục quốc gia",
        lambda d: d.version.procedure.national_code,
        "1.000000",
    ),
    of_dossier("ten_thu_tuc", "tên thủ tục", lambda d: d.version.title, MATTER, TITLE),
    of_dossier("linh_vuc", "lĩnh vực", lambda d: d.version.field.name, "Lĩnh vực dùng thử"),
    of_dossier("noi_dung", "nội dung yêu cầu giải quyết", lambda d: d.title, MATTER, TITLE),
    of_dossier("so_bo", "số bộ hồ sơ", lambda d: f"{d.sets:02}", "01"),
    of_dossier(
        "thoi_han",
        "thời gian giải quyết",
        lambda d: wording.limit(d.deadline),
        "10 ngày làm việc",
    ),
    of_dossier("nhan_luc", "lúc nhận", lambda d: d.received_at, MOMENT, kind=FieldKind.MOMENT),
    of_dossier("hen_tra_luc", "lúc hẹn trả", lambda d: d.due_at, MOMENT, kind=FieldKind.MOMENT),
    of_dossier(
        "hen_lai_luc", "lúc hẹn lại", lambda d: d.promised_at, MOMENT, kind=FieldKind.MOMENT
    ),
    of_dossier("quyen_so", "quyển số", lambda d: str(d.book_volume or ""), "1"),
    of_dossier("so_thu_tu", "số thứ tự trong sổ", lambda d: str(d.book_serial or ""), "7"),
    of_dossier("nhan_ket_qua_tai", "cách nhận kết quả", wording.delivery, "Tại bộ phận một cửa"),
    of_dossier(
        "ma_tra_cuu", "mã tra cứu", lambda d: d.secret_on_paper if d.code else "", "0000 0000"
    ),
    of_dossier(
        "duong_dan_tra_cuu",
        "đường dẫn trong mã QR",
        lambda d: d.tracking_url if d.code else "",
        TRACKING,
        forms=FRAME_ONLY,
    ),
    of_dossier(
        "ghi_chu",
        "ghi chú",
        lambda d: d.note,
        worst="Người nộp nhận thay theo giấy ủy quyền đã chứng thực.",
    ),
    of_dossier(
        "noi_tiep_nhan",
        "bộ phận tiếp nhận, kèm cơ quan",
        lambda d: f"{d.desk.name}, {d.desk.issuer.name}",
        f"{DESK}, {COMMITTEE}",
    ),
    of_dossier("dang_o", "đơn vị đang giữ hồ sơ, khi đã chuyển đi", _where_now),
]

COSTLY = [
    Field(
        "co_quan_tre",
        "cơ quan để chậm",
        FieldKind.TEXT,
        lambda matter: matter.dossier and journeys.late_offices(matter.dossier, matter.at),
        OFFICE,
        forms=frozenset({FormKind.APOLOGY}),
        costly=True,
    ),
    of_dossier(
        "giay_to_da_nhan",
        "giấy tờ đã nộp, mỗi giấy một dòng",
        rows.handed_in_words,
        ["Giấy đề nghị đăng ký (1 bản chính)", "Căn cước (1 bản photo)"],
        [f"{name} (1 bản chính, 1 bản photo)" for name in LONG_PAPERS],
        FieldKind.LIST,
        costly=True,
    ),
    of_dossier("co_quan_giai_quyet", "cơ quan giải quyết", _solver, OFFICE, costly=True),
    of_dossier("co_quan_phoi_hop", "cơ quan phối hợp", journeys.partners, costly=True),
    of_dossier("duong_day_nong", "số đường dây nóng", _hotline, costly=True),
    of_dossier("phi_le_phi", "phí, lệ phí đã thu", _fees, worst="Lệ phí: 50.000 đồng", costly=True),
]
