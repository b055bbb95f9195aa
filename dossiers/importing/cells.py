"""What one cell says: a moment, a name, a number that the spreadsheet has spoilt.

Pure functions. A cell that cannot be read raises CellFault with a Vietnamese clause; what was
mended on the way is told through ``notes``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl.utils.datetime import from_excel

from khanhson_portal.ground.moments import LOCAL
from khanhson_portal.ground.text import one_line

_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_IN_WORDS = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(?<!\d)(\d{1,2})\s*(?::|giờ|h)\s*(\d{2})?(?:\s*phút|:\d{2})?", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+84|0)(?:[\s.]?\d){8,10}(?!\d)")
EXCEL_DAYS = range(36526, 73051)  # 2000 to 2099, where a date lost its format


class CellFault(Exception):
    """``str()`` continues the sentence 'ô F7 (“Ngày nhận”): …'."""


@dataclass(frozen=True)
class When:
    """A day, with the time of day where the cell had one."""

    day: date
    hour: time | None = None

    def at(self, otherwise: time) -> datetime:
        return datetime.combine(self.day, self.hour or otherwise, LOCAL)


def text(value: Any) -> str:
    """Return what a cell says on one line, NFC; 912345678.0 is "912345678"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return one_line(str(value)) if value is not None else ""


def when(value: Any) -> When:
    """Return the day (and time) of a cell: an Excel date, or text with the day before the month."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if int(value) not in EXCEL_DAYS:
            raise CellFault(
                f"“{text(value)}” không phải ngày; viết dạng 16/04/2018 hoặc 16/04/2018 09:12"
            )
        value = from_excel(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return When(value.date(), None if midnight else value.time().replace(microsecond=0))
    if isinstance(value, date):
        return When(value)
    return _typed(text(value))


def _typed(typed: str) -> When:
    iso = _ISO.search(typed)
    found = iso or _DATE.search(typed) or _IN_WORDS.search(typed)
    wrong = f"“{typed[:40]}” không đọc được thành ngày; viết dạng 16/04/2018 hoặc 16/04/2018 09:12"
    if not found:
        raise CellFault(wrong)
    year, month, day = map(int, found.groups() if iso else reversed(found.groups()))
    rest = typed[: found.start()] + " " + typed[found.end() :].lstrip("T")
    clock = _TIME.search(rest)
    try:
        hour = time(int(clock[1]), int(clock[2] or 0)) if clock else None
        return When(date(year, month, day), None if hour == time() else hour)
    except ValueError as error:
        raise CellFault(f"“{typed[:40]}” không có trong lịch; kiểm tra lại ngày, tháng") from error


def phone(value: Any, notes: list[str]) -> str:
    """Return a phone number; the leading zero that a spreadsheet drops is put back."""
    typed = text(value).replace(".", "").replace(" ", "")
    if not isinstance(value, str) and len(typed) == 9:
        notes.append("đã thêm số 0 đầu của số điện thoại")
        return f"0{typed}"
    return typed[:20]


def identity(value: Any, notes: list[str]) -> str:
    """Return an identity number: 9 or 12 digits with the zeros that a spreadsheet drops."""
    typed = text(value)
    if not isinstance(value, str) and typed.isdigit() and len(typed) in {8, 11}:
        notes.append("đã thêm số 0 đầu của số giấy tờ")
        return f"0{typed}"
    return typed[:30]


def address_and_phone(value: Any) -> tuple[str, str]:
    """Take the one cell of Mẫu 06 apart: the address, and the last phone number in it or ""."""
    typed = text(value)
    found = list(_PHONE.finditer(typed))
    if not found:
        return typed, ""
    number = found[-1]
    address = typed[: number.start()] + typed[number.end() :]
    address = re.sub(
        r"(?:số\s*)?(?:điện thoại|đt|sđt)\s*[:.]?\s*$", "", address.strip(" ,;-"), flags=re.I
    )
    return address.strip(" ,;-"), re.sub(r"[\s.]", "", number[0])
