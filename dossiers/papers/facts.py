"""What an act tells the paper that proves it: facts of the matter, with types.

Acts know nothing of how a form names its blanks; what a fact becomes on paper is said where that
blank is declared. Facts hold what was decided, never text made for printing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from procedures.catalogue import FeeKind


@dataclass(frozen=True)
class Facts:
    """The least an act tells: nothing beside the dossier itself, as for a receipt."""


@dataclass(frozen=True)
class AdviceFacts(Facts):
    """Hướng dẫn, không tiếp nhận, từ chối, dừng: why, and which papers to bring or mend.

    ``until`` is what the officer told in words, "" for no day.
    """

    reason: str
    papers: tuple[str, ...] = ()
    until: str = ""


@dataclass(frozen=True)
class SupplementFacts(Facts):
    """Yêu cầu bổ sung: ``request`` counts from 1; ``until`` None where no day is set."""

    reason: str
    papers: tuple[str, ...]
    request: int
    until: datetime | None = None


@dataclass(frozen=True)
class PaymentFacts(Facts):
    """Nghĩa vụ tài chính: what is to be paid for, and how much in đồng."""

    purpose: str
    amount: int


@dataclass(frozen=True)
class WithdrawalFacts(Facts):
    """Rút hồ sơ: the citizen's own request, and where it is kept."""

    request: str


@dataclass(frozen=True)
class ApologyFacts(Facts):
    """Xin lỗi: why it is late, the date once promised and the one new date."""

    reason: str
    due_at: datetime
    promised_on: date


@dataclass(frozen=True)
class ReturnFacts(Facts):
    """Trả kết quả: into whose hands, how they were known, and which document it was."""

    taker: str
    phone: str
    identity_seen: str
    on_behalf: str
    postal_number: str
    outcome: str
    number: str
    summary: str
    signer: str


@dataclass(frozen=True)
class FeeLine:
    """One collected line; ``kind`` tells phí from lệ phí, ``amount`` is đồng."""

    name: str
    kind: FeeKind
    amount: int


@dataclass(frozen=True)
class FeeFacts(Facts):
    """Biên lai: what was paid, line by line, under which number of receipt."""

    lines: tuple[FeeLine, ...]
    receipt_number: str = ""

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    def total_of(self, kind: FeeKind) -> int:
        return sum(line.amount for line in self.lines if line.kind == kind)


@dataclass(frozen=True)
class ListFacts(Facts):
    """Danh sách bàn giao: from whom to whom, and its rows as the kind of list prints them."""

    giver: str
    taker: str
    rows: tuple[dict[str, str], ...]
    is_demo: bool = False
