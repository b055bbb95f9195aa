"""Khiếm khuyết của nguồn: how good the data of an import is, counted per procedure.

The definitions are those behind the known counts of the national data of
2026: 161, 26, 63, 58, 21, 73 and 17. Each counts codes, not rows, and looks at what the source
prints, not at what was made of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from procedures.catalogue import Channel
from procedures.catalogue.importing.amounts import FREE, names_council
from procedures.catalogue.importing.records import PrintedRow, ProcedureRecord

Rows = tuple[PrintedRow, ...]


@dataclass(frozen=True)
class Defect:
    label: str
    codes: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.codes)


def count_defects(records: Sequence[ProcedureRecord]) -> list[Defect]:
    """Return every kind of defect with the codes that have it."""
    tables = [record for record in records if record.rows]
    found = [
        Defect(label, tuple(dict.fromkeys(r.code for r in tables if has_it(r.rows))))
        for label, has_it in _OF_ROWS.items()
    ]
    silent = [record for record in records if record.content.get("implementer") == ""]
    found.append(Defect("không có cơ quan thực hiện", tuple(r.code for r in silent)))
    found.append(Defect("nhiều mã chung một tên", _of_shared_titles(records)))
    return found


def number_without_unit(rows: Rows) -> bool:
    """At least one row prints a number and leaves its unit empty ("0" is a number too)."""
    return any(row.number and not row.unit for row in rows)


def no_time_at_all(rows: Rows) -> bool:
    """At least one channel is named, and no row of any channel prints a number or "Trong ngày"."""
    return _names_channels(rows) and not any(row.number or row.unit for row in rows)


def times_differ(rows: Rows) -> bool:
    """The rows print two different pairs of number and unit, an empty pair counted as one.

    Rows of one channel count like rows of two: the known 63 holds both.
    """
    return len({(row.number, row.unit) for row in rows}) > 1


def free_but_set_by_council(rows: Rows) -> bool:
    """One row prints "Miễn phí" and a note that names Hội đồng nhân dân."""
    return any(row.fee == FREE and names_council(row.note) for row in rows)


def channel_repeated(rows: Rows) -> bool:
    """One channel, the empty one included, has two rows or more."""
    return max(Counter(row.channel for row in rows).values()) > 1


def not_online(rows: Rows) -> bool:
    """At least one channel is named, and none of them is "Trực tuyến"."""
    return _names_channels(rows) and not any(row.channel == Channel.ONLINE.label for row in rows)


_OF_ROWS: dict[str, Callable[[Rows], bool]] = {
    "thời hạn có số mà không có đơn vị": number_without_unit,
    "không có thời hạn ở hình thức nộp nào": no_time_at_all,
    "thời hạn khác nhau giữa các dòng": times_differ,
    "ghi “Miễn phí” trong khi mô tả nói HĐND quy định": free_but_set_by_council,
    "một hình thức nộp có nhiều dòng": channel_repeated,
    "không có hình thức trực tuyến": not_online,
}


def _names_channels(rows: Rows) -> bool:
    return any(row.channel for row in rows)


def _of_shared_titles(records: Sequence[ProcedureRecord]) -> tuple[str, ...]:
    """Return the codes whose title, letter for letter, is also the title of another code."""
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        if record.title and record.code:
            codes[record.title][record.code] = None
    return tuple(code for sharing in codes.values() if len(sharing) > 1 for code in sharing)
