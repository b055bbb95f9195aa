"""The tables of papers: official heads, which key of a frozen row goes where, sample rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dossiers.models import Dossier, FormKind
from dossiers.papers import journeys, questions, rows
from dossiers.papers.facts import FeeFacts, ListFacts
from dossiers.papers.kinds import told_by
from dossiers.papers.matter import Matter
from dossiers.papers.registry.field import Field, FieldKind, of_dossier
from dossiers.papers.registry.invented import LONG_PAPERS, LONG_ROW, NAME, SHORT_ROW
from dossiers.papers.tables import Column, Layout
from khanhson_portal.ground import words
from procedures.catalogue import FeeKind

Rows = list[dict[str, Any]]

NAME_OF_PAPER = Column("Thành phần hồ sơ", "ten")
CODE_OF_FILE = Column("Mã hồ sơ", "ma", "code")
MATTER = Column("Nội dung", "noi_dung")
ADDRESS_OF_OWNER = Column("Địa chỉ", "dia_chi")
RESULT = Column("Kết quả", "ket_qua")
RETURNING = "Nhận và trả kết quả"


def _handed(name: str) -> dict[str, Any]:
    return {"ten": name, "ban_chinh": 1, "chung_thuc": 0, "ban_sao": 1}


def _fee_lines(matter: Matter) -> Rows:
    facts = matter.facts
    lines = facts.lines if isinstance(facts, FeeFacts) else ()
    return [
        {"ten": line.name, "loai": FeeKind(line.kind).label, "so_tien": words.money(line.amount)}
        for line in lines
    ]


def _about(
    name: str,
    label: str,
    read: Callable[[Dossier], Rows],
    columns: tuple[Column, ...],
    usual: Rows,
    worst: Rows | None = None,
) -> Field:
    """Declare a table about one dossier; its rows are asked for where a form has the table."""
    layout = Layout(columns)
    kind = FieldKind.TABLE
    return of_dossier(name, label, read, usual, worst, kind, costly=True, layout=layout)


def _of_list(name: str, label: str, kind: FormKind, columns: tuple[Column, ...]) -> Field:
    """Declare the table of one kind of list: its rows are what the list was made from."""

    def read(matter: Matter) -> Any:
        facts = matter.facts
        return facts.rows if matter.kind == kind and isinstance(facts, ListFacts) else ()

    return Field(
        name, label, FieldKind.TABLE, read, [SHORT_ROW], [LONG_ROW] * 3,
        frozenset({kind}), of_act=True, layout=Layout(columns),
    )  # fmt: skip


ABOUT_FILE = [
    _about(
        "giay_to",
        "giấy tờ đã nộp",
        rows.handed_papers,
        (
            NAME_OF_PAPER,
            Column("Bản chính", "ban_chinh", "count", "Số lượng"),
            Column("Bản chứng thực", "chung_thuc", "count", "Số lượng"),
            Column("Bản photo", "ban_sao", "count", "Số lượng"),
        ),
        [_handed("Giấy đề nghị đăng ký"), _handed("Bản sao giấy tờ tùy thân")],
        [_handed(name) for name in LONG_PAPERS],
    ),
    _about(
        "ban_chung_thuc",
        "giấy tờ cần chứng thực",
        rows.papers_to_certify,
        (
            NAME_OF_PAPER,
            Column("Số trang", "so_trang", "count"),
            Column("Số bản giấy", "so_ban", "count"),
            Column("Ký bản điện tử", "ky_dien_tu", "count"),
        ),
        [],
        [{"ten": name, "so_ban": 3} for name in LONG_PAPERS],
    ),
    _about(
        "cac_ho_so",
        "mọi hồ sơ người ấy nộp trong ngày",
        rows.same_visitor,
        (
            MATTER,
            CODE_OF_FILE,
            Column("Đơn vị", "don_vi"),
            Column("Ngày nhận", "ngay_nhan", "date"),
            Column("Ngày hẹn trả", "hen_tra", "date"),
            Column("Thời hạn xử lý", "thoi_han"),
            Column("Số lượng hồ sơ", "so_bo", "count"),
            Column("Họ và tên", "ho_ten"),
        ),
        [SHORT_ROW],
        [LONG_ROW] * 3,
    ),
    _about(
        "chang",
        "các lần giao, nhận hồ sơ",
        journeys.hand_overs,
        (
            Column("TÊN CƠ QUAN", "co_quan", "offices"),
            Column("THỜI GIAN GIAO, NHẬN HỒ SƠ", "thoi_gian"),
            Column("KẾT QUẢ GIẢI QUYẾT HỒ SƠ (Trước hạn/đúng hạn/quá hạn)", "ket_qua", "outcome"),
            Column("GHI CHÚ", "ghi_chu", "outcome"),
        ),
        journeys.blank_hand_overs(journeys.FEWEST_HAND_OVERS),
    ),
    _about(
        "qua_trinh",
        "quá trình xử lý theo nhật ký",
        journeys.progress,
        (
            Column("Ngày xử lý", "ngay", "date"),
            Column("Người xử lý", "nguoi"),
            Column("Thao tác", "viec"),
            Column("Người nhận", "nguoi_nhan"),
            Column("Thời hạn", "thoi_han", "date"),
        ),
        [{"ngay": "16/04/2018", "nguoi": NAME, "viec": "Tiếp nhận hồ sơ"}] * 3,
    ),
    _about(
        "tieu_chi",
        "tiêu chí đánh giá để đánh dấu",
        questions.criteria,
        (
            Column("Nội dung đánh giá", "ten"),
            Column("2 điểm", "hai", "choice"),
            Column("1 điểm", "mot", "choice"),
            Column("0 điểm", "khong", "choice"),
        ),
        questions.CRITERIA,
    ),
]

FEES = Field(
    "khoan_thu",
    "các khoản đã thu",
    FieldKind.TABLE,
    _fee_lines,
    [
        {"ten": "Phí thẩm định", "loai": "Phí", "so_tien": "150.000 đồng"},
        {"ten": "Lệ phí cấp giấy", "loai": "Lệ phí", "so_tien": "50.000 đồng"},
    ],
    forms=told_by(FeeFacts),
    of_act=True,
    layout=Layout(
        (
            Column("Tên khoản thu", "ten"),
            Column("Loại", "loai"),
            Column("Số tiền", "so_tien", "money"),
        )
    ),
)

LISTED = [
    _of_list(
        "ho_so",
        "hồ sơ bàn giao",
        FormKind.HANDOVER_SHEET,
        (
            Column("Mã hồ sơ", "code", "code"),
            Column("Nội dung", "title"),
            Column("Chủ hồ sơ", "applicant"),
            Column("Hẹn trả kết quả", "due", "date"),
            Column("Ghi chú", "note"),
        ),
    ),
    _of_list(
        "ket_qua",
        "kết quả bàn giao",
        FormKind.RESULT_HANDOVER,
        (
            CODE_OF_FILE,
            MATTER,
            RESULT,
            Column("Chủ hồ sơ", "ho_ten"),
            ADDRESS_OF_OWNER,
            Column("Phí (X)", "phi", "count"),
            Column("Đăng ký trả qua bưu điện (X)", "buu_dien", "count"),
        ),
    ),
    _of_list(
        "buu_pham",
        "kết quả gửi bưu chính",
        FormKind.POST_LIST,
        (
            CODE_OF_FILE,
            RESULT,
            Column("Người nhận", "ho_ten"),
            ADDRESS_OF_OWNER,
            Column("Điện thoại", "dien_thoai"),
            Column("Số hiệu bưu gửi", "buu_gui"),
        ),
    ),
]

REGISTER_LAYOUT = Layout(
    (
        Column("STT", "stt", "count"),
        CODE_OF_FILE,
        Column("Tên thủ tục hành chính", "ten", "title"),
        Column("Số lượng hồ sơ (bộ)", "so_bo", "count"),
        Column("Tên cá nhân, tổ chức", "ho_ten"),
        Column("Địa chỉ, số điện thoại", "dia_chi", "address"),
        Column("Cơ quan chủ trì giải quyết", "co_quan"),
        Column("Nhận hồ sơ", "nhan", "date", RETURNING),
        Column("Hẹn trả kết quả", "hen", "date", RETURNING),
        Column("Trả kết quả", "tra", "date", RETURNING),
        Column("Phương thức nhận kết quả", "cach", "sign", RETURNING),
        Column("Ký nhận", "ky", "sign", RETURNING),
        Column("Ghi chú", "ghi_chu"),
    ),
    numbered=False,
)
REGISTER = Field(
    "so_theo_doi",
    "các dòng của sổ theo dõi",
    FieldKind.TABLE,
    lambda matter: (),  # a volume is drawn from the books piece by piece, see papers.register
    [SHORT_ROW],
    [LONG_ROW] * 3,
    frozenset({FormKind.REGISTER}),
    layout=REGISTER_LAYOUT,
)
