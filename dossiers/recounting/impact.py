"""Which open dossiers a change of the calendar moves, from which day to which."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dossiers import due_dates
from dossiers.models import Dossier
from dossiers.recounting.edits import Edit, write
from khanhson_portal.ground.moments import ONE_DAY, first_moment, local_day
from procedures.worktime import Deadline
from procedures.worktime.lateness import is_late


@dataclass(frozen=True)
class Moved:
    """One dossier whose legal due date moves. ``printed`` is the day the citizen was told."""

    dossier: Dossier
    before: datetime
    after: datetime
    printed: datetime
    was_late: bool
    is_late: bool

    @property
    def becomes_late(self) -> bool:
        return self.is_late and not self.was_late

    @property
    def needs_apology(self) -> bool:
        """Whether the law now allows more than the citizen was told; one apology was not given."""
        return self.dossier.promised_at is None and local_day(self.after) > local_day(self.printed)


@dataclass(frozen=True)
class Impact:
    """``digest`` is the same only for the same change with the same effect."""

    edits: Sequence[Edit]
    moved: list[Moved]

    @property
    def late(self) -> list[Moved]:
        return [one for one in self.moved if one.becomes_late]

    @property
    def apologies(self) -> list[Moved]:
        return [one for one in self.moved if one.needs_apology]

    @property
    def digest(self) -> str:
        parts = [str(edit) for edit in self.edits]
        parts += [f"{m.dossier.pk}:{m.before}:{m.after}" for m in self.moved]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def impact(edits: Sequence[Edit], now: datetime) -> Impact:
    """Return what ``edits`` would move, the worst first; nothing is saved.

    The rows are written, counted with and rolled back, so that the preview is made by the very
    function that will count. Raises IntegrityError for rows that the table refuses.
    """
    dossiers = _concerned(edits)
    before = deadlines(dossiers)
    with transaction.atomic():
        write(edits)
        after = deadlines(dossiers)
        transaction.set_rollback(True)
    moved = [
        _moved(dossier, before[dossier.pk], after[dossier.pk], now)
        for dossier in dossiers
        if before[dossier.pk].due_at != after[dossier.pk].due_at
    ]
    _forget_keys(edits)
    return Impact(edits, sorted(moved, key=lambda m: (not m.becomes_late, m.after, m.dossier.pk)))


def _forget_keys(edits: Sequence[Edit]) -> None:
    """Let rows that were added and rolled back be added again."""
    for edit in edits:
        if edit.before is None and edit.after is not None:
            edit.after.pk, edit.after._state.adding = None, True


def _concerned(edits: Sequence[Edit]) -> list[Dossier]:
    """Return the open dossiers that count over a changed day. Index: dossier_running."""
    days = [day for edit in edits for day in edit.days]
    whose = {agency for edit in edits for agency in edit.agency_ids}
    if not days:
        return []
    found = Dossier.objects.running().filter(
        due_at__gte=first_moment(min(days)), received_at__lt=first_moment(max(days) + ONE_DAY)
    )
    if None not in whose:
        found = found.filter(desk__in=whose)
    related = found.select_related("desk", "case", "version", "owner", "kept_promise")
    return list(related.prefetch_related("case__channels").order_by("pk"))


def deadlines(dossiers: Sequence[Dossier]) -> dict[int, Deadline]:
    """Return the deadline of each by today's table; four queries per desk."""
    by_desk: dict[int, list[Dossier]] = defaultdict(list)
    for dossier in dossiers:
        by_desk[dossier.desk_id].append(dossier)
    found = {}
    for theirs in by_desk.values():
        calendar = due_dates.calendar_of(theirs[0].desk, min(d.received_at for d in theirs))
        for dossier in theirs:
            found[dossier.pk] = due_dates.deadline_of(dossier, calendar)
    return found


def _moved(dossier: Dossier, old: Deadline, new: Deadline, now: datetime) -> Moved:
    assert old.due_at is not None
    assert new.due_at is not None
    kept = getattr(dossier, "kept_promise", None)
    told = [moment for moment in (dossier.due_at, kept.day_at if kept else None) if moment]
    return Moved(
        dossier=dossier,
        before=old.due_at,
        after=new.due_at,
        printed=dossier.promised_at or min(told),
        was_late=_late(dossier, old, now),
        is_late=_late(dossier, new, now),
    )


def _late(dossier: Dossier, deadline: Deadline, now: datetime) -> bool:
    return is_late(now, deadline.due_at, exact=deadline.exact, standing=dossier.standing)
