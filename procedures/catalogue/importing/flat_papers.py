"""The tables "Thành phần hồ sơ" of a detail page, whose cells were run into one text.

A paper ends with its copies ("…1 bản chính,1 bản sao") glued to what stands before; the law's own
"(01 bản chính)" in the middle of a name has a space or a bracket before it. A text with a place
that could be either is not taken apart at all. A row of which no copy is asked for ("0 bản chính")
is a heading or a remark between the papers, nothing to bring along: it is kept as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khanhson_portal.ground.text import fold, one_line, tidy
from procedures.catalogue.importing.faults import NotTold
from procedures.catalogue.importing.records import PaperRecord
from procedures.catalogue.importing.time_limits import NO_INFORMATION

HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
NO_GROUP = "--"  # what the page prints above a table without a name
LONGEST_GROUP = 500  # characters

_COPIES = re.compile(r"([0-9]+) bản chính(?:,\s?([0-9]+) bản sao)?")
_FORM = re.compile(
    r"(?<=[^\W\d_A-ZĐ]|[.;:)])((?:Mẫu|Mau|MẪU|Phụ lục|TP-)[^\n]{0,120}?\.(?:docx?|pdf|xlsx?))"
)
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ReadPapers:
    papers: tuple[PaperRecord, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.remarks)


def split_papers(text: str) -> ReadPapers:
    """Return the papers of the flattened tables, none where the page has none.

    Raises NotTold where one paper cannot be told from the next with certainty.
    """
    text = tidy(text)
    if one_line(text) in {"", NO_INFORMATION, HEAD, NO_GROUP + HEAD}:
        return ReadPapers()
    group, *tables = text.split(HEAD)
    if not tables:
        raise NotTold("không thấy đầu bảng")
    rows: list[PaperRecord] = []
    for at, table in enumerate(tables, 1):
        cells, rest = _rows_of_table(table)
        rows += [_paper_of_row(row, copies, _group(group)) for row, copies in cells]
        if rest.strip() and at == len(tables):
            raise NotTold("dòng cuối không có số lượng")
        group = rest
    papers = tuple(row for row in rows if row.originals or row.photocopies)
    remarks = [": ".join(filter(None, [row.group, row.name])) for row in rows if row not in papers]
    return ReadPapers(papers, tuple(remarks))


def _rows_of_table(table: str) -> tuple[list[tuple[str, re.Match[str]]], str]:
    """Return the names of the papers with their copies, and what follows the last of them."""
    rows, start = [], 0
    for match in _COPIES.finditer(table):
        if not _ends_a_row(table, match):
            continue
        rows.append((table[start : match.start()], match))
        start = match.end()
    return rows, table[start:]


def _ends_a_row(table: str, match: re.Match[str]) -> bool:
    """Tell a cell "2 bản chính" from the same words inside a name; raise where it could be both."""
    before = table[match.start() - 1 : match.start()]
    after = table[match.end() : match.end() + 1]
    in_a_sentence = before in {" ", "("} and (not after or after in " );,.\n")
    if in_a_sentence:
        return False
    if match[1] == "0" and before not in {"(", "/"}:  # no sentence asks for no copies
        return True
    glued = bool(before) and not before.isspace() and before not in "(/-"
    # Two digits could be the end of a name and one copy. What follows is the next paper, or after
    # a space the name of the next table.
    if glued and len(match[1]) == 1 and after not in set(");,."):
        return True
    around = one_line(table[max(0, match.start() - 20) : match.end() + 10])
    raise NotTold(f"không rõ “…{around}…” là số lượng hay là chữ trong tên giấy tờ")


def _paper_of_row(row: str, copies: re.Match[str], group: str) -> PaperRecord:
    name, form = _form_beside_name(tidy(row))
    if not name:
        raise NotTold("có dòng giấy tờ không tên")
    return PaperRecord(
        name=name,
        group=group,
        form_name=form,
        originals=int(copies[1]),
        photocopies=int(copies[2] or 0),
        presented_only=_is_shown_only(group),
    )


def _form_beside_name(row: str) -> tuple[str, str]:
    """Return name and form of a paper; the form stays in the name unless it is plain to see.

    Plain is one file name that begins with "Mẫu" right where the name has run into it.
    """
    match = _FORM.search(row)
    if match and match.end() == len(row) and len(_FILE.findall(row)) == 1:
        return row[: match.start()].strip(), match[1]
    return row, ""


def keeps_a_form(paper: PaperRecord) -> bool:
    """Whether the name of a paper still holds the file name of its form."""
    return not paper.form_name and bool(_FILE.search(paper.name))


def _group(text: str) -> str:
    """Return the name above a table; raises NotTold for a paragraph instead of a name."""
    group = one_line(text).removeprefix("* ").removesuffix(":").strip()
    if len(group) > LONGEST_GROUP:
        raise NotTold(f"tên nhóm giấy tờ dài hơn {LONGEST_GROUP} ký tự")
    return "" if group == NO_GROUP else group


def _is_shown_only(group: str) -> bool:
    folded = fold(group)
    return "xuat trinh" in folded and "nop" not in folded
