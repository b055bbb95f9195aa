"""The kiosk: one thing per screen, large, without a session; it forgets whoever walked away.

Nothing here links to the rest of the portal. ``key`` in the address says which screen it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers import lookup
from dossiers.models import Dossier
from dossiers.tracking import page
from dossiers.tracking.forms import TrackingForm
from khanhson_portal.ground.brake import TooFast, sender
from khanhson_portal.ground.pages import page_of
from khanhson_portal.ground.voice import qr_image, voice_url
from khanhson_portal.kiosk import counting, scanning
from khanhson_portal.kiosk.models import Screen
from khanhson_portal.kiosk.pictograms import pictogram
from procedures.catalogue import Field, ProcedureVersion, reading
from procedures.catalogue.filters import CatalogueFilter
from procedures.catalogue.summary import paper_lists, summarise

ROWS = 8  # what a finger scrolls through without losing the place


@dataclass(frozen=True)
class Kiosk:
    """What every page of the kiosk knows: its root address, its screen, when it forgets."""

    root: str
    screen: Screen | None
    idle_seconds: int


def kiosk_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the screen, hand the view its ``Kiosk``, and let no browser keep the page."""

    @wraps(view)
    def shown(request: HttpRequest, key: str = "", **kwargs: Any) -> HttpResponse:
        screen = Screen.objects.in_use().filter(key=key).first() if key else None
        if key and screen is None:
            response = _page(request, _kiosk(None), "lost", {"retired": True}, status=404)
        else:
            response = view(request, _kiosk(screen), **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return shown


def _kiosk(screen: Screen | None) -> Kiosk:
    root = screen.get_absolute_url() if screen else reverse("kiosk:start")
    return Kiosk(root, screen, settings.KIOSK_IDLE_SECONDS)


def _page(
    request: HttpRequest, kiosk: Kiosk, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, f"kiosk/{name}.html", {"kiosk": kiosk, **context}, status=status)


@require_GET
@kiosk_page
def start(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Three doors."""
    return _page(request, kiosk, "start", {"is_start": True})


@require_GET
@kiosk_page
def procedures(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Search with the keyboard on the screen, or point at a field."""
    chosen = CatalogueFilter(request, localdate())
    context: dict[str, Any] = {"chosen": chosen}
    if chosen.q or chosen.field:
        context["page"] = page_of(chosen.versions(), request.GET.get("trang"), ROWS)
        return _page(request, kiosk, "found", context)
    fields = Field.objects.for_front_page(localdate())
    context["fields"] = [(field, pictogram(field.name)) for field in fields]
    return _page(request, kiosk, "procedures", context)


@require_GET
@kiosk_page
def search(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """The keyboard's page: what was typed so far, and what it finds."""
    return _page(request, kiosk, "search", _found(request))


@require_GET
@kiosk_page
def suggestions(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """The list alone, while letters are being touched."""
    return _page(request, kiosk, "suggestions", _found(request))


def _found(request: HttpRequest) -> dict[str, Any]:
    chosen = CatalogueFilter(request, localdate())
    return {"chosen": chosen, "found": list(chosen.versions()[:ROWS]) if chosen.q else []}


@require_GET
@kiosk_page
def procedure(request: HttpRequest, kiosk: Kiosk, code: str) -> HttpResponse:
    """What to bring, how long, how much, where; and the same as a sheet to take home."""
    today = localdate()
    shown = ProcedureVersion.objects.approved().in_force(today).named(code).for_page().first()
    if shown is None:
        return _page(request, kiosk, "lost", {}, status=404)
    reading.fill([shown])
    counting.count(kiosk.screen, "procedures", now())
    context = {
        "version": shown,
        "summary": summarise(shown),
        "paper_lists": paper_lists(shown),
        "today": today,
        "places": list(shown.procedure.competences.in_force(today).for_listing()),
        "printed_at": localtime(),
    }
    return _page(request, kiosk, "procedure", context)


@csrf_exempt  # no session to protect; changes nothing but a count
@require_http_methods(["GET", "POST"])
@kiosk_page
def dossier(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Scan the receipt, or type its two codes. What is shown is what the tracking page shows."""
    if request.method == "GET":
        return _page(request, kiosk, "scan", {})
    if "quet" not in request.POST:
        return _by_codes(request, kiosk)
    scan = scanning.read(request.POST["quet"])
    if scan.code:
        return _page(request, kiosk, "codes", {"form": TrackingForm(initial={"ma": scan.code})})
    found = Dossier.objects.for_tracking(now()).filter(token=scan.token) if scan.token else None
    dossier = found.first() if found is not None else None
    if dossier is None:
        return _page(request, kiosk, "scan", {"missed": True})
    return _show(request, kiosk, dossier)


def _by_codes(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Code and secret, under the same brake against guessing as on the tracking page."""
    form = TrackingForm(request.POST)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        codes = form.cleaned_data["ma"], form.cleaned_data["ma_tra_cuu"]
        try:
            found = lookup.by_code_and_secret(*codes, sender(request), now())
        except TooFast as guessed:
            context["wait_until"] = localtime(guessed.told)
        else:
            if found:
                return _show(request, kiosk, found)
            context["missed"] = True
    return _page(request, kiosk, "codes", context)


def _show(request: HttpRequest, kiosk: Kiosk, dossier: Dossier) -> HttpResponse:
    counting.count(kiosk.screen, "scans", now())
    return _page(request, kiosk, "dossier", {"view": page.view(dossier), "dossier": dossier})


@require_GET
@kiosk_page
def voice(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Góp ý: by one's own phone, by calling, or to a person; never in front of the queue."""
    return _page(request, kiosk, "voice", {"qr": qr_image(voice_url())})


@csrf_exempt  # the screen has no session; its key is the proof
@require_POST
@kiosk_page
def beat(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Once a minute: the screen works. With ``viec``: someone started, or pressed print."""
    if kiosk.screen:
        counting.beat(kiosk.screen, now())
        column = {"bat-dau": "starts", "in": "prints"}.get(request.POST.get("viec", ""))
        if column:
            counting.count(kiosk.screen, column, now())
    return HttpResponse(status=204)


@kiosk_page
def lost(request: HttpRequest, kiosk: Kiosk, rest: str) -> HttpResponse:
    """Any other address below /kiosk/ leads back to the start, never to the ordinary pages."""
    return redirect(kiosk.root)
