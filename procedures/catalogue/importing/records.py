"""What a source says of one procedure: plain values, read without a database.

A record holds in ``content`` only what its source speaks of, each under the name of an aspect
(see ``aspects``). Nothing in it is guessed: what could not be told apart stays text and leaves a
line in ``doubts``; what cannot be imported at all leaves a line in ``refusals``. Both are
Vietnamese sentences for the person who approves the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from procedures.worktime import TimeLimit, Unit


class Format(StrEnum):
    """The formats in which procedures reach us; where two of them speak, the first one decides."""

    LIST = "danh sách XLSX"
    TABLE = "bảng CSV"
    DETAIL = "trang chi tiết JSON"


@dataclass(frozen=True)
class Origin:
    """Where a record was read: shown in front of every sentence about it."""

    file: str
    row: int | None = None
    format: Format = Format.TABLE

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.row}" if self.row else self.file


@dataclass(frozen=True)
class ChannelRecord:
    """One way to file one case. ``number`` counts ``unit`` and is 0 for units that stand alone."""

    channel: str
    number: int = 0
    unit: Unit = Unit.UNKNOWN
    source_text: str = ""
    note: str = ""
    case: str = ""

    @property
    def limit(self) -> TimeLimit:
        return TimeLimit(self.number, self.unit)


@dataclass(frozen=True)
class FeeRecord:
    """One fee line; ``amount`` in whole đồng, only where ``state`` is known."""

    state: str
    amount: int | None = None
    per: str = ""
    note: str = ""
    source_text: str = ""
    channel: str = ""
    case: str = ""


@dataclass(frozen=True)
class PaperRecord:
    name: str
    group: str = ""
    form_name: str = ""
    originals: int = 0
    photocopies: int = 0
    presented_only: bool = False
    case: str = ""


@dataclass(frozen=True)
class ResultRecord:
    name: str
    code: str = ""


@dataclass(frozen=True)
class BasisRecord:
    title: str
    number: str = ""


@dataclass(frozen=True)
class PrintedRow:
    """One row of the table of channels as the source prints it, for counting its defects."""

    channel: str
    number: str
    unit: str
    fee: str
    note: str


Part = str | ChannelRecord | FeeRecord | PaperRecord | ResultRecord | BasisRecord
Value = str | tuple[Part, ...]


@dataclass(frozen=True)
class ProcedureRecord:
    """Everything one source, or several that agree, say of one procedure for one period.

    ``unsure`` names the aspects that were read with doubt: they never push aside what another
    source knows. ``valid_from`` is None where the source names no day. ``own_name`` tells that
    the source may stand for a procedure without national code.
    """

    code: str
    origins: tuple[Origin, ...]
    content: dict[str, Value]
    source: str
    source_url: str = ""
    valid_from: date | None = None
    own_name: bool = False
    unsure: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    rows: tuple[PrintedRow, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        return str(self.content.get("title", ""))

    @property
    def format(self) -> Format:
        return self.origins[0].format

    @property
    def place(self) -> str:
        return "; ".join(dict.fromkeys(map(str, self.origins)))
