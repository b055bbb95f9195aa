"""Thời hạn as sources print it: a number and a unit, or a text that is kept because it is neither.

A number without a unit is not a time limit: it stays text and its unit is unknown. Never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khanhson_portal.ground.text import one_line, search_key
from procedures.worktime import Unit

NO_INFORMATION = "Không có thông tin"
LARGEST = 32_767  # what a column of days can hold

_DIGITS = re.compile(r"[0-9]{1,9}")
_CELL = re.compile(r"([0-9]{1,9})\s*(.*)", re.DOTALL)
_UNITS = {
    search_key(words): unit
    for words, unit in {
        "Giờ": Unit.HOUR,
        "Giờ làm việc": Unit.WORKING_HOUR,
        "Ngày": Unit.DAY,
        "Ngày làm việc": Unit.WORKING_DAY,
        "Tháng": Unit.MONTH,
        "Trong ngày": Unit.SAME_DAY,
        "Không quy định": Unit.NONE,
    }.items()
}


@dataclass(frozen=True)
class Limit:
    """``number`` is 0 unless ``unit`` counts; ``source_text`` is what was printed, where needed.

    ``stuck`` marks a text whose time cannot be told from what stands beside it.
    """

    number: int = 0
    unit: Unit = Unit.UNKNOWN
    source_text: str = ""
    doubt: str = ""
    stuck: bool = False


def run_together(text: str) -> Limit:
    """Return the limit of a cell that ran into the amount behind it: unknown, and unsure."""
    doubt = f"thời hạn và mức thu dính vào nhau “{text}”, không tách được"
    return Limit(source_text=text, doubt=doubt, stuck=True)


def read_limit(number: str, unit: str, printed: str = "") -> Limit:
    """Return the limit of a number and a unit in cells of their own.

    ``printed`` is what the source shows of it as a whole, where a table has a column for that.
    Raises ValueError (a Vietnamese sentence) for a number that is no whole number.
    """
    number, unit, printed = _said(number), _said(unit), one_line(printed)
    if number and not (_DIGITS.fullmatch(number) and int(number) <= LARGEST):
        raise ValueError(f"không đọc được số thời hạn “{number}”")
    limit = _read(number, unit, printed or " ".join(filter(None, [number, unit])))
    return replace(limit, source_text=limit.source_text or printed)


def read_cell(text: str) -> Limit:
    """Return the limit of one cell: "5 Ngày làm việc", "5", "Trong ngày", "Không có thông tin"."""
    text = _said(text)
    match = _CELL.fullmatch(text)
    return _read(match[1], match[2], text) if match else _read("", text, text)


def _read(number: str, unit: str, whole: str) -> Limit:
    known = _UNITS.get(search_key(unit)) if unit else None
    if known is None:
        return _unknown(number, unit, whole)
    if known.counted and number and 0 < int(number) <= LARGEST:
        return Limit(int(number), known)
    if not known.counted and not number:
        return Limit(unit=known)
    return Limit(source_text=whole, doubt=f"thời hạn “{whole}” không đủ số và đơn vị")


def _said(text: str) -> str:
    text = one_line(text)
    return "" if text == NO_INFORMATION else text


def _unknown(number: str, unit: str, whole: str) -> Limit:
    if not whole:
        return Limit()
    if number and not unit:
        return Limit(source_text=whole, doubt=f"thời hạn ghi “{whole}”, không có đơn vị")
    return Limit(source_text=whole, doubt=f"thời hạn ghi “{whole}”, không tách được số và đơn vị")
