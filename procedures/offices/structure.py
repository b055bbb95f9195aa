"""Who stands above whom: the tree of agencies, read once; the committee whose portal this is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from procedures.offices.models.agencies import Agency, AgencyKind


class Structure:
    """All agencies of all times as one tree; one query."""

    def __init__(self) -> None:
        self.agencies = {row.pk: row for row in Agency.objects.all()}
        for row in self.agencies.values():
            if row.parent_id:
                row.parent = self.agencies[row.parent_id]  # so that going up asks nothing more
        self._children: dict[int | None, list[int]] = defaultdict(list)
        for pk, row in self.agencies.items():
            self._children[row.parent_id].append(pk)

    def below(self, agency_ids: Iterable[int]) -> set[int]:
        """Return the ids of ``agency_ids`` and of everything beneath them."""
        found, waiting = set(agency_ids), list(agency_ids)
        while waiting:
            fresh = [pk for pk in self._children[waiting.pop()] if pk not in found]
            found.update(fresh)
            waiting.extend(fresh)
        return found

    def seat(self, agency_id: int) -> int:
        """Return the committee on whose behalf an agency acts: its own, for a desk or an office.

        A committee and an outside body (police, taxes) stand for themselves.
        """
        row = self.agencies[agency_id]
        acts_for_another = row.kind in {AgencyKind.DESK, AgencyKind.OFFICE} and row.parent_id
        return row.parent_id if acts_for_another else agency_id  # type: ignore[return-value]

    def of_committee(self, committee_id: int) -> set[int]:
        """Return a committee with its desk and its offices, without the committees below it."""
        near = [pk for pk in self._children[committee_id] if self.seat(pk) == committee_id]
        return {committee_id, *near}

    def owner_desk(self, day: date) -> Agency | None:
        """Return the desk of the committee whose portal this is: the top one in force on ``day``.

        Among equals the first in the order the office gave them.
        """
        desks = [
            row for row in self.agencies.values() if row.kind == AgencyKind.DESK and row.covers(day)
        ]
        return min(desks, key=self._rank, default=None)

    def owner(self, day: date) -> int | None:
        """Return the id of the committee whose portal this is, None before it has a desk."""
        desk = self.owner_desk(day)
        return self.seat(desk.pk) if desk else None

    def _rank(self, row: Agency) -> tuple[int, int, str]:
        depth, above, met = 0, row.parent_id, {row.pk}
        while above in self.agencies and above not in met:
            met.add(above)
            depth, above = depth + 1, self.agencies[above].parent_id
        return depth, row.order, row.sort_key
