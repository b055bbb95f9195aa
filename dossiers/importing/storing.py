"""Writing a plan into the books: all of its new dossiers in one transaction, or none."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dossiers.acts import ActRefused, Hand
from dossiers.acts.carrying import carry_in
from dossiers.importing import planning
from dossiers.importing.planning import ImportPlan, Verdict
from dossiers.importing.sheets import read
from dossiers.models import DossierImport, ImportedDossier
from khanhson_portal.ground.locks import advisory_lock
from khanhson_portal.ground.presses import made_before
from khanhson_portal.ground.text import one_line
from procedures.catalogue.importing.faults import ImportFault
from procedures.offices import Agency, Officer

FORGOTTEN_AFTER = timedelta(days=1)  # an uploaded file that nobody confirmed


@transaction.atomic
def keep_file(
    data: bytes,
    name: str,
    *,
    source: str,
    desk: Agency | None,
    by: Officer,
    now: datetime,
    nonce: UUID | None = None,
) -> DossierImport:
    """Keep an uploaded file until it is confirmed, or forgotten; the same press keeps it once."""
    return made_before(DossierImport.objects.all(), nonce) or DossierImport.objects.create(
        source=one_line(source)[:120],
        desk=desk,
        file_name=one_line(name)[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        content=data,
        uploaded_by=by,
        uploaded_at=now,
        nonce=nonce,
    )


def forget_files(now: datetime) -> int:
    """Drop uploaded files that nobody confirmed in time: they hold names and addresses."""
    old = DossierImport.objects.filter(applied_at=None, uploaded_at__lt=now - FORGOTTEN_AFTER)
    return old.delete()[0]


def plan_of(batch: DossierImport, now: datetime) -> ImportPlan:
    """Return what a kept file would do now. Raises ImportFault."""
    rows = read(bytes(batch.content), batch.file_name)
    return planning.plan(rows, source=batch.source, desk=batch.desk, now=now)


@transaction.atomic
def confirm(batch_id: int, *, by: Officer, now: datetime) -> int:
    """Write a kept file; return how many dossiers it brought. Confirmed twice, it is written once.

    Raises ImportFault, having written nothing.
    """
    batch = DossierImport.objects.select_for_update(of=("self",)).get(pk=batch_id)
    return batch.count if batch.applied_at else apply(plan_of(batch, now), batch, by=by, now=now)


def apply(plan: ImportPlan, batch: DossierImport, *, by: Officer, now: datetime) -> int:
    """Write the new rows of ``plan``; return how many dossiers entered the books.

    Raises ImportFault, having written nothing: for a row to mend, a row somebody else wrote in
    the meantime, a right that is missing.
    """
    if plan.of(Verdict.REFUSED):
        raise ImportFault("Còn dòng không nhận được; sửa hết rồi mới ghi, không ghi một phần.")
    with transaction.atomic(), advisory_lock("import_dossiers") as held:
        if not held:
            raise ImportFault("Đang có một tệp khác được ghi; hãy chờ xong rồi làm lại.")
        _check_still_new(plan)
        hand, new = Hand(by=by, now=now), plan.of(Verdict.NEW)
        for item in new:
            assert item.arriving is not None
            assert item.calendar is not None
            try:
                dossier = carry_in(item.arriving, hand, item.calendar)
            except ActRefused as refusal:
                raise ImportFault(f"Dòng {item.row}: {refusal} Chưa ghi dòng nào.") from refusal
            ImportedDossier.objects.create(
                dossier=dossier,
                batch=batch,
                source=plan.source,
                old_code=item.old_code,
                row=item.row,
            )
        batch.applied_at, batch.count, batch.content = now, len(new), b""
        batch.save()
    return len(new)


def _check_still_new(plan: ImportPlan) -> None:
    codes = [item.old_code for item in plan.of(Verdict.NEW)]
    written = ImportedDossier.objects.filter(source=plan.source, old_code__in=codes)
    if written.exists():
        raise ImportFault("Tệp này vừa được người khác ghi một phần; hãy chạy thử lại.")
