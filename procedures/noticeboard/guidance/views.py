"""Public: when and where somebody helps with filing online, and under which decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from procedures.noticeboard import GuidanceTeam
from procedures.offices import Agency


@require_GET
def timetable(request: HttpRequest) -> HttpResponse:
    """Every desk with its team's hours; a desk without a team says so."""
    today = localdate()
    teams = (
        GuidanceTeam.objects.in_force(today)
        .order_by("valid_from")
        .prefetch_related("slots", "members")
    )
    by_desk = {team.desk_id: team for team in teams}
    desks = Agency.objects.in_force(today).desks().select_related("parent")
    rows = [(desk, by_desk.get(desk.pk)) for desk in desks]
    context = {"rows": rows, "without": [desk.issuer.name for desk, team in rows if team is None]}
    return render(request, "guidance/timetable.html", context)
