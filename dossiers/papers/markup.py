"""The plain text in which a form is written, one paragraph a line, for administrators to mend.

Tiếp nhận hồ sơ của: {chu_ho_so}            a line; an empty field prints a dotted leader
? Người nộp: {nguoi_nop}                     left out when one of its fields is empty
… công chức {ten}[[, số {dien_thoai}]]       likewise for a part of a line
Số điện thoại: {dien_thoai} || Email: {thu}  two columns
= Phần in giữa trang                         centred;  ! in bold;  ~ in small italics
> Một đoạn thư                               justified, with its first line indented
[bảng: giay_to]                              one of the known tables;  ? before it: not when empty
[danh sách: giay_to_thieu]                   a numbered list;  nothing when it is empty
[chữ ký: NGƯỜI NỘP HỒ SƠ | mã QR | NGƯỜI TIẾP NHẬN HỒ SƠ = {nguoi_tiep_nhan}]
    "Nơi nhận: Như trên; Lưu: VT" as a part of it is the list of recipients
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FIELD = re.compile(r"\{([a-z0-9_]+)\}")
OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
COMMAND = re.compile(r"^(?:\? ?)?\[([^:\]]+)(?::\s*(.*))?\]$")
LEADER = "……………"


class Command(StrEnum):
    """The words in square brackets, as administrators write them."""

    TABLE = "bảng"
    LIST = "danh sách"
    SIGNATURES = "chữ ký"


class BlockKind(StrEnum):
    """What is drawn; the template of papers asks by these values."""

    LINE = "line"
    COLUMNS = "columns"
    TABLE = "table"
    ITEMS = "items"
    SIGNATURES = "signatures"


QR = "mã QR"  # in a row of signatures: the code of the tracking page
RECIPIENTS = "Nơi nhận:"  # in a row of signatures: the list of who gets the letter
SIGNER = "{chuc_vu_ky}"  # the heading of whoever signs as the portal knows them
ROWS = {Command.TABLE, Command.LIST}

HELP = (
    "Mỗi dòng là một đoạn. {ten_truong} là chỗ phần mềm điền. Dòng bắt đầu bằng ? được bỏ khi "
    "trường trống, phần trong [[ ]] cũng vậy; > là đoạn thư; = ở giữa; ! đậm; ~ chữ nhỏ; || chia "
    "hai cột. [bảng: giay_to], [danh sách: giay_to_thieu], [chữ ký: NGƯỜI NỘP HỒ SƠ = {nguoi_den} "
    "| mã QR | {chuc_vu_ky} = {nguoi_ky}]."
)


class MarkupError(Exception):
    """A line that cannot be read; ``str()`` is Vietnamese and names the line."""


@dataclass(frozen=True)
class Signature:
    """One signature block: who signs, under which words, and the printed name if known."""

    heading: str
    name: str = ""
    hint: str = "(Ký và ghi rõ họ tên)"
    qr: bool = False
    recipients: tuple[str, ...] = ()
    image: bool = False  # the signer of the portal: a scanned signature may stand here


@dataclass(frozen=True)
class Block:
    """One paragraph, table, row of signatures or code, ready to draw.

    ``runs`` are (text, is_value) pairs, so that what the office filled in can be told from what the
    law printed.
    """

    kind: BlockKind
    style: str = ""
    runs: list[tuple[str, bool]] = field(default_factory=list)
    columns: list[list[tuple[str, bool]]] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    table: str = ""
    items: list[str] = field(default_factory=list)


STYLES = {"=": "centred", "!": "bold", "~": "small", ">": "para"}


def fields_in(body: str) -> set[str]:
    """Return the names of all fields that a body asks for."""
    return set(FIELD.findall(body))


def asked_in(body: str) -> set[str]:
    """Return the names of all fields and tables that a body asks for."""
    commands = filter(None, (COMMAND.match(line.strip()) for line in body.splitlines()))
    return fields_in(body) | {c.group(2) for c in commands if c.group(1) in ROWS}


def parse(body: str, values: Mapping[str, Any]) -> list[Block]:
    """Return the blocks of ``body`` with its fields filled from ``values``.

    Raises MarkupError for a field that ``values`` does not have and for an unknown command.
    """
    blocks = []
    for number, line in enumerate(body.splitlines(), 1):
        line = line.strip()
        if not line:
            continue
        try:
            block = _block(line, values)
        except KeyError as missing:
            raise MarkupError(f"Dòng {number}: không có trường {missing.args[0]!r}.") from None
        except MarkupError as error:
            raise MarkupError(f"Dòng {number}: {error}") from None
        if block:
            blocks.append(block)
    return blocks


def _block(line: str, values: Mapping[str, Any]) -> Block | None:
    line = OPTIONAL.sub(lambda part: part[1] if _all_known(part[1], values) else "", line)
    command = COMMAND.match(line)
    if command:
        name, argument = command.group(1).strip(), command.group(2) or ""
        if line.startswith("?") and not values[argument]:
            return None
        return _command(name, argument, values)
    if line.startswith("?"):
        line = line[1:].strip()
        if not _all_known(line, values):
            return None
    style = ""
    if line[0] in STYLES:
        style, line = STYLES[line[0]], line[1:].strip()
    if "||" in line:
        columns = [_runs(part.strip(), values) for part in line.split("||")]
        return Block(BlockKind.COLUMNS, style, columns=columns)
    return Block(BlockKind.LINE, style, runs=_runs(line, values))


def _all_known(text: str, values: Mapping[str, Any]) -> bool:
    return all(values[name] not in ("", None) for name in FIELD.findall(text))


def _command(name: str, argument: str, values: Mapping[str, Any]) -> Block | None:
    match name:
        case Command.LIST:
            items = [str(item) for item in values[argument] or []]
            return Block(BlockKind.ITEMS, items=items) if items else None
        case Command.TABLE:
            values[argument]  # noqa: B018 - a missing table is a missing field
            return Block(BlockKind.TABLE, table=argument)
        case Command.SIGNATURES:
            signatures = [_signature(part.strip(), values) for part in argument.split("|")]
            return Block(BlockKind.SIGNATURES, signatures=signatures)
    raise MarkupError(f"không hiểu lệnh [{name}].")


def _signature(text: str, values: Mapping[str, Any]) -> Signature:
    if text == QR:
        return Signature("", qr=True)
    if text.startswith(RECIPIENTS):
        runs = _runs(text.removeprefix(RECIPIENTS), values)
        listed = "".join(part for part, _ in runs).split(";")
        return Signature("", recipients=tuple(part.strip() for part in listed))
    heading, _, name = text.partition("=")
    filled = "".join(part for part, _ in _runs(heading.strip(), values, leader=""))
    person = "".join(part for part, _ in _runs(name.strip(), values, leader=""))
    official = SIGNER in heading
    hint = "" if "{" in heading else Signature.hint
    return Signature(filled, person, hint, image=official)


def _runs(text: str, values: Mapping[str, Any], leader: str = LEADER) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    position = 0
    for match in FIELD.finditer(text):
        if text[position : match.start()]:
            runs.append((text[position : match.start()], False))
        value = values[match.group(1)]
        runs.append((str(value) if value not in ("", None) else leader, True))
        position = match.end()
    if text[position:]:
        runs.append((text[position:], False))
    return runs
