"""The search that an intake begins with: a few letters of a procedure that this desk receives."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from dossiers.counter import cards
from dossiers.counter.views.sitting import Sitting, sitting
from khanhson_portal.ground.pages import asked
from procedures.catalogue import ProcedureVersion
from procedures.catalogue.search.finding import suggest
from procedures.offices.access import needs
from procedures.offices.rights import Right

SUGGESTIONS = 12


@require_GET
@needs(Right.RECEIVE)
def suggestions(request: HttpRequest, visit: int | None = None, slip: str = "") -> HttpResponse:
    """The list under the search box, as a fragment of HTML."""
    seat = sitting(request, visit, slip)
    context = {"found": _found(request, seat), "q": asked(request, "q"), "address": seat.address}
    return render(request, "dossiers/suggestions.html", context)


def choose_procedure(request: HttpRequest, seat: Sitting) -> HttpResponse:
    """The search. A card scanned here is no procedure, and must not stay in the address."""
    if cards.find(request.GET.get("q", "")):
        messages.warning(request, "Chọn thủ tục trước, rồi quét thẻ.", "wait")
        return redirect(seat.address)
    context = {
        "found": _found(request, seat),
        "q": asked(request, "q"),
        "desk": seat.desk,
        "seat": seat,
        "address": seat.address,
    }
    return render(request, "dossiers/choose.html", context)


def _found(request: HttpRequest, seat: Sitting) -> list[ProcedureVersion]:
    text = asked(request, "q")
    return suggest(seat.receivable(), text, SUGGESTIONS) if text else []
