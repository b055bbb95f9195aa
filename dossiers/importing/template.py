"""Tệp mẫu: an empty workbook with the heads this portal knows, and what each wants."""

from __future__ import annotations

from dossiers.importing import heads
from khanhson_portal.ground import spreadsheets
from khanhson_portal.ground.spreadsheets import Sheet

COLUMNS: list[tuple[str, int, str]] = [
    # column, width, what to write
    ("old_code", 26, "bắt buộc"),
    ("procedure_code", 14, "có mã thì không cần tên"),
    ("title", 46, "đúng tên trong danh mục"),
    ("case", 16, "khi thủ tục có nhiều trường hợp"),
    ("desk", 20, "ví dụ: Một cửa huyện"),
    ("solver", 24, "đơn vị đang giữ hồ sơ"),
    ("state", 18, "Đang giải quyết, Chờ bổ sung, Chờ trả kết quả …"),
    ("owner", 24, "như trên giấy tờ"),
    ("submitter", 24, "khi khác chủ hồ sơ"),
    ("identity", 16, "dạng chữ, giữ số 0 đầu"),
    ("phone", 14, "dạng chữ, giữ số 0 đầu"),
    ("address", 30, ""),
    ("channel", 14, "Trực tiếp, Trực tuyến, Bưu chính"),
    ("sets", 8, "số"),
    ("received", 18, "16/04/2018 09:12, bắt buộc"),
    ("promised", 18, "ngày trên giấy hẹn"),
    ("asked", 18, "khi đang chờ bổ sung"),
    ("finished", 18, "khi đã có kết quả"),
    ("result_number", 18, "khi đã có kết quả"),
    ("result_signer", 20, "khi đã có kết quả"),
    ("delivery", 20, "Tại bộ phận một cửa, Bưu chính"),
    ("note", 24, ""),
]
DIGITS = {"identity", "phone", "old_code"}  # a leading 0 typed here must stay


def template() -> bytes:
    """Return the workbook: heads in the first row, what each wants on a second sheet."""
    names = [name for name, _, _ in COLUMNS]
    filled = Sheet(
        "Hồ sơ",
        [heads.label(name) for name in names],
        [],
        widths=[width for _, width, _ in COLUMNS],
        text_columns=[place for place, name in enumerate(names) if name in DIGITS],
    )
    hints = [
        [heads.label(name), hint, ", ".join(heads.HEADS[name][1:])] for name, _, hint in COLUMNS
    ]
    explained = Sheet("Cách ghi", ["Cột", "Cách ghi", "Tên khác cũng nhận"], hints, (28, 44, 90))
    return spreadsheets.xlsx(filled, explained)
