"""Approve what an import brought: what is doubtful stays a draft, the rest goes to ``approval``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from procedures.catalogue import approval
from procedures.catalogue.importing.planning import Item
from procedures.offices import Officer

Held = list[tuple[Item, str]]


def approve(items: Iterable[Item], *, by: Officer, at: datetime) -> tuple[int, Held]:
    """Approve the drafts that stand for ``items``.

    Returns how many were approved, and the items left as drafts, each with its reason.
    """
    held: Held = []
    waiting: dict[int, Item] = {}
    for item in items:
        if item.target and item.target.is_draft and item.target.pk:
            if reason := item.stays_draft_because:
                held.append((item, reason))
            else:
                waiting[item.target.pk] = item
    result = approval.approve(waiting, by=by, at=at, doubted=True)
    held += [(waiting[version.pk], reason) for version, reason in result.held]
    return len(result.passed), held
