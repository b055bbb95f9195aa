"""Quản trị: the catalogue, the agencies, the people and the calendar, each by its role."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from khanhson_portal.ground import spreadsheets
from procedures.catalogue import (
    CaseChannel,
    Competence,
    Fee,
    Field,
    InternalStep,
    LegalBasis,
    OnlineLevel,
    Procedure,
    ProcedureCase,
    ProcedureResult,
    ProcedureVersion,
    RequiredPaper,
    Synonym,
)
from procedures.catalogue.resources import CatalogueResource
from procedures.catalogue.search import version_words
from procedures.noticeboard import admin_facilities  # noqa: F401  registers more tables
from procedures.offices import Agency, AgencyCode, Hotline, Succession, admin_officers  # noqa: F401  registers the people
from procedures.offices.admin_reach import OfAgency, reach_in_admin
from procedures.offices.rights import Right
from procedures.worktime import AnnouncedYear, Holiday, WorkingTime, WorkSession
from procedures.worktime.forms import WeekFormSet, WorkingTimeForm, may_be_deleted


class CleansKeys:
    """Search and sort keys are computed by ``clean``; the admin's forms call it, lists do not."""

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        obj.clean()
        super().save_model(request, obj, form, change)  # type: ignore[misc]


class FixedOnceApproved:
    """What people and dossiers stand on is read only: a change is a new version."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed and (obj is None or not obj.is_fixed)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return allowed and (obj is None or not obj.is_fixed)


class CodeInline(admin.TabularInline):
    model = AgencyCode
    extra = 0


class HotlineInline(admin.TabularInline):
    model = Hotline
    extra = 0


@admin.register(Agency)
class AgencyAdmin(CleansKeys, admin.ModelAdmin):
    list_display = ["name", "short_name", "kind", "level", "parent", "valid_from", "valid_to"]
    list_filter = ["kind", "level"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name"]
    prepopulated_fields = {"slug": ["short_name"]}
    inlines = [CodeInline, HotlineInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        """All agencies for whom the catalogue or the structure is theirs, else one's own level."""
        rows = super().get_queryset(request)
        if reach_in_admin(request, Right.KEEP_STRUCTURE) or reach_in_admin(
            request, Right.KEEP_CATALOGUE
        ):
            return rows
        return rows.filter(pk__in=reach_in_admin(request, Right.KEEP_OFFICERS).agencies)


@admin.register(Succession)
class SuccessionAdmin(admin.ModelAdmin):
    list_display = ["old", "new", "on", "basis"]
    autocomplete_fields = ["old", "new"]


class SessionInline(admin.TabularInline):
    model = WorkSession
    formset = WeekFormSet
    extra = 0


@admin.register(WorkingTime)
class WorkingTimeAdmin(OfAgency):
    """The head of a desk sets the hours of that desk; everybody's hours are set at the top.

    What has begun ends, it is not deleted; deleting many at once would not ask: it is off.
    """

    right = Right.SET_WORKING_TIME
    actions = None
    form = WorkingTimeForm
    list_display = ["version", "agency", "valid_from", "valid_to", "cutoff", "asking_day_counts"]
    inlines = [SessionInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_be_deleted(obj, localdate()))


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    """To look at only: changes go through the page that first shows which dossiers they move."""

    actions = None
    list_display = ["day", "name", "kind", "agency", "basis"]
    list_filter = ["kind", "agency"]
    date_hierarchy = "day"

    def add_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("dossiers:calendar_add")

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return redirect("dossiers:calendar_change", object_id)

    def delete_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return redirect("dossiers:calendar_remove", object_id)


@admin.register(AnnouncedYear)
class AnnouncedYearAdmin(admin.ModelAdmin):
    list_display = ["year", "basis"]


@admin.register(Field)
class FieldAdmin(CleansKeys, admin.ModelAdmin):
    list_display = ["name", "prominent"]
    list_editable = ["prominent"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


class CompetenceInline(admin.TabularInline):
    model = Competence
    extra = 0
    autocomplete_fields = ["desk", "solver"]


@admin.register(Procedure)
class ProcedureAdmin(admin.ModelAdmin):
    list_display = ["code", "sensitive", "replaced_by"]
    list_filter = ["sensitive"]
    search_fields = ["code", "versions__title"]
    autocomplete_fields = ["replaced_by"]
    inlines = [CompetenceInline]


class CaseInline(admin.TabularInline):
    model = ProcedureCase
    extra = 0
    show_change_link = True


class ResultInline(admin.TabularInline):
    model = ProcedureResult
    extra = 0


class BasisInline(admin.TabularInline):
    model = LegalBasis
    extra = 0


class OnlineLevelInline(admin.TabularInline):
    model = OnlineLevel
    extra = 0


@admin.register(ProcedureVersion)
class ProcedureVersionAdmin(FixedOnceApproved, CleansKeys, ImportExportMixin, admin.ModelAdmin):
    """Approved versions are read only: a change is a new version. Imports make drafts."""

    resource_classes = [CatalogueResource]
    formats = spreadsheets.ADMIN_FORMATS
    export_form_class = ExportForm
    skip_admin_log = True  # pghistory keeps who, when, before and after

    list_display = ["title", "procedure", "number", "field", "approval", "valid_from", "valid_to"]
    list_filter = ["approval", "confidence", "field"]
    list_select_related = ["procedure", "field"]
    search_fields = ["title", "procedure__code"]
    autocomplete_fields = ["procedure", "field"]
    inlines = [CaseInline, ResultInline, BasisInline, OnlineLevelInline]

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        version_words.write_words([form.instance.pk])


class ChannelInline(admin.TabularInline):
    model = CaseChannel
    extra = 0


class FeeInline(admin.StackedInline):
    model = Fee
    extra = 0


class PaperInline(admin.StackedInline):
    model = RequiredPaper
    extra = 0


class StepInline(admin.TabularInline):
    model = InternalStep
    extra = 0


@admin.register(ProcedureCase)
class ProcedureCaseAdmin(FixedOnceApproved, admin.ModelAdmin):
    list_display = ["version", "name", "order"]
    search_fields = ["version__title", "name"]
    autocomplete_fields = ["version"]
    inlines = [ChannelInline, FeeInline, PaperInline, StepInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProcedureCase]:
        return super().get_queryset(request).select_related("version")


@admin.register(Synonym)
class SynonymAdmin(CleansKeys, admin.ModelAdmin):
    """Everyday words against the words of titles; every change is found by the next search."""

    list_display = ["phrase", "meaning", "procedure"]
    list_select_related = ["procedure"]
    search_fields = ["phrase", "meaning", "key"]
    autocomplete_fields = ["procedure"]
