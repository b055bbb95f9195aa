"""Public pages of the catalogue. A view reads the request, asks one word, and answers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from khanhson_portal.pages import page_of
from procedures import contents
from procedures.filters import CatalogueFilter
from procedures.models import Procedure, ProcedureVersion
from procedures.search import log
from procedures.summary import summarise


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Danh mục: filters and a search that does not mind missing marks."""
    chosen = CatalogueFilter(request, localdate())
    found = chosen.found
    page = page_of(found.hits if found else chosen.versions(), request.GET.get("trang"))
    if found and page.number == 1 and not chosen.filtered:
        log.record(chosen.q, found=bool(found.hits), day=chosen.day)
    return render(request, "procedures/list.html", {"chosen": chosen, "found": found, "page": page})


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The version in force; a procedure without one shows its last, and what replaced it."""
    versions = ProcedureVersion.objects.approved().named(code).newest_first(localdate())
    shown = versions.for_page().first()
    if shown is None:
        raise Http404("no approved version")
    return _version_page(request, shown, current=shown if shown.covers(localdate()) else None)


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One approved version at its own address, old ones with a notice."""
    shown = get_object_or_404(
        ProcedureVersion.objects.approved().named(code).for_page(), number=number
    )
    current = shown if shown.covers(localdate()) else shown.procedure.version_on(localdate())
    return _version_page(request, shown, current=current)


def _version_page(
    request: HttpRequest, shown: ProcedureVersion, current: ProcedureVersion | None
) -> HttpResponse:
    contents.fill([shown])
    today = localdate()
    context = {
        "version": shown,
        "procedure": shown.procedure,
        "current": current,
        "outdated": current is None or current.pk != shown.pk,
        "replacement": _title_of(shown.procedure.replaced_by),
        "summary": summarise(shown),
        "places": shown.procedure.competences.in_force(today).for_listing(),
    }
    return render(request, "procedures/detail.html", context)


def _title_of(procedure: Procedure | None) -> str:
    """Return the title of the procedure that replaced another, "" when none did."""
    if procedure is None:
        return ""
    versions = procedure.versions.approved().newest_first(localdate())
    return versions.values_list("title", flat=True).first() or ""
