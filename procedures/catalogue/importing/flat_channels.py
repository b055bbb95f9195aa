"""The table "Cách thức thực hiện" of a detail page, whose cells were run into one text.

"Trực tuyến5 Ngày làm việcMiễn phíTrực tiếp…": a row begins at the name of a channel that runs
straight into a time. A number that runs into another number ("1200 VNĐ": 1 and 200, or 1200?)
cannot be told apart; it stays text.
"""

from __future__ import annotations

import re

from khanhson_portal.ground.text import one_line, tidy
from procedures.catalogue.importing.amounts import FREE, Price, leading_brackets, read_price
from procedures.catalogue.importing.channel_rows import CHANNELS, ReadRow
from procedures.catalogue.importing.faults import NotTold
from procedures.catalogue.importing.records import PrintedRow
from procedures.catalogue.importing.time_limits import (
    NO_INFORMATION,
    Limit,
    read_cell,
    run_together,
)

HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"

_NAMES = "|".join(CHANNELS)
_START = re.compile(rf"(?:{_NAMES})(?=[0-9]|{NO_INFORMATION}|Trong ngày)")
_ROW = re.compile(
    rf"(?P<channel>{_NAMES})"
    rf"(?P<time>{NO_INFORMATION}|Trong ngày"
    r"|[0-9]+(?: (?:Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng))?)"
    rf"(?P<fee>{FREE}|{NO_INFORMATION}"
    r"|[0-9][0-9.,]*\s?(?:VNĐ|VND|Việt Nam Đồng|đồng|USD|EUR))?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_MONEY_AFTER_NUMBER = re.compile(r"[0-9.,]*\s?(?:VNĐ|VND|Việt Nam Đồng|đồng|USD|EUR)")


def split_channels(text: str) -> list[tuple[ReadRow, PrintedRow]]:
    """Return the rows of the flattened table, none for an empty one.

    Raises NotTold for a text that does not look like this table.
    """
    text = tidy(text)
    if one_line(text) in {"", NO_INFORMATION, HEAD}:
        return []
    if not text.startswith(HEAD):
        raise NotTold("không thấy đầu bảng")
    body = text[len(HEAD) :]
    starts = [match.start() for match in _START.finditer(body)]
    if not starts or body[: starts[0]].strip():
        raise NotTold("không thấy hình thức nộp ở đầu dòng")
    ends = [*starts[1:], len(body)]
    return [_split_row(body[start:end]) for start, end in zip(starts, ends, strict=True)]


def _split_row(text: str) -> tuple[ReadRow, PrintedRow]:
    match = _ROW.fullmatch(text)
    assert match, text  # _START found its beginning
    time, fee, rest = match["time"], match["fee"] or "", match["rest"]
    if not fee and time.isdigit() and (stuck := _MONEY_AFTER_NUMBER.match(rest)):
        return _stuck_row(match["channel"], time + stuck[0], rest[stuck.end() :])
    inside, note = leading_brackets(rest.lstrip()) if rest.lstrip().startswith("(") else ("", rest)
    if inside and not note.strip(" )"):  # the source closes one bracket too many
        note = ""
    note = tidy(note)
    price = read_price(f"{fee}({inside})" if inside else fee, beside=note)
    return _both(match["channel"], time, fee, note, read_cell(time), price)


def _stuck_row(channel: str, stuck: str, rest: str) -> tuple[ReadRow, PrintedRow]:
    """A row whose time and amount run into each other: neither is known, the text is kept."""
    limit = run_together(stuck)
    inside, note = leading_brackets(rest) if rest.startswith("(") else ("", rest)
    price = Price(note=inside, source_text=stuck)
    return _both(channel, stuck, stuck, tidy(note), limit, price)


def _both(
    channel: str, time: str, fee: str, note: str, limit: Limit, price: Price
) -> tuple[ReadRow, PrintedRow]:
    number, _, unit = time.partition(" ") if time[0].isdigit() else ("", "", "")
    said = "\n".join(filter(None, [price.note, note]))
    printed = PrintedRow(channel, number, unit, fee, said)
    return ReadRow(CHANNELS[channel], limit, price, note), printed
