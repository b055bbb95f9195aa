"""The survey that one dossier opens once, and the indices as published."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from khanhson_portal.ground import answers
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.pages import asked
from satisfaction import collecting, files, publishing
from satisfaction.forms import SheetForm
from satisfaction.models import IndexReport, Way

QUICK, WHOLE = "nhanh", "sipas-2017"


@require_http_methods(["GET", "POST"])
@never_cache
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """One question at first, all of them for who asks; answered, the link is spent."""
    dossier = collecting.dossier_of(token)
    if dossier is None:
        raise Http404("no such survey")
    moment = now()
    if collecting.is_answered(dossier):
        return _closed(request, "answered")
    if not collecting.is_open(dossier, moment):
        return _closed(request, "closed")
    slug = WHOLE if asked(request, "bo") == WHOLE else QUICK
    questionnaire = collecting.questionnaire_on(slug, local_day(moment))
    questionnaire = questionnaire or collecting.questionnaire_on(QUICK, local_day(moment))
    if questionnaire is None:
        return _closed(request, "closed")
    posted = request.POST if request.method == "POST" else None
    form = SheetForm(posted, questionnaire=questionnaire)
    if form.is_valid():
        try:
            collecting.answer_for(dossier, form.sheet(), Way.LINK, moment)
        except collecting.AlreadyAnswered:
            return _closed(request, "answered")
        return _closed(request, "thanks")
    whole = collecting.questionnaire_on(WHOLE, local_day(moment)) if slug == QUICK else None
    context = {"form": form, "desk": dossier.desk, "whole": whole}
    return render(request, "satisfaction/survey.html", context)


def _closed(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "satisfaction/closed.html", {"why": why})


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The newest indices, and every published period behind them."""
    published = publishing.newest_published()
    context: dict[str, Any] = {"reports": published, "report": None}
    if published:
        context = {**context, "report": published[0], "data": published[0].data}
    return render(request, "satisfaction/reports.html", context)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of one period; earlier versions stay readable."""
    found = _published(pk)
    same = IndexReport.objects.exclude(published_at=None).filter(
        questionnaire=found.questionnaire, first=found.first, last=found.last
    )
    context = {"report": found, "data": found.data, "versions": list(same.order_by("version"))}
    return render(request, "satisfaction/report.html", context)


@require_GET
def report_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The same figures to take away: csv, xlsx, json."""
    found = _published(pk)
    if ending not in files.WRITERS:
        raise Http404(ending)
    content_type, content = files.WRITERS[ending](found)
    name = f"hai-long-{found.first:%Y-%m}-{found.last:%Y-%m}-ban-{found.version}.{ending}"
    return answers.file(request, content, name, content_type)


def _published(pk: int) -> IndexReport:
    rows = IndexReport.objects.exclude(published_at=None).select_related("questionnaire")
    return get_object_or_404(rows, pk=pk)
