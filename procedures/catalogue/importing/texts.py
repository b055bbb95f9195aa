"""Cells of a source as the catalogue keeps them: whitespace tidied, the words left alone."""

from __future__ import annotations

from khanhson_portal.ground.text import one_line, search_key, tidy
from procedures.catalogue.importing.time_limits import NO_INFORMATION
from procedures.offices import Level

_LEVELS = {search_key(level.label): level for level in Level}


def said(text: str) -> str:
    """Return a cell, line breaks kept; "" for an empty one and for "Không có thông tin"."""
    text = tidy(text)
    return "" if text == NO_INFORMATION else text


def said_in_a_line(text: str) -> str:
    return one_line(said(text))


def read_levels(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the levels of "Cấp tỉnh, Cấp xã" from the highest down, and doubts about the rest."""
    names = [name for name in map(one_line, text.split(",")) if name and name != NO_INFORMATION]
    known = {_LEVELS[search_key(name)] for name in names if search_key(name) in _LEVELS}
    strange = [name for name in names if search_key(name) not in _LEVELS]
    doubts = [f"không hiểu cấp thực hiện “{name}”" for name in strange]
    return tuple(level.value for level in Level if level in known), doubts


def read_decision(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the aspect a decision number belongs to: a ministry's, or one of a UBND.

    The national pages have one column for both; which province's UBND it was, they do not say.
    """
    number = said_in_a_line(text)
    if "UBND" not in number.upper():
        return {"ministry_decision": number}, []
    doubt = f"quyết định công bố “{number}” là của UBND, nguồn không ghi tỉnh nào"
    return {"province_decision": number}, [doubt]
