"""The table of channels (CSV): one row per channel and case, the cells still apart.

Heads: ``ma,ten,linh_vuc,cap_thuc_hien,so_quyet_dinh,doi_tuong,kenh,so_thoi_gian,
don_vi_thoi_gian,phi_hien_thi,mo_ta_phi_thoi_han``; lists that are kept with care add
``truong_hop,thoi_han_ghi,hieu_luc_tu,do_tin_cay,nguon``.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from khanhson_portal.ground.spreadsheets import as_typed
from khanhson_portal.ground.text import one_line, search_key, tidy
from procedures.catalogue import Confidence
from procedures.catalogue.importing.amounts import (
    Price,
    is_about_fees,
    leading_brackets,
    read_price,
)
from procedures.catalogue.importing.channel_rows import CHANNELS, Offers, ReadRow, put_together
from procedures.catalogue.importing.faults import FileFault
from procedures.catalogue.importing.records import (
    Format,
    Origin,
    PrintedRow,
    ProcedureRecord,
    Value,
)
from procedures.catalogue.importing.texts import read_decision, read_levels, said, said_in_a_line
from procedures.catalogue.importing.time_limits import read_limit, run_together

SOURCE = "Bảng cách thức thực hiện (tệp CSV)"
NEEDED = {"ma", "ten"}
LONGEST_NOTE = 300  # characters: where the collection of 2026 cut its notes off

_CHANNELS = {search_key(label): channel for label, channel in CHANNELS.items()}
_STUCK = re.compile(r"VNĐ|VND|Việt Nam Đồng|đồng", re.IGNORECASE)
_OF_PROCEDURE = ["linh_vuc", "cap_thuc_hien", "so_quyet_dinh", "doi_tuong"]
_DAYS = ("%Y-%m-%d", "%d/%m/%Y")

T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """One row of the file: ``number`` is the line it begins on."""

    number: int
    cells: dict[str, str]
    fault: str = ""

    def __getitem__(self, head: str) -> str:
        return self.cells.get(head, "")


def heads_of(text: str) -> tuple[list[str], str]:
    """Return the heads of the first line and the delimiter; no heads where it is no such table."""
    first = text.split("\n", 1)[0].strip("\r")
    for delimiter in ",;\t":
        heads = [one_line(head).strip('"').lower() for head in first.split(delimiter)]
        if set(heads) >= NEEDED:
            return heads, delimiter
    return [], ","


def read_channel_table(text: str, name: str) -> list[ProcedureRecord]:
    """Return one record per code and day of effect, in the order of the file."""
    heads, delimiter = heads_of(text)
    lines: dict[tuple[str, str], list[Line]] = defaultdict(list)
    try:
        for line in _lines_of(text, heads, delimiter):
            code = one_line(line["ma"]) or f"dòng {line.number}"
            lines[code, one_line(line["hieu_luc_tu"])].append(line)
    except csv.Error as error:
        raise FileFault(f"{name}: tệp CSV hỏng, không đọc được hết các dòng.") from error
    if not lines:
        raise FileFault(f"{name}: tệp CSV chỉ có dòng tiêu đề.")
    return [_record_of_lines(group, name, set(heads)) for group in lines.values()]


def _lines_of(text: str, heads: list[str], delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    next(reader)
    begins = reader.line_num + 1
    for cells in reader:
        number, begins = begins, reader.line_num + 1
        if not any(map(one_line, cells)):
            continue
        fault = ""
        if len(cells) != len(heads):
            fault = f"dòng {number}: có {len(cells)} ô trong khi tiêu đề có {len(heads)} ô"
        yield Line(number, dict(zip(heads, map(as_typed, cells), strict=False)), fault)


def _record_of_lines(lines: list[Line], name: str, heads: set[str]) -> ProcedureRecord:
    first = lines[0]
    refusals = [line.fault for line in lines if line.fault]
    titles = list(dict.fromkeys(said_in_a_line(line["ten"]) for line in lines))
    if len(titles) > 1:
        refusals.append(f"một mã mà có {len(titles)} tên khác nhau: " + "; ".join(titles))
    doubts: list[str] = []
    content: dict[str, Value] = {"title": titles[0]}
    content |= _small_cells(first, heads, doubts)
    doubts += [
        f"các dòng của mã ghi khác nhau ở cột {head}, giữ theo dòng {first.number}"
        for head in _OF_PROCEDURE
        if len({one_line(line[head]) for line in lines}) > 1
    ]
    valid_from = _or_refuse(partial(_first_day, first["hieu_luc_tu"]), first, refusals)
    content |= _confidence(lines, heads, refusals)
    offers = _offers(lines, refusals)
    if "kenh" in heads:
        content["channels"], content["fees"] = offers.channels, offers.fees
    if any(map(_is_cut, lines)):
        doubts.append(f"mô tả bị nguồn cắt ở {LONGEST_NOTE} ký tự")
    sources = dict.fromkeys(filter(None, (said_in_a_line(line["nguon"]) for line in lines)))
    return ProcedureRecord(
        code=one_line(first["ma"]),
        origins=(Origin(name, first.number, Format.TABLE),),
        content=content,
        source="; ".join(sources)[:300] or SOURCE,
        valid_from=valid_from,
        own_name="nguon" in heads,
        unsure=_unsure(lines, offers),
        doubts=tuple(dict.fromkeys([*doubts, *offers.doubts])),
        refusals=tuple(refusals),
        rows=tuple(_printed(line) for line in lines),
    )


def _small_cells(line: Line, heads: set[str], doubts: list[str]) -> dict[str, Value]:
    content: dict[str, Value] = {}
    if "linh_vuc" in heads:
        content["field"] = said_in_a_line(line["linh_vuc"])
    if "doi_tuong" in heads:
        content["applicants"] = said(line["doi_tuong"])
    if "cap_thuc_hien" in heads:
        content["levels"], strange = read_levels(line["cap_thuc_hien"])
        doubts += strange
    if "so_quyet_dinh" in heads:
        decision, doubtful = read_decision(line["so_quyet_dinh"])
        content.update(decision)
        doubts += doubtful
    return content


def _confidence(lines: list[Line], heads: set[str], refusals: list[str]) -> dict[str, Value]:
    """Return the confidence of a record: one doubtful row makes the whole of it doubtful."""
    if "do_tin_cay" not in heads:
        return {}
    marks = {one_line(line["do_tin_cay"]).lower() for line in lines}
    if strange := marks - set(Confidence.values):
        refusals.append(f"dòng {lines[0].number}: không hiểu độ tin cậy “{min(strange)}”")
        return {}
    order = [Confidence.LOW, Confidence.UNKNOWN, Confidence.MEDIUM, Confidence.HIGH]
    return {"confidence": next(mark.value for mark in order if mark.value in marks)}


def _offers(lines: list[Line], refusals: list[str]) -> Offers:
    rows = [_or_refuse(partial(_channel_row, line), line, refusals) for line in lines]
    return put_together([row for row in rows if row])


def _channel_row(line: Line) -> ReadRow | None:
    """Return the row, None where it names no channel; raises ValueError for what is unreadable."""
    label = one_line(line["kenh"])
    if not label:
        if any(said(line[head]) for head in ("so_thoi_gian", "phi_hien_thi")):
            raise ValueError("có thời hạn hoặc mức thu mà không ghi hình thức nộp")
        return None
    channel = _CHANNELS.get(search_key(label))
    if channel is None:
        raise ValueError(f"không hiểu hình thức nộp “{label}”")
    case, note = said_in_a_line(line["truong_hop"]), said(line["mo_ta_phi_thoi_han"])
    if stuck := _stuck(line):
        limit = run_together(stuck)
        return ReadRow(channel, limit, Price(source_text=stuck), case=case)
    limit = read_limit(line["so_thoi_gian"], line["don_vi_thoi_gian"], line["thoi_han_ghi"])
    about_fee, beside = _fee_and_time_notes(note)
    return ReadRow(
        channel, limit, read_price(line["phi_hien_thi"], about_fee, beside), beside, case
    )


def _stuck(line: Line) -> str:
    """Return "120 VNĐ" where the collector took a time and an amount for one number."""
    note = one_line(line["mo_ta_phi_thoi_han"])
    alone = one_line(line["so_thoi_gian"]) and not one_line(line["don_vi_thoi_gian"])
    if alone and not said(line["phi_hien_thi"]) and _STUCK.fullmatch(note):
        return f"{one_line(line['so_thoi_gian'])} {note}"
    return ""


def _fee_and_time_notes(note: str) -> tuple[str, str]:
    """Tell what a note says of the fee from what it says of the rest.

    The page prints the fee's note in brackets, first; a note cut off inside them is all fee.
    """
    if note.startswith("("):
        inside, rest = leading_brackets(note)
        return (inside, tidy(rest)) if inside else (note, "")
    return (note, "") if is_about_fees(note) else ("", note)


def _is_cut(line: Line) -> bool:
    return len(line["mo_ta_phi_thoi_han"]) == LONGEST_NOTE


def _unsure(lines: list[Line], offers: Offers) -> frozenset[str]:
    """Return the aspects read with doubt; a fee's note cut in the middle is one."""
    cut = any(_is_cut(line) and line["mo_ta_phi_thoi_han"].startswith("(") for line in lines)
    return offers.unsure | ({"fees"} if cut else set())


def _first_day(text: str) -> date | None:
    text = one_line(text)
    if not text:
        return None
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    raise ValueError(f"không đọc được ngày hiệu lực “{text}”")


def _or_refuse(read: Callable[[], T], line: Line, refusals: list[str]) -> T | None:
    """Return what ``read`` gives; a ValueError becomes a refusal that names the line."""
    try:
        return read()
    except ValueError as error:
        refusals.append(f"dòng {line.number}: {error}")
        return None


def _printed(line: Line) -> PrintedRow:
    return PrintedRow(
        channel=one_line(line["kenh"]),
        number=one_line(line["so_thoi_gian"]),
        unit=one_line(line["don_vi_thoi_gian"]),
        fee=one_line(line["phi_hien_thi"]),
        note=tidy(line["mo_ta_phi_thoi_han"]),
    )
