"""Aspects: the parts of a procedure version that a source may speak of, and their comparison.

A text aspect is a column of ``ProcedureVersion``; a list aspect is rows beside it. Two contents
are compared aspect by aspect, lists without regard to order: national pages shuffle their rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import cast

from khanhson_portal.ground.text import search_key
from khanhson_portal.ground.words import money
from procedures.catalogue import Channel, FeeState, ProcedureVersion
from procedures.catalogue.importing.records import (
    BasisRecord,
    ChannelRecord,
    FeeRecord,
    PaperRecord,
    Part,
    ResultRecord,
    Value,
)
from procedures.offices import Level
from procedures.worktime import Unit

TEXTS = [
    "title", "category", "applicants", "authority", "implementer", "partners",
    "receiving_address", "sequence", "conditions", "papers_text", "related", "keywords",
    "ministry_decision", "province_decision", "confidence",
]  # fmt: skip
_COLUMNS = {column.name: column for column in ProcedureVersion._meta.concrete_fields}
LISTS = {
    "channels": "thời hạn theo hình thức nộp",
    "fees": "phí, lệ phí",
    "papers": "thành phần hồ sơ",
    "results": "kết quả thực hiện",
    "bases": "căn cứ pháp lý",
}
NAMES = {"field", "implementer"}  # capitals and commas of these differ from format to format
LABELS = {
    **{name: str(_COLUMNS[name].verbose_name) for name in TEXTS},
    "field": "lĩnh vực",
    "levels": "cấp thực hiện",
    **LISTS,
}


def says_nothing(value: Value) -> bool:
    """Whether a value only says "chưa có thông tin": such a value never blanks another source's."""
    if isinstance(value, str):
        return not value
    return all(_is_blank(part) for part in value)


def differs(aspect: str, old: Value, new: Value) -> bool:
    if aspect in NAMES:
        return search_key(str(old)) != search_key(str(new))
    if isinstance(old, tuple) and isinstance(new, tuple):
        return Counter(old) != Counter(new)
    return old != new


def in_words(aspect: str, value: Value) -> str:
    """Return a value as people read it, lists one line per row; "" where there is nothing."""
    if isinstance(value, tuple):
        return "\n".join(_part_in_words(part) for part in value)
    return value


def _is_blank(part: Part) -> bool:
    if isinstance(part, ChannelRecord):
        return part.unit == Unit.UNKNOWN and not part.source_text and not part.note
    if isinstance(part, FeeRecord):
        return replace(part, case="", channel="") == FeeRecord(FeeState.UNKNOWN)
    return False


def _part_in_words(part: Part) -> str:
    if isinstance(part, str):
        return str(Level(part).label) if part in Level.values else part
    if isinstance(part, ChannelRecord):
        return _case(part.case) + _channel_in_words(part)
    if isinstance(part, FeeRecord):
        return _case(part.case) + _fee_in_words(part)
    if isinstance(part, PaperRecord):
        copies = f"{part.originals} bản chính, {part.photocopies} bản sao"
        return _case(part.case) + ": ".join(filter(None, [part.group, f"{part.name} ({copies})"]))
    if isinstance(part, ResultRecord):
        return f"{part.name} ({part.code})" if part.code else part.name
    basis = cast(BasisRecord, part)
    return f"{basis.title} ({basis.number})" if basis.number else basis.title


def _case(name: str) -> str:
    return f"[{name}] " if name else ""


def _channel_in_words(part: ChannelRecord) -> str:
    line = f"{Channel(part.channel).label}: {part.limit}"
    if part.source_text:
        line += f" (nguồn ghi “{part.source_text}”)"
    return f"{line}; {part.note}" if part.note else line


def _fee_in_words(part: FeeRecord) -> str:
    line = FeeState(part.state).label
    if part.amount is not None:
        line = money(part.amount) + (f"/{part.per}" if part.per else "")
    if part.channel:
        line = f"{Channel(part.channel).label}: {line}"
    if part.source_text:
        line += f" (nguồn ghi “{part.source_text}”)"
    return f"{line}; {part.note}" if part.note else line
