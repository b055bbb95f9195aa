"""Approve what an import brought: what is doubtful stays a draft, the rest goes to ``approval``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from procedures.catalogue import approval
from procedures.catalogue.importing.planning import PlannedRecord
from procedures.offices import Officer

Held = list[tuple[PlannedRecord, str]]


def approve_items(
    items: Iterable[PlannedRecord], *, by: Officer, at: datetime, correcting: bool
) -> tuple[approval.Approved, Held]:
    """Approve the drafts that stand for ``items``; see ``PlannedRecord.stays_draft_because``.

    Returns what was approved, and the items left as drafts, each with its reason.
    """
    held: Held = []
    waiting: dict[int, PlannedRecord] = {}
    for item in items:
        if item.target and item.target.is_draft and item.target.pk:
            if reason := item.stays_draft_because(correcting=correcting):
                held.append((item, reason))
            else:
                waiting[item.target.pk] = item
    corrections = {pk for pk, item in waiting.items() if item.corrects}
    result = approval.approve(waiting, by=by, at=at, doubted=True, corrections=corrections)
    held += [(waiting[version.pk], reason) for version, reason in result.held]
    return result, held
