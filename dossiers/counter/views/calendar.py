"""Lịch làm việc: the days off, worked and shut; a change is shown with its dossiers, then saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods
from django_q.tasks import async_task

from dossiers import recounting
from dossiers.counter.forms.calendar import DayForm
from dossiers.models import CalendarChange, Dossier, DossierQuerySet, Event
from dossiers.recounting import Edit, Impact
from dossiers.recounting.saving import AT_ONCE
from khanhson_portal.ground.pages import asked_number, page_of
from khanhson_portal.ground.presses import made_before, press_of
from procedures.offices.access import check_reaches, may, needs, officer_of, reach_of
from procedures.offices.reach import Reach
from procedures.offices.rights import Right
from procedures.worktime import AnnouncedYear, Holiday

SHOWN = 200  # dossiers of a preview, the worst first; the figures count all of them


@require_GET
@needs(Right.CHANGE_CALENDAR)
def days(request: HttpRequest) -> HttpResponse:
    """One year of exceptional days (``?nam=``), and the last changes with what they moved."""
    year = asked_number(request, "nam") or localdate().year
    context = {
        "year": year,
        "rows": _rows(reach_of(request)).filter(day__year=year).order_by("day"),
        "announced": AnnouncedYear.objects.filter(year=year).first(),
        "changes": CalendarChange.objects.select_related("by").defer("waiting")[:10],
        "owed": _owed(reach_of(request)).count(),
        "whole": reach_of(request).whole,
        "mine": reach_of(request).agencies,
    }
    return render(request, "dossiers/calendar.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.CHANGE_CALENDAR)
def add(request: HttpRequest) -> HttpResponse:
    made = _made_before(request)
    if made:
        return _saved(request, made)
    found = reach_of(request)
    form = DayForm(request.POST or None, own=None if found.whole else found.desks(localdate()))
    heading = "Thêm ngày nghỉ, ngày làm bù" if found.whole else "Thêm ngày tạm nghỉ của nơi mình"
    return _edit(request, form, {"heading": heading})


@require_http_methods(["GET", "POST"])
@needs(Right.CHANGE_CALENDAR)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    made = _made_before(request)
    if made:
        return _saved(request, made)
    row, found = _row(request, pk), reach_of(request)
    own = None if found.whole else found.desks(localdate())
    form = DayForm(request.POST or None, row=row, own=own)
    return _edit(request, form, {"heading": f"Sửa {row}", "row": row})


@require_http_methods(["GET", "POST"])
@needs(Right.CHANGE_CALENDAR)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows at once what taking the day out moves; POST with its digest takes it out."""
    made = _made_before(request)
    if made:
        return _saved(request, made)
    row = _row(request, pk)
    return _show(request, [Edit(row, None)], {"heading": f"Bỏ {row}", "row": row, "removing": True})


@require_GET
@needs(Right.CHANGE_CALENDAR)
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    """What one change did: every dossier it moved, and who is still owed an apology."""
    chosen = get_object_or_404(CalendarChange.objects.select_related("by"), pk=pk)
    events = Event.objects.filter(act="recount", data__change=pk).order_by("pk")
    found = reach_of(request)
    if not found.whole:
        events = events.filter(desk__in=found.agencies)
    related = events.select_related("dossier__version", "dossier__desk", "dossier__kept_promise")
    page = page_of(related, request.GET.get("trang"))
    return render(
        request,
        "dossiers/calendar_effect.html",
        {"change": chosen, "page": page, "opens": _opens(request)},
    )


@require_GET
@needs(Right.CHANGE_CALENDAR)
def owed(request: HttpRequest) -> HttpResponse:
    """Open dossiers held to an earlier printed day than the law, the nearest day first."""
    rows = _owed(reach_of(request)).select_related("version", "holder", "kept_promise")
    page = page_of(rows.order_by("kept_promise__day_at", "pk"), request.GET.get("trang"))
    return render(request, "dossiers/calendar_owed.html", {"page": page, "opens": _opens(request)})


def _row(request: HttpRequest, pk: int) -> Holiday:
    """Return a row that the officer may change: any, or a closure of their own desk."""
    row = get_object_or_404(Holiday.objects.select_related("agency"), pk=pk)
    if not reach_of(request).whole:
        check_reaches(request, row.agency_id, "Ngày này áp dụng cho nơi khác nữa, không sửa ở đây.")
    return row


def _rows(found: Reach) -> QuerySet[Holiday]:
    """Return the days that hold where the officer looks: everybody's, and closures of desks."""
    rows = Holiday.objects.select_related("agency")
    if found.whole:
        return rows
    return rows.filter(Q(agency=None) | Q(agency__in=found.agencies))


def _opens(request: HttpRequest) -> set[int]:
    """Return the agencies whose dossiers the officer may open: a calendar is kept by others too."""
    return may(request, Right.SEE_DOSSIERS).agencies


def _owed(found: Reach) -> DossierQuerySet:
    rows = Dossier.objects.owed_an_apology()
    return rows if found.whole else rows.filter(desk__in=found.agencies)


def _edit(request: HttpRequest, form: DayForm, context: dict[str, Any]) -> HttpResponse:
    """Ask, then show what the typed change moves; only a press with the digest saves."""
    context["form"] = form
    if not form.is_valid():
        return render(request, "dossiers/calendar_edit.html", context)
    return _show(request, form.edits(), context)


def _show(request: HttpRequest, edits: list[Edit], context: dict[str, Any]) -> HttpResponse:
    seen = request.POST.get("seen", "")[:64]
    try:
        if seen and "save" in request.POST:
            return _save(request, edits, seen)
        found = recounting.impact(edits, now())
    except recounting.ImpactMoved as moved:
        found, context["outdated"] = moved.impact, str(moved)
    context |= {"impact": found, "shown": found.moved[:SHOWN], "more": _beyond(found)}
    context["opens"] = _opens(request)
    return render(request, "dossiers/calendar_edit.html", context)


def _beyond(found: Impact) -> int:
    return max(0, len(found.moved) - SHOWN)


def _save(request: HttpRequest, edits: list[Edit], seen: str) -> HttpResponse:
    press = press_of(request)
    saved = recounting.confirm(edits, by=officer_of(request), now=now(), seen=seen, nonce=press)
    return _saved(request, saved)


def _made_before(request: HttpRequest) -> CalendarChange | None:
    """Return what this very press saved already: its day is in the calendar, or gone from it."""
    return made_before(CalendarChange.objects.all(), press_of(request))


def _saved(request: HttpRequest, saved: CalendarChange) -> HttpResponse:
    """Go on with what was saved: a few dossiers are counted at once, many by the queue."""
    if saved.touched <= AT_ONCE:
        recounting.go_on(saved.pk, now())
        done = f"Đã lưu lịch, tính lại hạn của {saved.touched} hồ sơ."
    else:
        async_task("dossiers.jobs.recount_change", saved.pk)
        done = f"Đã lưu lịch. {saved.touched} hồ sơ đang được tính lại hạn trong ít phút."
    messages.success(request, done, "done")
    return redirect("dossiers:calendar_effect", saved.pk)
