"""The tables that papers print: official heads, and which key of a frozen row goes where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Column:
    """``group`` is the head above several columns; ``css`` sets width and alignment."""

    head: str
    key: str
    css: str = ""
    group: str = ""


@dataclass(frozen=True)
class Table:
    """``top`` and ``bottom`` are the rows of heads; ``bottom`` is empty without groups."""

    top: list[dict[str, Any]]
    bottom: list[Column]
    columns: list[Column]
    rows: list[list[tuple[Any, str]]]
    width: int
    numbered: bool = True


COUNTS = [
    Column("Bản chính", "ban_chinh", "count", "Số lượng"),
    Column("Bản chứng thực", "chung_thuc", "count", "Số lượng"),
    Column("Bản photo", "ban_sao", "count", "Số lượng"),
]
RETURNING = "Nhận và trả kết quả"

TABLES: dict[str, list[Column]] = {
    "giay_to": [Column("Thành phần hồ sơ", "ten"), *COUNTS],
    "ban_chung_thuc": [
        Column("Thành phần hồ sơ", "ten"),
        Column("Số trang", "so_trang", "count"),
        Column("Số bản giấy", "so_ban", "count"),
        Column("Ký bản điện tử", "ky_dien_tu", "count"),
    ],
    "cac_ho_so": [
        Column("Nội dung", "noi_dung"),
        Column("Mã hồ sơ", "ma", "code"),
        Column("Đơn vị", "don_vi"),
        Column("Ngày nhận", "ngay_nhan", "date"),
        Column("Ngày hẹn trả", "hen_tra", "date"),
        Column("Thời hạn xử lý", "thoi_han"),
        Column("Số lượng hồ sơ", "so_bo", "count"),
        Column("Họ và tên", "ho_ten"),
    ],
    "chang": [
        Column("TÊN CƠ QUAN", "co_quan", "offices"),
        Column("THỜI GIAN GIAO, NHẬN HỒ SƠ", "thoi_gian"),
        Column("KẾT QUẢ GIẢI QUYẾT HỒ SƠ (Trước hạn/đúng hạn/quá hạn)", "ket_qua", "outcome"),
        Column("GHI CHÚ", "ghi_chu", "outcome"),
    ],
    "qua_trinh": [
        Column("Ngày xử lý", "ngay", "date"),
        Column("Người xử lý", "nguoi"),
        Column("Thao tác", "viec"),
        Column("Người nhận", "nguoi_nhan"),
        Column("Thời hạn", "thoi_han", "date"),
    ],
    "khoan_thu": [
        Column("Tên khoản thu", "ten"),
        Column("Loại", "loai"),
        Column("Số tiền", "so_tien", "money"),
    ],
    "ho_so": [
        Column("Mã hồ sơ", "code", "code"),
        Column("Nội dung", "title"),
        Column("Chủ hồ sơ", "applicant"),
        Column("Hẹn trả kết quả", "due", "date"),
        Column("Ghi chú", "note"),
    ],
    "ket_qua": [
        Column("Mã hồ sơ", "ma", "code"),
        Column("Nội dung", "noi_dung"),
        Column("Kết quả", "ket_qua"),
        Column("Chủ hồ sơ", "ho_ten"),
        Column("Địa chỉ", "dia_chi"),
        Column("Phí (X)", "phi", "count"),
        Column("Đăng ký trả qua bưu điện (X)", "buu_dien", "count"),
    ],
    "buu_pham": [
        Column("Mã hồ sơ", "ma", "code"),
        Column("Kết quả", "ket_qua"),
        Column("Người nhận", "ho_ten"),
        Column("Địa chỉ", "dia_chi"),
        Column("Điện thoại", "dien_thoai"),
        Column("Số hiệu bưu gửi", "buu_gui"),
    ],
    "so_theo_doi": [
        Column("STT", "stt", "count"),
        Column("Mã hồ sơ", "ma", "code"),
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
    ],
    "tieu_chi": [
        Column("Nội dung đánh giá", "ten"),
        Column("2 điểm", "hai", "choice"),
        Column("1 điểm", "mot", "choice"),
        Column("0 điểm", "khong", "choice"),
    ],
}
SELF_NUMBERED = {"so_theo_doi"}


def table(name: str, rows: list[dict[str, Any]]) -> Table:
    """Return one table ready to draw. Raises KeyError for a table that nobody knows."""
    columns = TABLES[name]
    numbered = name not in SELF_NUMBERED
    top: list[dict[str, Any]] = []
    for group, members in groupby(columns, key=lambda column: column.group or column):
        listed = list(members)
        if isinstance(group, str):
            top.append({"head": group, "css": "", "span": len(listed)})
        else:
            top.append({"head": group.head, "css": group.css, "span": 1, "tall": True})
    grouped = [column for column in columns if column.group]
    cells = [[(row.get(c.key) or "", c.css) for c in columns] for row in rows]
    return Table(top, grouped, columns, cells, len(columns) + numbered, numbered)
