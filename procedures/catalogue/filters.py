"""The filters of the catalogue: ``?q=&linh-vuc=&cap=&muc-do=&co-quan=``, unknown ones ignored."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from khanhson_portal.ground.pages import address_of, asked
from procedures.catalogue import Competence, Field, OnlineLevel, ProcedureVersion
from procedures.catalogue.models.versions import ProcedureVersionQuerySet
from procedures.catalogue.search.finding import Found, find
from procedures.catalogue.search.words import LONGEST_QUERY
from procedures.offices import Agency, AgencyKind, Level


class CatalogueFilter:
    """What the visitor chose, and the choices that the form offers."""

    def __init__(self, request: HttpRequest, day: date) -> None:
        self.day = day
        self.q = asked(request, "q", LONGEST_QUERY)
        self.field_slug = asked(request, "linh-vuc")
        self.level = asked(request, "cap")
        self.online = asked(request, "muc-do")
        self.agency_slug = asked(request, "co-quan")
        self.address = address_of(request)

    def versions(self) -> ProcedureVersionQuerySet:
        found = ProcedureVersion.objects.approved().in_force(self.day).for_listing()
        if self.field:
            found = found.filter(field=self.field)
        if self.level in Level.values:
            found = found.filter(levels__contains=[self.level])
        if self.online in dict(OnlineLevel.VALUES):
            levels = OnlineLevel.objects.filter(value=self.online)
            found = found.filter(online_levels__in=levels).distinct()
        if self.agency:
            found = found.filter(procedure__in=self._competent(self.agency))
        return found.order_by("sort_key")

    @cached_property
    def found(self) -> Found | None:
        """Return what the search found among the versions chosen; None without a search."""
        return find(self.versions(), self.q) if self.q else None

    def rows(self) -> list[ProcedureVersion]:
        """Return every version chosen, searched ones with the best first."""
        return self.found.hits[:] if self.found else list(self.versions())

    def _competent(self, agency: Agency) -> QuerySet[Competence, Any]:
        rows = Competence.objects.in_force(self.day)
        mine = rows.filter(solver=agency) | rows.filter(desk__parent=agency)
        return mine.values("procedure")

    @cached_property
    def fields(self) -> list[Field]:
        return list(Field.objects.with_counts(self.day).order_by("sort_key"))

    @cached_property
    def field(self) -> Field | None:
        return next((field for field in self.fields if field.slug == self.field_slug), None)

    @cached_property
    def agencies(self) -> list[Agency]:
        rows = Agency.objects.in_force(self.day).exclude(kind=AgencyKind.DESK)
        return list(rows.filter(solved_procedures__isnull=False).distinct())

    @cached_property
    def agency(self) -> Agency | None:
        return next((agency for agency in self.agencies if agency.slug == self.agency_slug), None)

    @property
    def levels(self) -> list[tuple[str, str]]:
        return list(Level.choices)

    @property
    def online_levels(self) -> list[tuple[str, str]]:
        return OnlineLevel.VALUES

    @property
    def narrowed(self) -> bool:
        return bool(self.q) or self.filtered

    @property
    def filtered(self) -> bool:
        return any([self.field, self.level, self.online, self.agency])
