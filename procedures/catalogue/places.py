"""Where and when: the desks that receive a procedure, with hours and the number to call."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from procedures.catalogue import Competence, Procedure
from procedures.offices import Agency
from procedures.worktime.opening_hours import OpeningHours


@dataclass(frozen=True)
class Place:
    """Empty text is a gap in the data: people read "chưa cập nhật"."""

    desk: Agency
    solver: Agency
    address: str
    phone: str
    hotline: str
    hours: str

    @property
    def name(self) -> str:
        return f"{self.desk.name} – {self.desk.issuer.name}"


class Places:
    """The places of one procedure on one day; two queries, each when first asked.

    ``rows`` and ``opening`` already read for many procedures spare both (see ``places_of``).
    """

    def __init__(
        self,
        procedure: Procedure,
        day: date,
        rows: list[Competence] | None = None,
        opening: OpeningHours | None = None,
    ) -> None:
        self._procedure, self._day = procedure, day
        self._given, self._hours = rows, opening

    @cached_property
    def all(self) -> list[Place]:
        return [self._place(row) for row in self._rows]

    @cached_property
    def opening(self) -> OpeningHours:
        return self._hours or OpeningHours(row.desk_id for row in self._rows)

    @property
    def same_hours(self) -> str:
        """Return the hours that all places share, "" when they differ or are not known."""
        found = {place.hours for place in self.all}
        return found.pop() if len(found) == 1 else ""

    def named(self, slug: str) -> Place | None:
        """Return the place whose desk has this name, else the first, None without places."""
        first = next(iter(self.all), None)
        return next((place for place in self.all if place.desk.slug == slug), first)

    @cached_property
    def _rows(self) -> list[Competence]:
        if self._given is not None:
            return self._given
        return list(self._procedure.competences.in_force(self._day).for_page(self._day))

    def _place(self, row: Competence) -> Place:
        desk = row.desk
        return Place(
            desk=desk,
            solver=row.solver,
            address=desk.address or desk.issuer.address,
            phone=desk.phone or desk.issuer.phone,
            hotline=row.hotline,  # type: ignore[attr-defined]
            hours=self.opening.words(desk.pk, self._day),
        )


def places_of(procedures: list[Procedure], day: date) -> dict[int, Places]:
    """Return the places of many procedures by their id; two queries whatever their number."""
    rows = defaultdict(list)
    for row in Competence.objects.in_force(day).for_page(day).filter(procedure__in=procedures):
        rows[row.procedure_id].append(row)
    opening = OpeningHours(row.desk_id for found in rows.values() for row in found)
    return {p.pk: Places(p, day, rows[p.pk], opening) for p in procedures}
