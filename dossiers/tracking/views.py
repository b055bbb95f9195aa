"""Tra cứu: whoever holds the receipt sees the dossier; nobody learns anything from a guess."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime, now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from dossiers import lookup
from dossiers.models import Dossier, Paper
from dossiers.papers import keeping
from dossiers.tracking import page
from dossiers.tracking.forms import TrackingForm
from khanhson_portal.ground import answers
from khanhson_portal.ground.brake import TooFast, sender
from khanhson_portal.ground.pages import asked


@require_http_methods(["GET", "POST"])
@never_cache
@csrf_exempt  # changes nothing, needs no session: works from a page saved hours ago
def track(request: HttpRequest) -> HttpResponse:
    """GET offers the form (``?ma=`` fills it in); POST answers: no secret enters an address."""
    form = (
        TrackingForm(request.POST)
        if request.method == "POST"
        else TrackingForm(initial={"ma": asked(request, "ma", 60)})
    )
    context = {"form": form, "missed": False, "wait_until": None}
    if form.is_valid():
        try:
            dossier = lookup.by_code_and_secret(
                form.cleaned_data["ma"],
                form.cleaned_data["ma_tra_cuu"],
                sender(request),
                now(),
            )
        except TooFast as guessed:
            context["wait_until"] = localtime(guessed.told)
        else:
            if dossier:
                return _show(request, dossier)
            context["missed"] = True
    return render(request, "dossiers/track.html", context)


@require_GET
@never_cache
def track_by_token(request: HttpRequest, token: str) -> HttpResponse:
    """The link behind the QR code of the receipt; the token is the secret."""
    dossier = get_object_or_404(Dossier.objects.for_tracking(now()), token=token)
    return _show(request, dossier)


@require_GET
@never_cache
def citizen_paper(request: HttpRequest, token: str, paper_id: int) -> HttpResponse:
    """A paper addressed to the citizen, byte for byte as issued."""
    papers = Paper.objects.for_citizen().select_related("form")
    paper = get_object_or_404(papers, dossier__token=token, pk=paper_id)
    try:
        content = keeping.original(paper)
    except keeping.PaperDamaged:
        return render(request, "dossiers/unavailable.html", {"token": token}, status=503)
    return answers.pdf(request, content, f"{paper.kind}.pdf")


def _show(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    context = {"view": page.view(dossier), "dossier": dossier}
    response = render(request, "dossiers/tracked.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
