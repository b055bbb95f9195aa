"""Soạn thay đổi: begin a draft from what holds; nothing approved is touched."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Max, Model

from procedures.catalogue import Approval, Procedure, ProcedureCase, ProcedureVersion, reading
from procedures.catalogue.approval import NotAllowed
from procedures.catalogue.search import version_words as search_contents

M = TypeVar("M", bound=Model)

NOT_CARRIED = {
    "id", "number", "approval", "approved_by_id", "approved_at", "valid_to", "checked_on",
    "ministry_decision", "province_decision",
}  # fmt: skip


@transaction.atomic
def begin(procedure: Procedure, *, today: date) -> ProcedureVersion:
    """Return a new draft like the newest approved version; its decision is still to be typed.

    Raises NotAllowed while another draft waits, or when nothing was ever approved.
    """
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    if procedure.versions.drafts().exists():
        raise NotAllowed("Thủ tục này đang có một bản nháp chờ duyệt; hãy sửa bản nháp ấy.")
    base = procedure.versions.approved().newest_first(today).for_page().first()
    if base is None:
        raise NotAllowed("Thủ tục này chưa có phiên bản nào được duyệt để dựa vào.")
    reading.fill([base])
    last = procedure.versions.aggregate(last=Max("number"))["last"]
    draft = ProcedureVersion(number=last + 1, approval=Approval.DRAFT)
    _copy_onto(draft, base, NOT_CARRIED)
    draft.valid_from = max(today, base.valid_from)
    draft.save()
    for case in base.cases.all():
        copied = _copied(case, version=draft)
        for row in _rows_of(case):
            _copied(row, case=copied)
    for row in [*base.results.all(), *base.bases.all(), *base.online_levels.all()]:
        _copied(row, version=draft)
    search_contents.write_words([draft.pk])
    return draft


def _rows_of(case: ProcedureCase) -> list[Model]:
    return [*case.channels.all(), *case.fees.all(), *case.papers.all(), *case.steps.all()]


def _copied(row: M, **links: Model) -> M:
    copy = type(row)()
    _copy_onto(copy, row, {"id"})
    for name, owner in links.items():
        setattr(copy, name, owner)
    copy.save()
    return copy


def _copy_onto(copy: Model, row: Model, without: set[str]) -> None:
    for column in row._meta.concrete_fields:
        if column.attname not in without:
            setattr(copy, column.attname, getattr(row, column.attname))
