"""What the pages of Django's admin have in common: a row of an agency is for whom it reaches."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.timezone import localdate

from procedures.offices import Agency
from procedures.offices.access import officer_of
from procedures.offices.reach import Reach, reach
from procedures.offices.rights import Right


def reach_in_admin(request: HttpRequest, right: Right) -> Reach:
    """Return where ``right`` counts for whoever opened the admin: everywhere for a superuser."""
    officer = officer_of(request)
    if officer.is_superuser:
        return Reach(set(officer.structure.agencies), whole=True)
    return reach(officer, right, localdate())


class OfAgency(admin.ModelAdmin):
    """Rows that belong to an agency: only those are listed, opened and made that ``right`` reaches.

    A row of no agency holds for everybody, so it is for the right over the whole district.
    """

    right: ClassVar[Right]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows, mine = super().get_queryset(request), reach_in_admin(request, self.right)
        return rows if mine.whole else rows.filter(agency__in=mine.agencies)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        mine = reach_in_admin(request, self.right)
        if db_field.name == "agency" and not mine.whole:
            kwargs |= {
                "queryset": Agency.objects.filter(pk__in=mine.agencies),
                "required": True,
                "empty_label": None,
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
