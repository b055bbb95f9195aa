"""Biên lai: what was really collected for a dossier."""

from __future__ import annotations

from dossiers.models import Dossier
from dossiers.papers.facts import FeeFacts, FeeLine
from procedures.catalogue import FeeKind


def collected(dossier: Dossier) -> FeeFacts:
    """Return the lines paid; none where everything was waived or nothing was due."""
    paid = [fee for fee in dossier.collected_fees.all() if fee.amount]
    return FeeFacts(
        lines=tuple(FeeLine(fee.name, FeeKind(fee.kind), fee.amount) for fee in paid),
        receipt_number=next((fee.receipt_number for fee in paid if fee.receipt_number), ""),
    )
