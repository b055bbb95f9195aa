"""Issuing a paper: its form, its number, its frozen data, checked by drawing it before it counts.

Called inside the transaction of the act that the paper proves: both are written, or neither.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from dossiers import journal
from dossiers.models import Counter, Dossier, Event, Form, FormKind, FormSet, Paper
from dossiers.papers import drawing, freezing, markup
from procedures.deadlines.calendar import LOCAL
from procedures.models import Agency


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


def issue(kind: FormKind, dossier: Dossier, event: Event, extra: dict[str, Any]) -> Paper:
    """Issue the paper of one event. Raises PaperFailed with a sentence, writing nothing."""
    day = event.at.astimezone(LOCAL).date()
    form = form_for(dossier.form_set_id, kind, day)
    number = next_number(form, dossier.desk, day) if form.number_suffix else ""
    assert event.by is not None
    data = {
        **freezing.letterhead(dossier.desk, day),
        **freezing.signer(event.by, event.post),
        **freezing.dossier_fields(dossier),
        **freezing.asked_fields(dossier, markup.asked_in(form.body)),
        **freezing.event_fields(event),
        "nguoi_tiep_nhan": str(event.by),
        "so": number,
        **extra,
    }
    paper = Paper(
        dossier=dossier,
        event=event,
        kind=kind,
        form=form,
        agency=dossier.desk,
        number=number,
        issued_at=event.at,
        issued_by=event.by,
        data=data,
        data_sha256=journal.sha256(journal.canonical(data)),
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


def next_number(form: Form, agency: Agency, day: date) -> str:
    """Return the next number of a series, per agency and year: "07/HDHS"."""
    serial = Counter.objects.next(f"paper:{form.kind}:{agency.pk}:{day.year}")
    return f"{serial:02}/{form.number_suffix}"
