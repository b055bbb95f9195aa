"""Approve what an import brought: one version at a time is in force, and what ends, ends.

The version approved before is closed the day before the new one begins; a version for an earlier
time ends the day before the next approved one begins. Two approved versions cannot begin on one
day: the later stays a draft, and the report says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from procedures.importing.planning import Item, same_day
from procedures.models import Approval, Officer, ProcedureVersion

Held = list[tuple[Item, str]]

ONE_DAY = timedelta(days=1)


def approve(items: Iterable[Item], *, by: Officer, at: datetime) -> tuple[int, Held]:
    """Approve the drafts that stand for ``items``; at most five queries.

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
    fresh = list(ProcedureVersion.objects.drafts().filter(pk__in=waiting))
    standing = _approved_of({version.procedure_id for version in fresh})
    passed: list[ProcedureVersion] = []
    moved: set[ProcedureVersion] = set()
    for version in sorted(fresh, key=lambda v: (v.valid_from, v.number)):
        others = standing[version.procedure_id]
        if any(other.valid_from == version.valid_from for other in others):
            held.append((waiting[version.pk], same_day(version.valid_from)))
            continue
        moved |= _make_room(version, others)
        others.append(version)
        passed.append(version)
    ProcedureVersion.objects.bulk_update({*moved, *passed}, ["valid_to"], batch_size=500)
    ProcedureVersion.objects.filter(pk__in=[version.pk for version in passed]).update(
        approval=Approval.APPROVED, approved_by=by, approved_at=at
    )
    return len(passed), held


def _approved_of(procedures: set[int]) -> dict[int, list[ProcedureVersion]]:
    standing: dict[int, list[ProcedureVersion]] = defaultdict(list)
    for version in ProcedureVersion.objects.approved().filter(procedure__in=procedures):
        standing[version.procedure_id].append(version)
    return standing


def _make_room(version: ProcedureVersion, others: list[ProcedureVersion]) -> set[ProcedureVersion]:
    """Fit a version between the approved ones; return those whose last day had to move."""
    day = version.valid_from
    later = [other.valid_from for other in others if other.valid_from > day]
    ends = [min(later) - ONE_DAY] if later else []
    version.valid_to = min([*ends, *filter(None, [version.valid_to])], default=None)
    moved = {other for other in others if other.valid_from < day and other.covers(day)}
    for other in moved:
        other.valid_to = day - ONE_DAY
    return moved
