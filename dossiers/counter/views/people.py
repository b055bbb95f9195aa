"""Whom the desk already knows, and what a scanned card says: fragments of the intake page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from dossiers import acts
from dossiers.acts import visits
from dossiers.counter.forms import filling
from dossiers.counter.known_people import Notice, doubts, offer
from dossiers.counter.views.sitting import desks_of
from dossiers.models import Dossier
from procedures.offices.access import needs, officer_of
from procedures.offices.rights import Right

MOST_TYPED = 2000  # characters: a card has under 300


@require_POST
@needs(Right.RECEIVE)
def scan(request: HttpRequest) -> HttpResponse:
    """A card scanned into the field ``name``: the values to fill in, and what to tell, as JSON."""
    typed = QueryDict(mutable=True)
    typed[request.POST.get("name", "")[:60]] = request.POST.get("text", "")[:MOST_TYPED]
    filled = filling.from_scan(typed, localdate())
    if filled is None:
        return JsonResponse({"values": {}, "part": filling.OWNER, "notice": ""})
    hand = acts.Hand(by=officer_of(request), now=now())
    notices = [Notice.of_scan(filled), *offer(filled.part, filled.number, hand)]
    words = render_to_string("dossiers/notices.html", {"notices": notices, "part": filled.part})
    return JsonResponse({"values": filled.values, "part": filled.part, "notice": words})


@require_POST
@needs(Right.RECEIVE)
def known(request: HttpRequest) -> HttpResponse:
    """The offer for an identity number, as a fragment; empty when the desk knows nobody."""
    chosen = request.POST.get("part")
    part = filling.SUBMITTER if chosen == filling.SUBMITTER else filling.OWNER
    hand = acts.Hand(by=officer_of(request), now=now())
    notices = offer(part, request.POST.get(f"{part}_identity", "")[:40], hand)
    notices += doubts(part, request.POST)
    return render(request, "dossiers/notices.html", {"notices": notices, "part": part})


@require_POST
@needs(Right.RECEIVE)
def next_of_visitor(request: HttpRequest, code: str) -> HttpResponse:
    """Hồ sơ tiếp theo của cùng người nộp: open the visit's intake; the data stay on the server.

    ``cung-thu-tuc`` skips the choice of a procedure: another dossier of the same kind.
    """
    rows = Dossier.objects.select_related("desk__parent", "version__procedure")
    dossier = get_object_or_404(rows.named(code))
    hand = acts.Hand(by=officer_of(request), now=now())
    if dossier.desk not in desks_of(request):
        raise PermissionDenied("Hồ sơ này nhận ở quầy khác.")
    try:
        visit = visits.start_visit(dossier, hand)
    except acts.ActRefused as refusal:
        messages.error(request, str(refusal), "error")
        return redirect("dossiers:intake")
    address = reverse("dossiers:intake_visit", args=[visit.pk])
    if "cung-thu-tuc" in request.POST:
        same = {"thu-tuc": dossier.version.procedure.code, "kenh": dossier.channel}
        return redirect(f"{address}?{urlencode(same)}")
    return redirect(address)
