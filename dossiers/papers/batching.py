"""In hàng loạt: a day's receipts, the control sheets of a hand-over, a volume of the register.

The queue draws the sheets in two parts, one per worker, so both cores are used; whoever finishes
last binds them. Every step may run twice: a sheet already drawn is left alone.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django_q.tasks import async_task

from dossiers.models import Batch, BatchKind, BatchState, Dossier, FormKind, Paper
from dossiers.papers import issuing, journeys, keeping, register
from dossiers.papers.matter import Issuer
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.presses import made_before
from procedures.offices import Agency, Officer

PARTS = 2
LOOK_UP_EVERY = 5  # sheets between two looks at whether somebody pressed "Dừng"


class BatchRefused(Exception):
    """``str()`` is a Vietnamese sentence for the officer."""


class Cancelled(Exception):
    """Somebody pressed "Dừng"."""


def order(
    kind: BatchKind,
    agency: Agency,
    by: Officer,
    now: datetime,
    *,
    day: date | None = None,
    to: Agency | None = None,
    year: int | None = None,
    volume: int | None = None,
    nonce: UUID | None = None,
) -> Batch:
    """Order a batch and queue it; the same press twice orders it once.

    Raises BatchRefused when there is nothing to print.
    """
    batch = Batch(
        kind=kind, agency=agency, day=day, to=to, year=year, volume=volume,
        ordered_by=by, ordered_at=now, nonce=nonce,
    )  # fmt: skip
    batch.total = count(batch)
    if not batch.total:
        raise BatchRefused(f"Không có gì để in: {batch.subject} không có hồ sơ nào.")
    with transaction.atomic():
        made = made_before(Batch.objects.all(), nonce)
        if made:
            return made
        batch.save()
        transaction.on_commit(partial(async_task, "dossiers.jobs.draw_batch", batch.pk))
    return batch


def count(batch: Batch) -> int:
    """Return how many sheets, or rows of a register, a batch will have."""
    if batch.kind == BatchKind.REGISTER:
        return register.book(batch).count()
    return len(_sheets(batch)) if batch.kind == BatchKind.RECEIPTS else len(_handed(batch))


def progress(batch: Batch) -> int:
    """Return how much of ``total`` is drawn."""
    if batch.kind == BatchKind.REGISTER or batch.state == BatchState.DONE:
        return batch.done
    return batch.papers.exclude(pdf_sha256="").count()


def cancel(batch_id: int, now: datetime) -> bool:
    """Stop a batch that is not finished; True when it was still running."""
    running = Batch.objects.filter(pk=batch_id, state__in=[BatchState.WAITING, BatchState.DRAWING])
    return bool(running.update(state=BatchState.CANCELLED, ended_at=now))


def draw(batch_id: int) -> str:
    """Begin a batch: a register is drawn at once, sheets are given to the queue in parts."""
    open_batch = Batch.objects.filter(
        pk=batch_id, state__in=[BatchState.WAITING, BatchState.DRAWING]
    )
    if not open_batch.update(state=BatchState.DRAWING):
        return "nothing to do"
    batch = Batch.objects.select_related("agency__parent", "to", "ordered_by").get(pk=batch_id)
    try:
        if batch.kind == BatchKind.REGISTER:
            content = register.draw(batch, partial(_report, batch_id))
            _finish(batch, content, batch.total)
            return f"register of {batch.total} rows"
        papers = _sheets(batch) if batch.kind == BatchKind.RECEIPTS else _control_sheets(batch)
    except Cancelled:
        return "cancelled"
    except issuing.PaperFailed as failure:
        fail(batch_id, str(failure))
        return "failed"
    batch.papers.set(papers)
    for part in range(PARTS):
        async_task("dossiers.jobs.draw_batch_part", batch_id, part)
    return f"{len(papers)} sheets in {PARTS} parts"


def draw_part(batch_id: int, part: int) -> str:
    """Draw every ``PARTS``-th sheet; the last part to finish binds them all."""
    batch = Batch.objects.get(pk=batch_id)
    papers = list(batch.papers.order_by("issued_at", "pk").select_related("form"))
    try:
        for place, paper in enumerate(papers[part::PARTS]):
            if place % LOOK_UP_EVERY == 0:
                _stop_if_cancelled(batch_id)
            if not paper.pdf_sha256:
                keeping.original(paper)
    except Cancelled:
        return "cancelled"
    except keeping.PaperDamaged as damage:
        fail(batch_id, str(damage))
        return "failed"
    return bind(batch_id)


def bind(batch_id: int) -> str:
    """Bind the sheets into one file once all are drawn."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        if batch.state != BatchState.DRAWING or batch.papers.filter(pdf_sha256="").exists():
            return "not yet"
        papers = list(batch.papers.order_by("issued_at", "pk").select_related("form"))
        try:
            content = _bound([keeping.original(paper) for paper in papers])
        except keeping.PaperDamaged as damage:
            _end(batch, BatchState.FAILED, sentence=str(damage))
            return "failed"
        _finish(batch, content, len(papers))
    return f"{len(papers)} sheets bound"


def fail(batch_id: int, sentence: str) -> None:
    batch = Batch.objects.get(pk=batch_id)
    if batch.is_open:
        _end(batch, BatchState.FAILED, sentence=sentence)


def _bound(files: list[bytes]) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for content in files:
        writer.append(BytesIO(content))
    writer.compress_identical_objects()
    bound = BytesIO()
    writer.write(bound)
    return bound.getvalue()


def _sheets(batch: Batch) -> list[Paper]:
    """Return the receipts that a desk issued on the day, in order."""
    assert batch.day is not None
    papers = Paper.objects.valid().filter(
        agency=batch.agency, kind=FormKind.RECEIPT, issued_at__date=batch.day
    )
    return list(papers.order_by("issued_at", "pk"))


def _handed(batch: Batch) -> list[int]:
    assert batch.day is not None
    legs = journeys.legs_given(batch.agency, batch.to, batch.day)
    return list(legs.order_by("dossier").values_list("dossier", flat=True).distinct())


def _control_sheets(batch: Batch) -> list[Paper]:
    """Issue a control sheet for every dossier handed over; those of a first run are kept."""
    ids = _handed(batch)
    made = Paper.objects.valid().filter(
        dossier__in=ids, kind=FormKind.CONTROL_SHEET, issued_at=batch.ordered_at
    )
    papers = {paper.dossier_id: paper for paper in made}
    posts = batch.ordered_by.posts_on(local_day(batch.ordered_at))
    issuer = Issuer(batch.ordered_by, posts[0] if posts else None, batch.ordered_at)
    for place, dossier in enumerate(Dossier.objects.for_file().filter(pk__in=ids)):
        if place % LOOK_UP_EVERY == 0:
            _stop_if_cancelled(batch.pk)
        if dossier.pk not in papers:
            papers[dossier.pk] = issuing.issue_on_demand(FormKind.CONTROL_SHEET, dossier, issuer)
    return list(papers.values())


def _report(batch_id: int, done: int) -> None:
    _stop_if_cancelled(batch_id)
    Batch.objects.filter(pk=batch_id).update(done=done)


def _stop_if_cancelled(batch_id: int) -> None:
    if Batch.objects.filter(pk=batch_id, state=BatchState.CANCELLED).exists():
        raise Cancelled


def _finish(batch: Batch, content: bytes, done: int) -> None:
    _end(batch, BatchState.DONE, pdf_sha256=keeping.store(content), done=done)


def _end(batch: Batch, state: BatchState, **columns: object) -> None:
    from django.utils.timezone import now

    open_batch = Batch.objects.filter(pk=batch.pk, state=BatchState.DRAWING)
    open_batch.update(state=state, ended_at=now(), **columns)
