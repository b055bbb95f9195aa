"""Numbers of dossiers: mã hồ sơ, số biên nhận, and the line in the register.

Format of Điều 19 TT 01/2018/TT-VPCP: ``<mã đơn vị>-<yymmdd>-<XXXX>``, the last part counting the
dossiers received that day at that desk; above 9999 it widens. Codes are printed and typed, never
taken apart: the parts live in columns of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.models import Counter
from procedures.models import Agency

CODE_SCHEME = "ma-dinh-danh"


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
    code_series, book = dossier_series(desk, day), f"book:{desk.pk}:{day.year}"
    numbers = Counter.objects.next_of([code_series, book])
    serial = numbers[book]
    return Entry(
        code=f"{prefix}-{day:%y%m%d}-{numbers[code_series]:04}",
        year=day.year,
        volume=1 + (serial - 1) // rows_per_volume,
        serial=serial,
    )


def next_reference(desk: Agency, day: date) -> str:
    """Return the next số biên nhận: for what is handed in but not accepted yet."""
    number = Counter.objects.next(f"reference:{desk.pk}:{day:%Y%m%d}")
    return f"{_prefix(desk, day)}-BN{day:%y%m%d}-{number:04}"


def dossier_series(desk: Agency, day: date) -> str:
    return f"dossier:{desk.pk}:{day:%Y%m%d}"


def _prefix(desk: Agency, day: date) -> str:
    prefix = desk.code(CODE_SCHEME, day)
    if not prefix:
        raise NoAgencyCode(desk)
    return prefix
