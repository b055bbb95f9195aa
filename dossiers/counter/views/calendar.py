"""Lịch làm việc: the days off, worked and shut; a change is shown with its dossiers, then saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods
from django_q.tasks import async_task

from dossiers import recounting
from dossiers.counter.forms.calendar import DayForm
from dossiers.models import CalendarChange, Dossier, Event
from dossiers.recounting import Edit, Impact
from dossiers.recounting.saving import AT_ONCE
from khanhson_portal.ground.pages import asked_number, page_of
from procedures.offices import Role
from procedures.offices.access import officer_of, staff_only
from procedures.worktime import AnnouncedYear, Holiday

IN_CHARGE = [Role.CONTROLLER, Role.ADMINISTRATOR]
SHOWN = 200  # dossiers of a preview, the worst first; the figures count all of them


@require_GET
@staff_only(*IN_CHARGE)
def days(request: HttpRequest) -> HttpResponse:
    """One year of exceptional days (``?nam=``), and the last changes with what they moved."""
    year = asked_number(request, "nam") or localdate().year
    context = {
        "year": year,
        "rows": Holiday.objects.filter(day__year=year).select_related("agency").order_by("day"),
        "announced": AnnouncedYear.objects.filter(year=year).first(),
        "changes": CalendarChange.objects.select_related("by").defer("waiting")[:10],
        "owed": Dossier.objects.owed_an_apology().count(),
    }
    return render(request, "dossiers/calendar.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(*IN_CHARGE)
def add(request: HttpRequest) -> HttpResponse:
    form = DayForm(request.POST or None)
    return _edit(request, form, {"heading": "Thêm ngày nghỉ, ngày làm bù"})


@require_http_methods(["GET", "POST"])
@staff_only(*IN_CHARGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(pk)
    return _edit(
        request, DayForm(request.POST or None, row=row), {"heading": f"Sửa {row}", "row": row}
    )


@require_http_methods(["GET", "POST"])
@staff_only(*IN_CHARGE)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows at once what taking the day out moves; POST with its digest takes it out."""
    row = _row(pk)
    return _show(request, [Edit(row, None)], {"heading": f"Bỏ {row}", "row": row, "removing": True})


@require_GET
@staff_only(*IN_CHARGE)
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    """What one change did: every dossier it moved, and who is still owed an apology."""
    chosen = get_object_or_404(CalendarChange.objects.select_related("by"), pk=pk)
    events = Event.objects.filter(act="recount", data__change=pk).order_by("pk")
    related = events.select_related("dossier__version", "dossier__desk", "dossier__kept_promise")
    page = page_of(related, request.GET.get("trang"))
    return render(request, "dossiers/calendar_effect.html", {"change": chosen, "page": page})


@require_GET
@staff_only(*IN_CHARGE)
def owed(request: HttpRequest) -> HttpResponse:
    """Open dossiers held to an earlier printed day than the law, the nearest day first."""
    rows = Dossier.objects.owed_an_apology().select_related("version", "holder", "kept_promise")
    page = page_of(rows.order_by("kept_promise__day_at", "pk"), request.GET.get("trang"))
    return render(request, "dossiers/calendar_owed.html", {"page": page})


def _row(pk: int) -> Holiday:
    return get_object_or_404(Holiday.objects.select_related("agency"), pk=pk)


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
    return render(request, "dossiers/calendar_edit.html", context)


def _beyond(found: Impact) -> int:
    return max(0, len(found.moved) - SHOWN)


def _save(request: HttpRequest, edits: list[Edit], seen: str) -> HttpResponse:
    """Save the rows; a few dossiers are counted at once, many by the queue."""
    saved = recounting.confirm(edits, by=officer_of(request), now=now(), seen=seen)
    if saved.touched <= AT_ONCE:
        recounting.go_on(saved.pk, now())
        done = f"Đã lưu lịch, tính lại hạn của {saved.touched} hồ sơ."
    else:
        async_task("dossiers.jobs.recount_change", saved.pk)
        done = f"Đã lưu lịch. {saved.touched} hồ sơ đang được tính lại hạn trong ít phút."
    messages.success(request, done, "done")
    return redirect("dossiers:calendar_effect", saved.pk)
