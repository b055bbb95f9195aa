"""Việc hôm nay: one list, worst first, with figures that open just the rows they count."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from dossiers.counter.figures import Figure
from dossiers.counter.rows import rows_of
from dossiers.models import Dossier, DossierQuerySet
from dossiers.models.conditions import CONDITIONS
from dossiers.models.queries import dossier_search
from khanhson_portal.ground.pages import address_of, asked, page_of
from procedures.offices import Officer
from procedures.offices.access import needs, officer_of, reach_of
from procedures.offices.rights import Right

# by the names of dossiers.models.conditions; a figure opens its rows under its slug
FIGURES = [
    "overdue", "due_today", "due_soon", "awaiting_supplement", "reply_overdue", "awaiting_return",
    "long_on_shelf", "received", "for_signing", "unanswered",
]  # fmt: skip
BY_SLUG = {CONDITIONS[name].slug: name for name in FIGURES}
OWN = "cua-toi"


@require_GET
@needs(Right.SEE_DOSSIERS)
def desk(request: HttpRequest) -> HttpResponse:
    """Open work of my agencies; ``?loc=`` one of the figures, ``?q=`` a search in all files."""
    moment = now()
    mine = Dossier.objects.concerning(reach_of(request).agencies)
    text = asked(request, "q", 100)
    if text:
        found = mine.filter(dossier_search(text)).order_by("-pk").for_listing()
        only = found[:2]
        if len(only) == 1:
            return redirect(only[0])
        rows, chosen = found, ""
    else:
        chosen = asked(request, "loc")
        chosen = chosen if chosen in {OWN, *BY_SLUG} else ""
        rows = _chosen(mine, chosen, moment, officer_of(request)).for_listing()
    page = page_of(rows, request.GET.get("trang"))
    listed = rows_of(list(page.object_list), officer_of(request), moment)
    context = {
        "page": page,
        "rows": listed,
        "bulk": any(row.may_hand_over for row in listed),
        "figures": _figures(mine, chosen, moment),
        "chosen": chosen,
        "q": text,
        "now": moment,
        "address": address_of(request),
        "intake": reverse("dossiers:intake"),
    }
    return render(request, "dossiers/desk.html", context)


def _chosen(
    mine: DossierQuerySet, chosen: str, moment: datetime, officer: Officer
) -> DossierQuerySet:
    if chosen == OWN:
        return mine.of_officer(officer).worst_first()
    if chosen in BY_SLUG:
        name = BY_SLUG[chosen]
        return mine.under(name, moment).order_by(*CONDITIONS[name].order)
    return mine.open_work().worst_first()


def _figures(mine: DossierQuerySet, chosen: str, moment: datetime) -> list[Figure]:
    counts = mine.figures(moment, *FIGURES)
    rows = ((CONDITIONS[name], counts[name]) for name in FIGURES)
    return [
        Figure(one.slug, one.label, one.tone, count, one.slug == chosen)
        for one, count in rows
        if count or one.slug == chosen or not one.occasional
    ]
