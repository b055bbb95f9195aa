"""Opening what an office sends: a workbook or text, whatever is wrong with it said in one line."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook, load_workbook

from procedures.catalogue.importing import bounds
from procedures.catalogue.importing.faults import FileFault

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def open_book(data: bytes, name: str, **options: Any) -> Workbook:
    """Return the workbook in ``data``. Raises FileFault for what is none, or reaches too far."""
    bounds.check(data, name)
    try:
        return load_workbook(io.BytesIO(data), **options)
    except Exception as error:  # openpyxl lets errors of zip and XML through, of many kinds
        raise FileFault(f"{name}: tệp XLSX hỏng hoặc là tệp nén khác, không mở được.") from error


def text_of(data: bytes, name: str) -> str:
    """Return the text of a file. Raises FileFault when it is empty or not UTF-8."""
    if data.startswith(OLD_EXCEL):
        raise FileFault(f"{name}: tệp Excel kiểu cũ hoặc có mật khẩu; hãy lưu lại thành .xlsx.")
    if data.startswith(_UTF_16):
        raise FileFault(f"{name}: tệp ghi bằng UTF-16; hãy lưu lại bằng UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileFault(
            f"{name}: không phải UTF-8 (hỏng từ dòng {line}); hãy lưu lại bằng UTF-8."
        ) from error
    if not text.strip():
        raise FileFault(f"{name}: tệp rỗng.")
    return text.lstrip()
