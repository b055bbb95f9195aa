"""Danh sách của một ngày: what goes from one hand to another, issued as a paper of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dossiers.models import Delivery, Dossier, FormKind, Paper
from dossiers.papers import issuing, journeys, wording
from dossiers.papers.facts import ListFacts
from dossiers.papers.matter import Issuer
from procedures.offices import Agency

POST_OFFICE = "Doanh nghiệp bưu chính công ích"
FILE = ("dossier__version", "dossier__owner")  # what a row of a list is read from


class NothingToList(Exception):
    """``str()`` is a Vietnamese sentence for the officer."""


def issue(kind: FormKind, desk: Agency, other: Agency | None, day: date, issuer: Issuer) -> Paper:
    """Issue a hand-over sheet, a result hand-over sheet or a post list of one day.

    ``other`` receives dossiers or gives results; the post list has none. Raises NothingToList
    and issuing.PaperFailed.
    """
    listed = _listed(kind, desk, other, day)
    if not listed:
        raise NothingToList(f"Không có gì để bàn giao ngày {day:%d/%m/%Y}: danh sách trống.")
    giver, taker = _hands(kind, desk, other)
    facts = ListFacts(
        giver=giver,
        taker=taker,
        rows=tuple(ROWS[kind](dossier) for dossier in listed),
        is_demo=any(dossier.is_demo for dossier in listed),
    )
    return issuing.issue_list(kind, desk, issuer, facts)


def _listed(kind: FormKind, desk: Agency, other: Agency | None, day: date) -> list[Dossier]:
    if kind == FormKind.POST_LIST:
        waiting = Dossier.objects.awaiting_return().filter(desk=desk, delivery=Delivery.POST)
        return list(waiting.select_related("version", "owner").order_by("finished_at"))
    assert other is not None
    if kind == FormKind.HANDOVER_SHEET:
        legs = journeys.legs_given(desk, other, day)
    else:
        legs = journeys.legs_given(other, desk, day)
    found = [leg.dossier for leg in legs.select_related(*FILE).order_by("started_at", "pk")]
    if kind == FormKind.RESULT_HANDOVER:
        return [dossier for dossier in found if dossier.result]
    return found


def _hands(kind: FormKind, desk: Agency, other: Agency | None) -> tuple[str, str]:
    """Return who gives and who takes."""
    own = f"{desk.name}, {desk.issuer.name}"
    if other is None:
        return own, POST_OFFICE
    return (other.name, own) if kind == FormKind.RESULT_HANDOVER else (own, other.name)


def _file(dossier: Dossier) -> dict[str, str]:
    return {
        "code": dossier.name_on_paper,
        "title": dossier.title,
        "applicant": dossier.owner.name,
        "due": wording.short_day(dossier.promised_at or dossier.due_at),
        "note": "",
    }


def _result(dossier: Dossier) -> dict[str, str]:
    return {
        "ma": dossier.name_on_paper,
        "noi_dung": dossier.title,
        "ket_qua": wording.result(dossier),
        "ho_ten": dossier.owner.name,
        "dia_chi": dossier.owner.address,
        "phi": _mark(any(fee.amount for fee in dossier.collected_fees.all())),
        "buu_dien": _mark(dossier.delivery == Delivery.POST),
    }


def _parcel(dossier: Dossier) -> dict[str, str]:
    """Return a result that waits for the postman (QĐ 45/2016/QĐ-TTg)."""
    return {
        "ma": dossier.name_on_paper,
        "ket_qua": wording.result(dossier),
        "ho_ten": dossier.owner.name,
        "dia_chi": dossier.delivery_address or dossier.owner.address,
        "dien_thoai": dossier.owner.phone,
    }


ROWS: dict[FormKind, Callable[[Dossier], dict[str, str]]] = {
    FormKind.HANDOVER_SHEET: _file,
    FormKind.RESULT_HANDOVER: _result,
    FormKind.POST_LIST: _parcel,
}


def _mark(holds: bool) -> str:
    return "X" if holds else ""
