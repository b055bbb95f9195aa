"""Public: propose to drop or simplify something, see what became of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from khanhson_portal.ground.brake import TooFast, sender
from khanhson_portal.ground.pages import page_of
from procedures.catalogue import ProcedureVersion
from procedures.noticeboard import ReviewProposal
from procedures.noticeboard.review import receiving
from procedures.noticeboard.review.forms import ProposalForm

ROWS = 20
FULL = (
    "Trong một giờ qua đã có nhiều đề nghị gửi từ đây. Những gì bà con viết vẫn còn bên dưới: "
    "chờ đến {until:%H:%M} rồi bấm gửi lại, hoặc đưa cho cán bộ ở quầy."
)


@require_GET
def answered(request: HttpRequest) -> HttpResponse:
    """Proposals that were answered and released, newest first."""
    rows = ReviewProposal.objects.public().select_related("procedure").order_by("-answered_at")
    page = page_of(rows, request.GET.get("trang"), ROWS)
    return render(request, "review/answered.html", {"page": page})


@require_http_methods(["GET", "POST"])
@never_cache
@csrf_exempt  # acts for nobody: no session; a page left open for hours still sends
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """One page, one form, no account."""
    versions = ProcedureVersion.objects.approved().named(code).newest_first(localdate())
    version = get_object_or_404(versions.for_page()[:1])
    form = ProposalForm(request.POST or None)
    refusal, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            proposal = receiving.receive(
                form.instance,
                version,
                now(),
                address=sender(request),
                nonce=form.cleaned_data["nonce"],
            )
        except TooFast as flood:
            refusal, status = FULL.format(until=localtime(flood.told)), 429
        else:
            return redirect("review:state", proposal.code)
    context = {"form": form, "version": version, "refusal": refusal}
    return render(request, "review/propose.html", context, status=status)


@require_GET
@never_cache
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, the code, and how far it is. Codes can be guessed, so nothing else is shown."""
    proposal = get_object_or_404(ReviewProposal, code=code)
    response = render(request, "review/state.html", {"proposal": proposal})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
