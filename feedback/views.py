"""Where people are heard. The hotline of every desk, posted as QĐ 14/2015/QĐ-UBND asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from procedures.offices import Agency, Hotline


@require_GET
def hotlines(request: HttpRequest) -> HttpResponse:
    """Every desk with its numbers; a desk without one shows "chưa cập nhật", never an invention."""
    today = localdate()
    numbers: dict[int, list[Hotline]] = {}
    for row in Hotline.objects.in_force(today).for_listing():
        numbers.setdefault(row.agency_id, []).append(row)
    desks = Agency.objects.in_force(today).desks().select_related("parent")
    listed = [
        (desk, numbers.get(desk.pk, []) + numbers.get(desk.parent_id or 0, [])) for desk in desks
    ]
    return render(request, "feedback/hotlines.html", {"listed": listed})
