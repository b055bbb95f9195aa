"""Where and when: the desks that receive a procedure, with hours and the number to call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from procedures.models import Agency, Competence, Procedure
from procedures.opening_hours import OpeningHours


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
    """The places of one procedure on one day; two queries, each when first asked."""

    def __init__(self, procedure: Procedure, day: date) -> None:
        self._procedure, self._day = procedure, day

    @cached_property
    def all(self) -> list[Place]:
        return [self._place(row) for row in self._rows]

    @cached_property
    def opening(self) -> OpeningHours:
        return OpeningHours(row.desk_id for row in self._rows)

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
