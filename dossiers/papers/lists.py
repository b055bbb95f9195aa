"""Danh sách của một ngày: what goes from one hand to another, issued as a paper of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from dossiers.models import FormKind, Paper
from dossiers.papers import freezing, gathering, issuing
from procedures.offices import Agency

POST_OFFICE = "Doanh nghiệp bưu chính công ích"


class NothingToList(Exception):
    """``str()`` is a Vietnamese sentence for the officer."""


def issue(
    kind: FormKind, desk: Agency, other: Agency | None, day: date, signing: issuing.Signing
) -> Paper:
    """Issue a hand-over sheet, a result hand-over sheet or a post list of one day.

    ``other`` receives dossiers or gives results; the post list has none. Raises NothingToList
    and issuing.PaperFailed.
    """
    table, rows, giver, taker = _content(kind, desk, other, day)
    if not rows:
        raise NothingToList(f"Không có gì để bàn giao ngày {day:%d/%m/%Y}: danh sách trống.")
    samples = [row.pop("minh_hoa") for row in rows]
    data: dict[str, Any] = {
        table: rows,
        "ben_giao": giver,
        "ben_nhan": taker,
        "so_luong": f"{len(rows):02}",
        "minh_hoa": freezing.SAMPLE if any(samples) else "",
    }
    return issuing.issue_list(kind, desk, signing, data)


def _content(
    kind: FormKind, desk: Agency, other: Agency | None, day: date
) -> tuple[str, list[dict[str, Any]], str, str]:
    """Return the name of the table, its rows, and who gives and takes."""
    own = f"{desk.name}, {desk.issuer.name}"
    if kind == FormKind.POST_LIST:
        return "buu_pham", gathering.results_by_post(desk), own, POST_OFFICE
    assert other is not None
    if kind == FormKind.HANDOVER_SHEET:
        return "ho_so", gathering.handed_over(desk, other, day), own, other.name
    return "ket_qua", gathering.results_given(desk, other, day), other.name, own
