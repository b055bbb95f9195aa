"""Hủy giấy: a paper with a mistake is voided with its reason, kept, and issued anew."""

from __future__ import annotations

from django.db import transaction

from dossiers.models import Paper
from dossiers.papers import issuing
from dossiers.papers.matter import Issuer

SHORTEST_REASON = 10


class VoidRefused(Exception):
    """``str()`` is a Vietnamese sentence for the officer."""


def void(paper_id: int, issuer: Issuer, *, reason: str, again: bool) -> Paper | None:
    """Void a paper; ``again`` issues it anew from today's rows and returns the new one.

    The voided paper stays readable and downloadable by staff, its number is never given to
    another matter. Raises VoidRefused, having changed nothing.
    """
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise VoidRefused(f"Ghi rõ lý do hủy, ít nhất {SHORTEST_REASON} chữ cái.")
    with transaction.atomic():
        paper = _locked(paper_id)
        if paper.voided_at:
            raise VoidRefused(f"{paper} đã được hủy trước đó.")
        if again and paper.dossier is None:
            raise VoidRefused("Danh sách này không lập lại được; hãy lập danh sách mới.")
        paper.voided_at, paper.voided_by = issuer.at, issuer.by
        paper.void_reason = reason[:300]
        paper.save(update_fields=["voided_at", "voided_by", "void_reason"])
        try:
            return issuing.reissue(paper, issuer) if again else None
        except issuing.PaperFailed as failure:
            raise VoidRefused(str(failure)) from failure


def _locked(paper_id: int) -> Paper:
    rows = Paper.objects.select_for_update(of=("self",)).select_related(
        "form", "replaces", "dossier__version__procedure", "dossier__version__field",
        "dossier__desk__parent", "dossier__holder", "dossier__owner", "dossier__submitter",
    )  # fmt: skip
    return rows.get(pk=paper_id)
