"""A dry run as rows to keep and to show, and carrying out what was shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from khanhson_portal.ground.presses import made_before
from khanhson_portal.ground.words import short_date
from procedures.catalogue import ImportBatch, ImportFile, importing
from procedures.catalogue.importing import wording
from procedures.offices import Officer

LONGEST_VALUE = 400  # characters of an old or new value in the report
Upload = Any  # a file of a request: ``name`` and ``chunks()``


class Changed(Exception):
    """The catalogue changed since the dry run; the report was made anew and nothing written."""


@transaction.atomic
def receive(
    uploads: Iterable[Upload], *, by: Officer, valid_from: Any, nonce: UUID | None = None
) -> ImportBatch:
    """Keep the files and their dry run; the same press twice keeps them once.

    Raises importing.ImportFault; then nothing is kept.
    """
    made = made_before(ImportBatch.objects.all(), nonce)
    if made:
        return made
    batch = ImportBatch.objects.create(by=by, valid_from=valid_from, nonce=nonce)
    for upload in uploads:
        name = Path(upload.name).name[:200]
        ImportFile.objects.create(batch=batch, name=name, file=upload)
    _report(batch, plan_of(batch))
    return batch


def carry_out(pk: int) -> ImportBatch:
    """Write what the report shows. Raises Changed, or ImportFault, with nothing written."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=pk)
        if batch.applied_at:
            return batch
        plan = plan_of(batch)
        if digest_of(report_rows(plan)) == batch.digest:
            report = importing.apply(plan)
            batch.outcome = "\n".join(wording.outcome(report))
            batch.applied_at = now()
            batch.save(update_fields=["outcome", "applied_at"])
            return batch
        _report(batch, plan)
    raise Changed


def plan_of(batch: ImportBatch) -> importing.CataloguePlan:
    """Read the files of a batch under the names they had, and compare with the catalogue."""
    with TemporaryDirectory() as folder:
        paths = []
        for number, kept in enumerate(batch.files.all()):
            path = Path(folder) / str(number) / (kept.name or "tep")
            path.parent.mkdir()
            path.write_bytes(kept.file.read())
            kept.file.close()
            paths.append(path)
        return importing.plan(importing.read_files(paths), valid_from=batch.valid_from)


def report_rows(plan: importing.CataloguePlan) -> list[dict[str, Any]]:
    """Return one row per record: code, title, place, verdict, reasons, changes, doubts."""
    return [
        {
            "code": item.record.code,
            "title": item.record.title[:300],
            "place": item.record.place[:200],
            "verdict": str(item.verdict),
            "reasons": [*item.reasons, *_corrected(item)],
            "changes": [_change(change) for change in item.shown_changes],
            "doubts": [*item.record.doubts],
        }
        for item in plan.items
    ]


def digest_of(rows: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _report(batch: ImportBatch, plan: importing.CataloguePlan) -> None:
    batch.rows = report_rows(plan)
    batch.digest = digest_of(batch.rows)
    batch.summary = list(wording.summary(plan))
    batch.save(update_fields=["rows", "digest", "summary"])


def _corrected(item: importing.PlannedRecord) -> list[str]:
    if (version := item.corrects) is None:
        return []
    day = short_date(version.valid_from)
    return [f"khi duyệt là bản đính chính của phiên bản {version.number}, cũng từ ngày {day}"]


def _change(change: importing.Change) -> dict[str, str]:
    return {
        "label": change.label,
        "old": wording.cut(change.old_words, LONGEST_VALUE),
        "new": wording.cut(change.new_words, LONGEST_VALUE),
    }
