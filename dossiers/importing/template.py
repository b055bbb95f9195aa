"""Tệp mẫu: an empty workbook with the heads this portal knows, and what each wants."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from dossiers.importing import heads

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


def template() -> bytes:
    """Return the workbook: heads in the first row, hints as comments of a second sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Hồ sơ"
    hints = book.create_sheet("Cách ghi")
    hints.append(["Cột", "Cách ghi", "Tên khác cũng nhận"])
    for number, (name, width, hint) in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, number, heads.label(name))
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E4F0EA")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
        if name in {"identity", "phone", "old_code"}:
            for row in range(2, 502):
                sheet.cell(row, number).number_format = "@"
        hints.append([heads.label(name), hint, ", ".join(heads.HEADS[name][1:])])
    for column, width in zip("ABC", (28, 44, 90), strict=True):
        hints.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
