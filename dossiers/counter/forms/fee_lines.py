"""Phí, lệ phí on the intake form: what the catalogue knows, what was really collected, or why not.

Nothing counts as collected unless somebody ticked or typed it. Amounts are whole đồng. Where the
catalogue has no amount, none is proposed: the officer types what was taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossiers.models import CollectedFee
from khanhson_portal.ground.money import NotMoney, read
from khanhson_portal.ground.text import one_line
from khanhson_portal.ground.words import money
from procedures.catalogue import Fee, FeeKind, FeeState, ProcedureCase, summary

SPARE_LINES = 2
KINDS = [(FeeKind.FEE.value, "Phí"), (FeeKind.CHARGE.value, "Lệ phí")]


@dataclass
class FeeLine:
    """One line of money as shown and typed; ``fee`` None is a spare line."""

    key: str
    fee: Fee | None
    kind: str
    taken: bool
    amount: str
    exemption: str
    receipt: str
    error: str = ""

    @property
    def label(self) -> str:
        return FeeKind(self.kind).label if self.kind else FeeKind.UNSPECIFIED.label

    @property
    def asks_kind(self) -> bool:
        """Whether the officer says if it is phí or lệ phí: where the catalogue does not."""
        return self.fee is None or not self.fee.kind

    @property
    def tariff(self) -> str:
        return summary.fee_words(self.fee) if self.fee else ""

    @property
    def exemptions(self) -> str:
        return self.fee.exemptions if self.fee else ""

    @property
    def known(self) -> int | None:
        """Return the amount to collect where it is sure: a tariff per page is not."""
        if self.fee is None or self.fee.state != FeeState.KNOWN or self.fee.per:
            return None
        return self.fee.amount

    @property
    def is_free(self) -> bool:
        return self.fee is not None and self.fee.state == FeeState.FREE

    @property
    def used(self) -> bool:
        return self.taken or bool(self.amount or self.exemption)

    def check(self) -> None:
        """Put one sentence into ``error`` where the line cannot be recorded."""
        try:
            self._collected()
        except NotMoney as wrong:
            self.error = str(wrong)
        if not self.error and self.used and not self.kind:
            self.error = "Chọn phí hay lệ phí."
        if not self.error and self.receipt and not self.used:
            self.error = "Có số biên lai thì đánh dấu đã thu và nhập số tiền."

    def collected_fee(self) -> CollectedFee:
        """Return the unsaved row; only after ``check`` found nothing."""
        return CollectedFee(
            source=self.fee,
            kind=self.kind,
            name=self.label,
            amount=self._collected(),
            exemption=self.exemption[:200],
            receipt_number=self.receipt[:40],
        )

    def _collected(self) -> int:
        """Return what was taken, 0 for a waived line. Raises NotMoney with what is missing."""
        typed = read(self.amount)
        if typed is None and self.exemption:
            if self.taken:
                raise NotMoney("Giảm thì nhập số tiền đã thu; miễn hết thì bỏ dấu đã thu.")
            return 0
        amount = self.known if typed is None else typed
        if self.taken and amount is None:
            raise NotMoney("Danh mục chưa có số tiền chắc chắn: nhập số tiền đã thu.")
        if self.used and not amount and not self.exemption:
            raise NotMoney("Không thu thì ghi lý do miễn; có thu thì nhập số tiền.")
        if self.known and amount is not None and amount < self.known and not self.exemption:
            raise NotMoney(f"Thu ít hơn mức {money(self.known)} thì ghi lý do giảm.")
        return amount or 0


def fee_lines(case: ProcedureCase, channel: str, data: Mapping[str, str] | None) -> list[FeeLine]:
    """Return the catalogue's lines for a channel, as typed in ``data``, and spare ones.

    A case with nothing to collect gets no spare lines: there is nothing to type.
    """
    fees = [fee for fee in case.fees.all() if fee.channel in ("", channel)]
    lines = [_line(f"phi_{fee.pk}", fee, data or {}) for fee in fees]
    if lines and all(line.is_free for line in lines):
        return lines
    spares = 1 if lines else SPARE_LINES
    lines += [_line(f"phi_them_{number}", None, data or {}) for number in range(spares)]
    return lines


def collected_fees(lines: list[FeeLine]) -> list[CollectedFee]:
    return [line.collected_fee() for line in lines if line.used]


def _line(key: str, fee: Fee | None, data: Mapping[str, str]) -> FeeLine:
    kind = fee.kind if fee and fee.kind else data.get(f"{key}_loai", "")
    return FeeLine(
        key=key,
        fee=fee,
        kind=kind if kind in FeeKind.values else "",
        taken=key in data,
        amount=data.get(f"{key}_tien", "").strip(),
        exemption=one_line(data.get(f"{key}_mien", "")),
        receipt=one_line(data.get(f"{key}_bien_lai", "")),
    )
