"""Numbers of dossiers: mã hồ sơ, số biên nhận, and the line in the register.

Format of Điều 19 TT 01/2018/TT-VPCP: ``<mã đơn vị>-<yymmdd>-<XXXX>``, the last part counting the
dossiers received that day at that desk; above 9999 it widens. Codes are printed and typed, never
taken apart: the parts live in columns of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.models import Counter
from dossiers.models.queries import CODE_SCHEME
from procedures.offices import Agency


class NoAgencyCode(Exception):
    """The desk has no identification code on that day; nothing can be numbered."""

    def __init__(self, desk: Agency) -> None:
        super().__init__(
            f"{desk} chưa có mã định danh nên chưa cấp được mã hồ sơ. "
            "Quản trị viên thêm mã ở mục “cơ quan, đơn vị”."
        )


@dataclass(frozen=True)
class Entry:
    """What acceptance gives a dossier: its code, and its line in the register."""

    code: str
    year: int
    volume: int
    serial: int


def next_entry(desk: Agency, day: date, rows_per_volume: int) -> Entry:
    """Return the next code of a desk on ``day`` and the next line of its register.

    Both counters are raised in one statement. Serials and volumes restart each year.
    Raises NoAgencyCode.
    """
    prefix = _prefix(desk, day)
    code_series, book = dossier_series(desk, day), _book(desk, day)
    numbers = Counter.objects.next_of([code_series, book])
    code = _code(prefix, day, numbers[code_series])
    return _entry(code, day, numbers[book], rows_per_volume)


def reserved_entry(desk: Agency, code: str, day: date, rows_per_volume: int) -> Entry:
    """Return the register line of a code that a paper slip already carries."""
    return _entry(code, day, Counter.objects.next(_book(desk, day)), rows_per_volume)


def take_codes(desk: Agency, day: date, count: int) -> tuple[int, list[str]]:
    """Take ``count`` codes of a desk and a day at once: the first number, and all codes.

    They come from the row that every dossier of that day is numbered by. Raises NoAgencyCode.
    """
    prefix = _prefix(desk, day)
    first = Counter.objects.take(dossier_series(desk, day), count)
    return first, [_code(prefix, day, first + offset) for offset in range(count)]


def next_reference(desk: Agency, day: date) -> str:
    """Return the next số biên nhận: for what is handed in but not accepted yet."""
    number = Counter.objects.next(f"reference:{desk.pk}:{day:%Y%m%d}")
    return f"{_prefix(desk, day)}-BN{day:%y%m%d}-{number:04}"


def dossier_series(desk: Agency, day: date) -> str:
    return f"dossier:{desk.pk}:{day:%Y%m%d}"


def _book(desk: Agency, day: date) -> str:
    return f"book:{desk.pk}:{day.year}"


def _code(prefix: str, day: date, number: int) -> str:
    return f"{prefix}-{day:%y%m%d}-{number:04}"


def _entry(code: str, day: date, serial: int, rows_per_volume: int) -> Entry:
    volume = 1 + (serial - 1) // rows_per_volume
    return Entry(code=code, year=day.year, volume=volume, serial=serial)


def _prefix(desk: Agency, day: date) -> str:
    prefix = desk.code(CODE_SCHEME, day)
    if not prefix:
        raise NoAgencyCode(desk)
    return prefix
