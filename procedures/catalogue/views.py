"""Public pages of the catalogue. A view reads the request, asks one word, and answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET

from khanhson_portal.ground import answers
from khanhson_portal.ground.pages import page_of
from procedures.catalogue import ProcedureVersion, RequiredPaper, checklist, estimate, reading
from procedures.catalogue.filters import CatalogueFilter
from procedures.catalogue.places import Places
from procedures.catalogue.search import log
from procedures.catalogue.summary import paper_lists, summarise

FORM_KEPT = 3600  # seconds: a blank form changes with its version, at another address


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Danh mục: filters and a search that does not mind missing marks."""
    chosen = CatalogueFilter(request, localdate())
    found = chosen.found
    page = page_of(found.hits if found else chosen.versions(), request.GET.get("trang"))
    if found and page.number == 1 and not chosen.filtered:
        log.record_search(chosen.q, found=bool(found.hits), day=chosen.day)
    return render(request, "procedures/list.html", {"chosen": chosen, "found": found, "page": page})


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The version in force; a procedure without one shows its last, and what replaced it."""
    versions = _versions(code)
    return _version_page(request, versions[0], versions)


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One approved version at its own address, old ones with a notice."""
    versions = _versions(code)
    shown = next((version for version in versions if version.number == number), None)
    if shown is None:  # corrected since: receipts and links may still name it
        corrected = ProcedureVersion.objects.ever_approved().named(code).filter(number=number)
        shown = corrected.for_page().first()
    if shown is None:
        raise Http404("no such version")
    return _version_page(request, shown, versions)


@require_GET
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """Trước khi đi: what is still missing of the papers, on one page to print."""
    shown = _versions(code)[0]
    if not shown.covers(localdate()):
        return redirect(shown.procedure)
    reading.fill([shown])
    context = {
        "version": shown,
        "procedure": shown.procedure,
        "list": checklist.checklist(request, shown, localdate()),
        "summary": summarise(shown),
        "places": Places(shown.procedure, localdate()),
    }
    return render(request, "procedures/bring.html", context)


@require_GET
def form_file(request: HttpRequest, code: str, paper_id: int) -> HttpResponseBase:
    """A blank form to fill in, of any approved version."""
    papers = RequiredPaper.objects.filter(
        case__version__in=ProcedureVersion.objects.approved().named(code)
    )
    paper = papers.exclude(form_file="").filter(pk=paper_id).first()
    stored = paper.form_file.name if paper else None
    if paper is None or not stored or not paper.form_file.storage.exists(stored):
        raise Http404("no such form")
    name = stored.rsplit("/", 1)[-1]
    return answers.stored(paper.form_file.open(), name, fresh=FORM_KEPT, attached=True)


def _versions(code: str) -> list[ProcedureVersion]:
    """Return the approved versions of a procedure, the one in force first; one query."""
    rows = ProcedureVersion.objects.approved().named(code).newest_first(localdate())
    versions = list(rows.for_page())
    if not versions:
        raise Http404("no approved version")
    return versions


def _version_page(
    request: HttpRequest, shown: ProcedureVersion, versions: list[ProcedureVersion]
) -> HttpResponse:
    reading.fill([shown])
    today = localdate()
    in_force = versions[0] if versions[0].covers(today) else None
    places = Places(shown.procedure, today)
    context = {
        "version": shown,
        "procedure": shown.procedure,
        "current": in_force,
        "outdated": in_force is None or in_force.pk != shown.pk,
        "replacement": getattr(shown, "replacement", None),
        "others": [version for version in versions if version.pk != shown.pk],
        "summary": summarise(shown),
        "places": places,
        "paper_lists": paper_lists(shown),
        "ticked": checklist.ticked(request),
        "today": today,
    }
    if not context["outdated"]:
        context |= _estimate(request, shown, places)
    return render(request, "procedures/detail.html", context)


def _estimate(request: HttpRequest, shown: ProcedureVersion, places: Places) -> dict[str, Any]:
    choice = estimate.read_choice(request, shown, places, now())
    units = [
        (f"so-{n}", unit, choice.typed_copies[unit])
        for n, unit in enumerate(estimate.units(shown), 1)
    ]
    return {
        "choice": choice,
        "estimate": estimate.work_out(choice, shown, places),
        "channels": estimate.channels(shown),
        "units": units,
    }
