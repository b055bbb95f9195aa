"""Long printouts: ordered once per content, drawn by the queue, kept under their hash.

The same list asked again is the same row and the same file; a worker that dies is followed by
another, and nobody draws a piece that is no longer wanted.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.timezone import now as clock

from khanhson_portal.ground import files
from procedures.noticeboard import Printout, PrintoutKind, PrintoutState
from procedures.noticeboard.models.printouts import LOST_AFTER
from procedures.noticeboard.printouts import leaflets, listing

SHELF = "printouts"
MOST_WAITING = 20  # beyond it the queue would be busy for half an hour
KEPT_FOR = timedelta(days=7)
DRAWERS: dict[str, Callable[[dict[str, Any], listing.Progress], bytes]] = {
    PrintoutKind.LIST: listing.draw_list,
    PrintoutKind.LEAFLETS: leaflets.draw_leaflets,
}
PIECES: dict[str, Callable[[dict[str, Any]], int]] = {
    PrintoutKind.LIST: listing.pieces,
    PrintoutKind.LEAFLETS: leaflets.pieces,
}


class QueueFull(Exception):
    """Too much waits to be printed; ``str()`` says so to whoever asked."""

    def __str__(self) -> str:
        return "Đang có nhiều bản in chờ đến lượt. Bà con thử lại sau ít phút."


class NotWanted(Exception):
    """The printout was cancelled while it was being drawn."""


@transaction.atomic
def order(kind: PrintoutKind, title: str, data: dict[str, Any], now: datetime) -> Printout:
    """Return the printout of this content, queued unless it is drawn or on its way already.

    Raises QueueFull.
    """
    key = files.sha256(json.dumps([kind, data], ensure_ascii=False, sort_keys=True).encode())
    found = Printout.objects.select_for_update().filter(key=key).first()
    if found and ((found.ready and file_of(found)) or _alive(found, now)):
        Printout.objects.filter(pk=found.pk).update(asked_at=now)
        return found
    if Printout.objects.unfinished().count() >= MOST_WAITING:
        raise QueueFull
    printout, _ = Printout.objects.update_or_create(
        key=key,
        defaults={
            "kind": kind,
            "title": title[:400],
            "data": data,
            "state": PrintoutState.WAITING,
            "total": PIECES[kind](data),
            "done": 0,
            "asked_at": now,
            "touched_at": now,
        },
    )
    transaction.on_commit(partial(_enqueue, printout.pk))
    return printout


def cancel_printout(key: str, now: datetime) -> bool:
    """Stop a printout that is not finished; False when there was nothing to stop."""
    rows = Printout.objects.unfinished().filter(key=key)
    return bool(rows.update(state=PrintoutState.CANCELLED, touched_at=now))


def draw_printout(printout_id: int, now: datetime) -> str:
    """Draw a printout that waits; one already drawn, cancelled or in other hands is left alone."""
    rows = Printout.objects.filter(pk=printout_id)
    if not rows.startable(now).update(state=PrintoutState.DRAWING, done=0, touched_at=now):
        return "nothing to draw"
    printout = rows.get()
    try:
        content = DRAWERS[printout.kind](printout.data, partial(_progress, printout_id))
    except NotWanted:
        return "cancelled"
    except Exception:
        drawing = rows.filter(state=PrintoutState.DRAWING)
        drawing.update(state=PrintoutState.FAILED, touched_at=clock())
        raise
    digest = files.keep(SHELF, content)
    ready = {"state": PrintoutState.READY, "done": printout.total, "sha256": digest}
    kept = rows.filter(state=PrintoutState.DRAWING).update(**ready, touched_at=clock())
    return f"{len(content)} bytes drawn" if kept else "cancelled"


def file_of(printout: Printout) -> bytes | None:
    """Return the PDF, None when it is not drawn or no longer on the disk as it was written."""
    if not printout.ready:
        return None
    try:
        return files.kept(SHELF, printout.sha256)
    except (files.FileLost, files.FileChanged):
        return None


def forget_old_printouts(now: datetime) -> int:
    """Delete printouts that nobody asked for lately, and files that no printout needs."""
    old = Printout.objects.asked_before(now - KEPT_FOR)
    hashes = set(old.exclude(sha256="").values_list("sha256", flat=True))
    count, _ = old.delete()
    needed = set(Printout.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for digest in hashes - needed:
        files.forget(SHELF, digest)
    return count


def _enqueue(printout_id: int) -> None:
    from django_q.tasks import async_task

    async_task("procedures.jobs.draw_printout", printout_id)


def _alive(printout: Printout, now: datetime) -> bool:
    """Whether a printout is under way; one untouched for long was lost with its queue."""
    return printout.under_way and printout.touched_at > now - LOST_AFTER


def _progress(printout_id: int, done: int) -> None:
    drawing = Printout.objects.filter(pk=printout_id, state=PrintoutState.DRAWING)
    if not drawing.update(done=done, touched_at=clock()):
        raise NotWanted
