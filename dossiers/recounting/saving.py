"""Saving a change of the calendar, and counting the dossiers it moves again.

The rows, the record of the change and the list of dossiers are one transaction. The dossiers
follow in batches, each batch leaving the list in the transaction that wrote its events: a killed
job goes on where it stopped, and counting twice is counting once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from dossiers.acts.recounting import recount
from dossiers.models import CalendarChange, Dossier
from dossiers.recounting.edits import Edit, write
from dossiers.recounting.impact import Impact, deadlines, impact
from khanhson_portal.ground.presses import made_before
from procedures.offices import Officer

AT_ONCE = 50  # dossiers counted while the officer waits; more go to the queue
BATCH = 50
RACING = timedelta(minutes=2)  # acceptances that were under way while the change was saved


class ImpactMoved(Exception):
    """What was shown before is no longer what would happen; ``impact`` is what would now."""

    def __init__(self, now_found: Impact) -> None:
        super().__init__("Từ lúc xem trước đến giờ danh sách đã khác; hãy xem lại rồi lưu.")
        self.impact = now_found


@transaction.atomic
def confirm(
    edits: Sequence[Edit],
    *,
    by: Officer | None,
    now: datetime,
    seen: str = "",
    nonce: UUID | None = None,
) -> CalendarChange:
    """Save the rows and note which dossiers to count again; counting them is ``go_on``'s.

    ``seen`` is the digest of the impact that was shown, "" where nobody looked. Raises ImpactMoved
    when it has changed, having saved nothing. ``by`` None is the system. The same press twice
    saves once.
    """
    made = made_before(CalendarChange.objects.all(), nonce)
    if made:
        return made
    _one_change_at_a_time()
    found = impact(edits, now)
    if seen and seen != found.digest:
        raise ImpactMoved(found)
    write(edits)
    basis = next((edit.after.basis for edit in edits if edit.after), "")
    return CalendarChange.objects.create(
        lines=[str(edit) for edit in edits],
        basis=basis,
        by=by,
        at=now,
        waiting=[one.dossier.pk for one in found.moved],
        touched=len(found.moved),
        nonce=nonce,
    )


def go_on(change_id: int, now: datetime) -> int:
    """Count the dossiers of a change that still wait; return how many got a new due date."""
    counted = _batch(change_id, now, _racing(change_id))
    while CalendarChange.objects.unfinished().filter(pk=change_id).exists():
        counted += _batch(change_id, now)
    return counted


@transaction.atomic
def _batch(change_id: int, now: datetime, extra: Sequence[int] = ()) -> int:
    """Count one batch; a second worker waits here and then finds the list shorter."""
    change = CalendarChange.objects.select_for_update().get(pk=change_id)
    ids = change.waiting[:BATCH]
    locked = Dossier.objects.running().select_for_update(of=("self",)).order_by("pk")
    rows = locked.filter(pk__in=[*ids, *extra]).select_related("desk", "case")
    dossiers = list(rows.prefetch_related("case__channels"))
    due = deadlines(dossiers)
    counted = sum(recount(dossier, due[dossier.pk], change, now) for dossier in dossiers)
    change.waiting = change.waiting[BATCH:]
    change.done_at = None if change.waiting else change.done_at or now
    change.save()
    return counted


def _racing(change_id: int) -> list[int]:
    """Return dossiers taken in around the moment of the change: they may have the old calendar."""
    change = CalendarChange.objects.get(pk=change_id)
    near = Dossier.objects.running().filter(
        entered_at__gt=change.at - RACING, entered_at__lt=change.at + RACING
    )
    return list(near.values_list("pk", flat=True)[:1000])


def _one_change_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('calendar_change'))")
