"""The table "Căn cứ pháp lý" of a detail page: titles and numbers of documents run together.

"…Luật 60/2014/QH1360/2014/QH13Nghị định…": a row ends with a document number glued to its title,
as a cell of its own; a number inside a title has a space before and after. A text with a number
that could be either is kept as it is.
"""

from __future__ import annotations

import re

from khanhson_portal.ground.text import one_line, tidy
from procedures.catalogue.importing.faults import NotTold
from procedures.catalogue.importing.records import BasisRecord
from procedures.catalogue.importing.time_limits import NO_INFORMATION

HEAD = "Tên văn bản pháp lýMã văn bản"

_AGENCY = (
    "CP|TTg|TANDTC|VKSNDTC|UBTƯMTTQVN|UBND|HĐND|UBDT|NHNN|TTCP|VPCP|BTTTT|BVHTTDL|BLĐTBXH|BNNMT|"
    "BNNPTNT|BTNMT|BGTVT|BGDĐT|BKHĐT|BKHCN|BTP|BTC|BQP|BCA|BYT|BNV|BCT|BXD|BNG"
)
_KIND = "NĐ|NQLT|NQ|CT|QĐ|QD|TTLT|TT|VBHN|L|CTr"
_NUMBER = (
    rf"[0-9][0-9.]{{0,5}}[a-z]?(?:/[0-9]{{4}})?/(?:QH[0-9]{{2}}|(?:{_KIND})(?:-(?:{_AGENCY}))+)"
)
_WORDS = (
    "Nghị định|Thông tư liên tịch|Thông tư|Bộ luật|Luật|Quyết định|Nghị quyết|Pháp lệnh|Chỉ thị"
)
_CELL = re.compile(rf"(?:(?:{_WORDS})(?: số)? )?{_NUMBER}")


def split_bases(text: str) -> tuple[BasisRecord, ...]:
    """Return the legal bases of the flattened table, none where the page has none.

    Raises NotTold where one document cannot be told from the next with certainty.
    """
    text = one_line(tidy(text))
    if text in {"", NO_INFORMATION, HEAD}:
        return ()
    if not text.startswith(HEAD):
        raise NotTold("không thấy đầu bảng")
    rows, rest = [], text[len(HEAD) :].strip()
    while rest:
        cell = _end_of_row(rest)
        rows.append(BasisRecord(rest[: cell.start()].strip(), cell[0]))
        rest = rest[cell.end() :].strip()
    return tuple(rows)


def _end_of_row(text: str) -> re.Match[str]:
    """Return the number that ends the first row of ``text``."""
    for match in _CELL.finditer(text):
        before = text[: match.start()][-1:]
        after = text[match.end() :][:1]
        if _is_glued(before):
            if after.isdigit():
                break
            return match
        if not after or after.isalpha():
            break
    raise NotTold("không tách được từng văn bản")


def _is_glued(before: str) -> bool:
    return bool(before) and not before.isspace() and before not in '(/“"'
