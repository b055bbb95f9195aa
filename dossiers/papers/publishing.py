"""Công bố mẫu giấy: a correction is a draft, looked at, soát lỗi, then in force from a day on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from dossiers.models import Form
from dossiers.models.papers import FormQuerySet
from dossiers.papers import lint

COPIED = [
    "form_set_id", "kind", "label", "for_field", "title", "subtitle", "number_suffix", "size",
    "copies", "body", "source",
]  # fmt: skip


class PublishRefused(Exception):
    """``faults`` are Vietnamese sentences, one a line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def draft_from(form: Form, day: date) -> Form:
    """Return a new draft with the words of ``form``, to be in force from ``day`` on."""
    draft = Form(**{name: getattr(form, name) for name in COPIED}, valid_from=day)
    draft.save()
    return draft


def publish(form_id: int, now: datetime, today: date) -> Form:
    """Put a draft in force from its day; the form before it ends the day before.

    Papers already issued keep the form they were made from. Raises PublishRefused.
    """
    with transaction.atomic():
        form = Form.objects.select_for_update().get(pk=form_id)
        found = _period_at_fault(form, today) or lint.faults(form)
        if found:
            raise PublishRefused(found)
        eve = form.valid_from - timedelta(days=1)
        before = _others(form).in_force(form.valid_from)
        before.update(valid_to=eve)
        form.published_at = now
        form.save(update_fields=["published_at"])
    return form


def _period_at_fault(form: Form, today: date) -> list[str]:
    if form.published_at:
        return ["Mẫu này đã công bố rồi."]
    if form.valid_from < today:
        return [f"Ngày có hiệu lực phải từ hôm nay ({today:%d/%m/%Y}) trở đi."]
    later = _others(form).filter(valid_from__gte=form.valid_from).first()
    if later:
        return [
            f"Đã có mẫu khác công bố có hiệu lực từ {later.valid_from:%d/%m/%Y}. "
            "Chọn ngày sau ngày ấy."
        ]
    return []


def _others(form: Form) -> FormQuerySet:
    rows = Form.objects.published().filter(form_set=form.form_set_id, kind=form.kind)
    return rows.exclude(pk=form.pk)
