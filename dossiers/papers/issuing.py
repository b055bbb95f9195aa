"""Issuing a paper: its form, its number, its frozen data, checked by drawing it before it counts.

Called inside the transaction of the act that the paper proves: both are written, or neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from dossiers import journal
from dossiers.models import Counter, Dossier, Event, Form, FormKind, FormSet, Paper
from dossiers.papers import drawing, freezing, markup
from dossiers.papers.facts import Facts
from khanhson_portal.ground.moments import local_day
from procedures.offices import Agency, Officer, Post


@dataclass(frozen=True)
class Signing:
    """Who issues a paper, under which post, and when."""

    by: Officer
    post: Post | None
    at: datetime


class PaperFailed(Exception):
    """A paper that cannot be issued; the act it belongs to is refused as a whole."""


def form_set_for(desk: Agency, day: date) -> FormSet:
    """Return the set of forms in force at a desk: its own or its committee's pin, else by day.

    Raises PaperFailed when no set is in force.
    """
    pinned = FormSet.objects.filter(pinned_by__in=[desk, desk.issuer]).first()
    chosen = pinned or FormSet.objects.in_force(day).order_by("-valid_from").first()
    if chosen is None:
        raise PaperFailed(f"Không có bộ mẫu giấy tờ nào có hiệu lực ngày {day:%d/%m/%Y}.")
    return chosen


def form_for(form_set_id: int, kind: str, day: date) -> Form:
    """Return the published form of ``kind`` on ``day``; a set without one borrows an older set's.

    Raises PaperFailed when no set has it.
    """
    forms = Form.objects.published().in_force(day).filter(kind=kind)
    own = forms.filter(form_set=form_set_id).order_by("-valid_from").first()
    return own or _borrowed(forms, form_set_id, kind)


def _borrowed(forms: QuerySet[Form], form_set_id: int, kind: str) -> Form:
    form_set = FormSet.objects.get(pk=form_set_id)
    older = forms.filter(form_set__valid_from__lte=form_set.valid_from)
    form = older.order_by("-form_set__valid_from").first()
    if form is None:
        raise PaperFailed(f"Bộ mẫu “{form_set}” chưa có mẫu “{FormKind(kind).label}”.")
    return form


def issue(kind: FormKind, dossier: Dossier, event: Event, facts: Facts) -> Paper:
    """Issue the paper of one event. Raises PaperFailed with a sentence, writing nothing."""
    assert event.by is not None
    signing = Signing(event.by, event.post, event.at)
    data = {**freezing.event_fields(event), **freezing.told_fields(facts)}
    replaces = _supersede(dossier, signing) if kind == FormKind.RECEIPT else None
    return _issue(kind, dossier, signing, data, event=event, replaces=replaces)


def _supersede(dossier: Dossier, signing: Signing) -> Paper | None:
    """Void the receipt a citizen holds because a new one takes its place; None for the first."""
    old = Paper.objects.valid().filter(dossier=dossier, kind=FormKind.RECEIPT).last()
    if old is None:
        return None
    old.voided_at, old.voided_by = signing.at, signing.by
    old.void_reason = "Đã cấp giấy tiếp nhận mới thay thế"
    old.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return old.replaces or old


def issue_on_demand(kind: FormKind, dossier: Dossier, signing: Signing) -> Paper:
    """Issue a paper that proves no act of its own: a control sheet, a list of one's dossiers."""
    with transaction.atomic():
        return _issue(kind, dossier, signing, freezing.moment_fields(signing.at))


def reissue(old: Paper, signing: Signing) -> Paper:
    """Issue a voided paper anew from today's rows; what its act said stays as it was."""
    assert old.dossier is not None
    root = old.replaces or old
    said = {key: value for key, value in old.data.items() if key in {*freezing.FROM_ACTS, "luc"}}
    said |= {key: old.data[key] for key in ("khoan_thu",) if key in old.data}
    return _issue(FormKind(old.kind), old.dossier, signing, said, replaces=root)


def issue_list(kind: FormKind, desk: Agency, signing: Signing, data: dict[str, Any]) -> Paper:
    """Issue a list of one day that belongs to no single dossier: hand-over, post, results."""
    day = local_day(signing.at)
    form = form_for(form_set_for(desk, day).pk, kind, day)
    frozen = {
        **freezing.FROM_ACTS,
        **freezing.letterhead(desk, day),
        **freezing.signer(signing.by, signing.post),
        **freezing.moment_fields(signing.at),
        **data,
    }
    with transaction.atomic():
        return _keep(form, kind, desk, signing, frozen)


def _issue(
    kind: FormKind,
    dossier: Dossier,
    signing: Signing,
    said: dict[str, Any],
    *,
    event: Event | None = None,
    replaces: Paper | None = None,
) -> Paper:
    day = local_day(signing.at)
    form = form_for(dossier.form_set_id, kind, day)
    agency = _issuing_agency(kind, dossier, signing.post)
    number = _number(form, dossier, agency, day)
    if kind == FormKind.FEE_RECEIPT and "khoan_thu" not in said:
        said = {**_collected(dossier), **said}
    data = {
        **freezing.FROM_ACTS,
        **freezing.letterhead(agency, day),
        **freezing.signer(signing.by, signing.post),
        **freezing.dossier_fields(dossier),
        **freezing.asked_fields(dossier, markup.asked_in(form.body) - set(said)),
        **freezing.signing_images(kind, signing.by, agency, day),
        **said,
        "so": number,
    }
    data["hen_cu"] = data["hen_cu"] or data["hen_tra_luc"]
    data["hen_lai"] = data["hen_lai"] or data["hen_lai_luc"]
    data["dien_thoai_lien_he"] = data["nguoi_lap_dien_thoai"] or data["don_vi_dien_thoai"]
    return _keep(form, kind, agency, signing, data, dossier=dossier, event=event, replaces=replaces)


def _keep(
    form: Form,
    kind: FormKind,
    agency: Agency,
    signing: Signing,
    data: dict[str, Any],
    *,
    dossier: Dossier | None = None,
    event: Event | None = None,
    replaces: Paper | None = None,
) -> Paper:
    paper = Paper(
        dossier=dossier,
        event=event,
        kind=kind,
        form=form,
        agency=agency,
        number=data.get("so", ""),
        number_year=local_day(signing.at).year,
        issued_at=signing.at,
        issued_by=signing.by,
        data=data,
        data_sha256=journal.sha256(journal.canonical(data)),
        replaces=replaces,
    )
    try:
        drawing.html(paper, with_codes=False)
    except Exception as error:
        raise PaperFailed(
            f"Không lập được “{form.title}” nên việc này chưa được ghi nhận. "
            f"Mẫu giấy hoặc dữ liệu có lỗi: {error}"
        ) from error
    paper.save(force_insert=True)
    return paper


def _issuing_agency(kind: FormKind, dossier: Dossier, post: Post | None) -> Agency:
    """Return whose letterhead and number: the desk's, or the signing agency's on a letter."""
    if kind in freezing.SIGNED_OUTSIDE_THE_DESK and post and post.agency_id != dossier.desk_id:
        return Agency.objects.select_related("parent").get(pk=post.agency_id)
    return dossier.desk


def _number(form: Form, dossier: Dossier, agency: Agency, day: date) -> str:
    """Return a paper's number: the register's line on a receipt, else the next of its series."""
    if not form.number_suffix:
        return ""
    if form.kind == FormKind.RECEIPT and dossier.book_serial:
        return f"{dossier.book_serial:02}/{form.number_suffix}"
    return next_number(form, agency, day)


def next_number(form: Form, agency: Agency, day: date) -> str:
    """Return the next number of a series, per agency and year: "07/HDHS".

    Guidance and supplement slips share their series, as one suffix is one series.
    """
    serial = Counter.objects.next(f"paper:{form.number_suffix}:{agency.pk}:{day.year}")
    return f"{serial:02}/{form.number_suffix}"


def _collected(dossier: Dossier) -> dict[str, Any]:
    """Return what was paid; refuse where nothing was."""
    paid = [fee for fee in dossier.collected_fees.all() if fee.amount]
    if not paid:
        raise PaperFailed("Hồ sơ này chưa thu khoản nào nên không lập biên lai.")
    lines = [{"name": fee.name, "kind": fee.kind, "amount": fee.amount} for fee in paid]
    return {
        **freezing.money_fields(lines),
        "so_bien_lai": next((fee.receipt_number for fee in paid if fee.receipt_number), ""),
    }
