"""Public: who receives people at each desk today, and what the room offers, with dated photos."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from khanhson_portal.ground import answers
from khanhson_portal.ground.pages import asked
from khanhson_portal.ground.voice import voice_path
from procedures.noticeboard import Picture
from procedures.noticeboard.reception import place
from procedures.offices import Agency
from procedures.worktime.opening_hours import OpeningHours


@require_GET
def officers(request: HttpRequest) -> HttpResponse:
    """One desk at a time (``?noi=``), the district's first."""
    today = localdate()
    desks = list(Agency.objects.in_force(today).desks().select_related("parent"))
    slug = asked(request, "noi", 60)
    desk = next((one for one in desks if one.slug == slug), desks[0] if desks else None)
    context = {
        "desks": desks,
        "desk": desk,
        "duties": place.on_duty(desk, today) if desk else [],
        "facilities": place.facilities(desk) if desk else [],
        "hours": OpeningHours([desk.pk]).words(desk.pk, today) if desk else "",
        "voice": voice_path(),
    }
    return render(request, "reception/officers.html", context)


@require_GET
def picture(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A portrait while its officer is on duty, a room's photo always; staff see all."""
    pictures = Picture.objects.all()
    if not request.user.is_authenticated:
        pictures = pictures.public(localdate())
    shown = get_object_or_404(pictures, pk=pk)
    try:
        opened = shown.content.open()
    except FileNotFoundError:
        raise Http404("picture lost") from None
    response = answers.stored(opened, f"anh-{pk}.jpg", "image/jpeg", fresh=300)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
