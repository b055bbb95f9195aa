"""Issuing a paper: its form, its number, its frozen data, checked by drawing it before it counts.

Called inside the transaction of the act that the paper proves: both are written, or neither.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from dossiers import journal
from dossiers.models import Counter, Dossier, Event, Form, FormKind, FormSet, Paper
from dossiers.papers import drawing, fees, freezing, markup
from dossiers.papers.facts import Facts, ListFacts
from dossiers.papers.kinds import KINDS
from dossiers.papers.matter import Issuer, Matter
from khanhson_portal.ground.presses import made_before
from procedures.offices import Agency, Post

NUMBERED_BY_THE_REGISTER = {FormKind.RECEIPT, FormKind.CERTIFICATION_RECEIPT}


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


def _form_about(dossier: Dossier, kind: FormKind, day: date) -> Form:
    """Return the form for this dossier: where its field has a receipt of its own, that one.

    It stays the receipt of its act; only what it lists differs. Raises PaperFailed.
    """
    if kind == FormKind.RECEIPT:
        own_set = FormSet.objects.filter(pk=dossier.form_set_id)
        own = (
            Form.objects.published()
            .in_force(day)
            .filter(
                for_field=dossier.version.field.name,
                form_set__valid_from__lte=own_set.values("valid_from"),
            )
        )
        if found := own.order_by("-form_set__valid_from", "-valid_from").first():
            return found
    return form_for(dossier.form_set_id, kind, day)


def issue(kind: FormKind, dossier: Dossier, event: Event, facts: Facts) -> Paper:
    """Issue the paper of one event. Raises PaperFailed with a sentence, writing nothing."""
    issuer = Issuer(event.by, event.post, event.at)
    replaces = _supersede(dossier, issuer) if kind == FormKind.RECEIPT else None
    paper = _issue(kind, dossier, issuer, facts, event=event, replaces=replaces)
    if kind == FormKind.RETURN_SLIP and dossier.form_set.with_evaluation:
        _issue(FormKind.EVALUATION, dossier, issuer, Facts())
    return paper


def _supersede(dossier: Dossier, issuer: Issuer) -> Paper | None:
    """Void the receipt a citizen holds because a new one takes its place; None for the first."""
    old = Paper.objects.valid().filter(dossier=dossier, kind=FormKind.RECEIPT).last()
    if old is None:
        return None
    old.voided_at, old.voided_by = issuer.at, issuer.by
    old.void_reason = "Đã cấp giấy tiếp nhận mới thay thế"
    old.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return old.replaces or old


def issue_on_demand(kind: FormKind, dossier: Dossier, issuer: Issuer) -> Paper:
    """Issue a paper that proves no act of its own: a control sheet, a list of one's dossiers.

    The same press twice issues it once. Raises PaperFailed, also for a fee receipt where nothing
    was paid.
    """
    facts = Facts()
    if kind == FormKind.FEE_RECEIPT:
        facts = paid = fees.collected(dossier)
        if not paid.lines:
            raise PaperFailed("Hồ sơ này chưa thu khoản nào nên không lập biên lai.")
    with transaction.atomic():
        made = made_before(Paper.objects.all(), issuer.nonce)
        return made or _issue(kind, dossier, issuer, facts)


def reissue(old: Paper, issuer: Issuer) -> Paper:
    """Issue a voided paper anew from today's rows; what its act said stays as it was."""
    assert old.dossier is not None
    root, said = old.replaces or old, freezing.told_before(old.data)
    return _issue(FormKind(old.kind), old.dossier, issuer, Facts(), said=said, replaces=root)


def issue_list(kind: FormKind, desk: Agency, issuer: Issuer, facts: ListFacts) -> Paper:
    """Issue a list of one day that belongs to no single dossier: hand-over, post, results.

    The same press twice issues it once.
    """
    form = form_for(form_set_for(desk, issuer.day).pk, kind, issuer.day)
    matter = Matter(kind, desk, issuer.at, issuer.by, issuer.post, facts=facts)
    with transaction.atomic():
        made = made_before(Paper.objects.all(), issuer.nonce)
        return made or _keep(form, matter, freezing.freeze(matter, set()), nonce=issuer.nonce)


def _issue(
    kind: FormKind,
    dossier: Dossier,
    issuer: Issuer,
    facts: Facts,
    *,
    said: freezing.Frozen | None = None,
    event: Event | None = None,
    replaces: Paper | None = None,
) -> Paper:
    """Issue a paper about a dossier; ``said`` is repeated from the paper it replaces."""
    said = said or {}
    form = _form_about(dossier, kind, issuer.day)
    agency = _issuing_agency(kind, dossier, issuer.post)
    matter = Matter(
        kind=kind,
        agency=agency,
        at=issuer.at,
        by=issuer.by,
        post=issuer.post,
        dossier=dossier,
        facts=facts,
        number=_number(form, dossier, agency, issuer.day),
        note=event.note if event else "",
    )
    data = freezing.freeze(matter, markup.asked_in(form.body) - set(said)) | said
    return _keep(form, matter, data, nonce=issuer.nonce, event=event, replaces=replaces)


def _keep(
    form: Form,
    matter: Matter,
    data: freezing.Frozen,
    *,
    nonce: UUID | None,
    event: Event | None = None,
    replaces: Paper | None = None,
) -> Paper:
    """Write the paper once it was seen that form and data agree. Raises PaperFailed."""
    paper = Paper(
        dossier=matter.dossier,
        event=event,
        kind=matter.kind,
        form=form,
        agency=matter.agency,
        number=matter.number,
        number_year=matter.day.year,
        issued_at=matter.at,
        issued_by=matter.by,
        nonce=nonce,
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
    if KINDS[kind].letter and post and post.agency_id != dossier.desk_id:
        return Agency.objects.select_related("parent").get(pk=post.agency_id)
    return dossier.desk


def _number(form: Form, dossier: Dossier, agency: Agency, day: date) -> str:
    """Return a paper's number: the register's line on a receipt, else the next of its series."""
    if not form.number_suffix:
        return ""
    if form.kind in NUMBERED_BY_THE_REGISTER and dossier.book_serial:
        return f"{dossier.book_serial:02}/{form.number_suffix}"
    return next_number(form, agency, day)


def next_number(form: Form, agency: Agency, day: date) -> str:
    """Return the next number of a series, per agency and year: "07/HDHS".

    Guidance and supplement slips share their series, as one suffix is one series.
    """
    serial = Counter.objects.next(f"paper:{form.number_suffix}:{agency.pk}:{day.year}")
    return f"{serial:02}/{form.number_suffix}"
