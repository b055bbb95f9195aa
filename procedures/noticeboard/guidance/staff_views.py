"""Staff: the log of sessions, the team, and the weeks in which too few sessions were held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khanhson_portal.ground.pages import page_of
from procedures.noticeboard import GuidanceSession, GuidanceTeam
from procedures.noticeboard.guidance import weeks
from procedures.noticeboard.guidance.forms import MemberSet, SessionForm, SlotSet, TeamForm
from procedures.offices.access import (
    check_reaches,
    desk_reached,
    may,
    needs,
    officer_of,
    reach_of,
)
from procedures.offices.rights import Right

WEEKS_SHOWN = 8


@require_http_methods(["GET", "POST"])
@needs(Right.WRITE_GUIDANCE)
def log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, with the form for one more line above it."""
    officer, today = officer_of(request), localdate()
    desks = reach_of(request).desks(today)
    at_hand = list(desks)
    initial = {"day": today, "desk": next(iter(at_hand), None), "helpers": officer.full_name}
    form = SessionForm(request.POST or None, desks=desks, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        session = _keep_session(form, request)
        messages.success(request, f"Đã ghi buổi hướng dẫn ngày {session.day:%d/%m/%Y}.", "done")
        return redirect("guidance:log")
    rows = GuidanceSession.objects.for_listing().filter(desk__in=desks)
    context = {
        "form": form,
        "page": page_of(rows, request.GET.get("trang")),
        "this_week": weeks.weeks(at_hand, today, today, today),
        "may_manage": bool(may(request, Right.MANAGE_GUIDANCE)),
    }
    return render(request, "guidance/log.html", context)


@transaction.atomic
def _keep_session(form: SessionForm, request: HttpRequest) -> GuidanceSession:
    session: GuidanceSession = form.save(commit=False)
    session.by = officer_of(request)
    session.save()
    session.procedures.set(form.cleaned_data["codes"])
    return session


@require_POST
@needs(Right.WRITE_GUIDANCE)
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Gạch bỏ a line written by mistake: it stays readable and no longer counts."""
    session = get_object_or_404(GuidanceSession.objects.standing(), pk=pk)
    check_reaches(request, session.desk_id, "Buổi này của bộ phận một cửa khác.")
    session.struck_at = now()
    session.save(update_fields=["struck_at"])
    messages.success(request, "Đã gạch bỏ dòng ghi nhầm; dòng này không còn được đếm.", "done")
    return redirect("guidance:log")


@require_GET
@needs(Right.MANAGE_GUIDANCE)
def teams(request: HttpRequest) -> HttpResponse:
    """The desks one answers for, each with its teams."""
    desks = reach_of(request).desks(localdate()).prefetch_related("guidance_teams")
    return render(request, "guidance/teams.html", {"desks": desks, "today": localdate()})


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_GUIDANCE)
def add_team(request: HttpRequest, slug: str) -> HttpResponse:
    desk = desk_reached(request, slug)
    return _team_page(request, GuidanceTeam(desk=desk))


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_GUIDANCE)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    changed = get_object_or_404(GuidanceTeam.objects.select_related("desk__parent"), pk=pk)
    check_reaches(request, changed.desk_id, "Tổ này của bộ phận một cửa khác.")
    return _team_page(request, changed)


def _team_page(request: HttpRequest, changed: GuidanceTeam) -> HttpResponse:
    """The decision, the roster and the hours on one page; all are saved, or none."""
    data = request.POST or None
    form = TeamForm(data, instance=changed)
    members = MemberSet(data, instance=changed, prefix="nguoi")
    slots = SlotSet(data, instance=changed, prefix="gio")
    parts: list[Any] = [form, members, slots]
    valid = [part.is_valid() for part in parts]  # all of them, so that every error is shown
    if request.method == "POST" and all(valid):
        with transaction.atomic():
            for part in parts:
                part.save()
        messages.success(request, f"Đã lưu {form.instance}.", "done")
        return redirect("guidance:teams")
    context = {"form": form, "members": members, "slots": slots, "desk": changed.desk}
    return render(request, "guidance/team.html", context)


@require_GET
@needs(Right.WATCH_GUIDANCE)
def watch(request: HttpRequest) -> HttpResponse:
    """The last weeks of every desk one looks over; those with too few sessions first."""
    today = localdate()
    first = weeks.monday_of(today) - timedelta(weeks=WEEKS_SHOWN)
    desks = list(reach_of(request).desks(today))
    found = weeks.weeks(desks, first, today, today)
    mondays = sorted({week.monday for week in found}, reverse=True)
    table = {(week.desk.pk, week.monday): week for week in found}
    missed = [
        (desk, [week for week in found if week.desk == desk and week.short]) for desk in desks
    ]
    context = {
        "short": sorted((row for row in missed if row[1]), key=lambda row: -len(row[1])),
        "mondays": mondays,
        "rows": [(desk, [table[desk.pk, monday] for monday in mondays]) for desk in desks],
    }
    return render(request, "guidance/watch.html", context)
