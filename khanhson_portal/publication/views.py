"""The months: public pages of frozen figures, and the leader's page that releases them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from dossiers import seals
from dossiers.models import Seal
from dossiers.statistics import Counts
from khanhson_portal.ground import answers
from khanhson_portal.ground.moments import month_bounds
from khanhson_portal.ground.pages import asked_number
from khanhson_portal.publication import balance, files
from khanhson_portal.publication import months as acts
from khanhson_portal.publication.models import MonthReport
from procedures.offices.access import may, needs, officer_of
from procedures.offices.rights import Right

SEALS_HEAD = "# Niêm phong nhật ký, mỗi ngày một dòng: ngày, mã SHA-256, chữ ký HMAC-SHA256"
FRESH = 300  # seconds a browser may keep a file of figures


@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """Every published month, newest first."""
    reports = MonthReport.objects.newest_versions()[:120]
    return render(request, "publication/months.html", {"reports": reports})


@require_GET
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """One month as published; ``?ban=`` an earlier version, which stays readable."""
    report = _published(request, year, month)
    versions = MonthReport.objects.published().of(year, month).order_by("version")
    context = {**_page(report), "versions": list(versions), "newest": versions.last()}
    return render(request, "publication/month.html", context)


@require_GET
def month_file(request: HttpRequest, year: int, month: int, ending: str) -> HttpResponse:
    """The same figures to take away: csv, xlsx, json."""
    report = _published(request, year, month)
    if ending not in files.WRITERS:
        raise Http404(ending)
    content_type, content = files.WRITERS[ending](report)
    name = f"thong-ke-{year}-{month:02}-ban-{report.version}.{ending}"
    return answers.file(request, content, name, content_type, fresh=FRESH)


@require_GET
def seals_list(request: HttpRequest) -> HttpResponse:
    """Every seal of the journal, a line per day, for whoever wants to keep a copy of their own."""
    lines = [str(seals.Line.of(seal)) for seal in Seal.objects.order_by("day")]
    text = "\n".join([SEALS_HEAD, *lines, ""])
    plain = "text/plain; charset=utf-8"
    return answers.file(
        request, text.encode(), "niem-phong.txt", plain, fresh=FRESH, attached=False
    )


@require_GET
@needs(Right.PREPARE_MONTHS)
def drafts(request: HttpRequest) -> HttpResponse:
    """The last twelve months: published, drafted, or still to draft."""
    year, month = acts.month_before(*acts.year_month(now()))
    found = {(r.year, r.month): r for r in MonthReport.objects.order_by("version")}
    rows = []
    for _ in range(12):
        rows.append({"year": year, "month": month, "report": found.get((year, month))})
        year, month = acts.month_before(year, month)
    return render(request, "publication/drafts.html", {"rows": rows})


@require_GET
@needs(Right.PREPARE_MONTHS)
def draft_page(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A draft as the public will see it, with what still keeps it back."""
    report = _newest(year, month)
    if report is None:
        raise Http404("no draft")
    faults = [] if report.published_at else acts.faults_of(report)
    may_publish = bool(may(request, Right.PUBLISH_MONTHS))
    context = {**_page(report), "faults": faults, "may_publish": may_publish,
               "empty": balance.is_empty(report.data)}  # fmt: skip
    return render(request, "publication/draft.html", context)


@require_POST
@needs(Right.PREPARE_MONTHS)
def make_draft(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Count a month, or count it again; with ``ly-do`` a correction of a published one."""
    _check_month(year, month)
    try:
        report = acts.draft(year, month, now(), reason=request.POST.get("ly-do", "").strip()[:500])
    except acts.NotPublishable as refusal:
        messages.error(request, str(refusal))
        return redirect("publication:drafts")
    messages.success(request, f"Đã lập bản nháp {report}.", "done")
    return redirect("publication:draft", year, month)


@require_POST
@needs(Right.PUBLISH_MONTHS)
def approve(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Duyệt và công bố: one press; a table that does not balance is refused with its reasons."""
    report = _newest(year, month)
    if report is None:
        raise Http404("no draft")
    try:
        acts.publish(report.pk, by=officer_of(request), now=now())
    except acts.NotPublishable as refusal:
        messages.error(request, str(refusal))
        return redirect("publication:draft", year, month)
    messages.success(request, f"Đã công bố {report}.", "done")
    return redirect(report)


@require_POST
@needs(Right.PUBLISH_MONTHS)
def hold(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Giữ lại a draft so that it does not publish itself, with the reason; or release it again."""
    report = _newest(year, month)
    if report is None or report.published_at:
        raise Http404("no draft")
    report.held_reason = request.POST.get("ly-do", "").strip()[:300]
    report.held = bool(report.held_reason)
    report.save(update_fields=["held", "held_reason"])
    words = "Đã giữ lại bản nháp." if report.held else "Bản nháp không bị giữ lại nữa."
    messages.success(request, words, "done")
    return redirect("publication:draft", year, month)


def _published(request: HttpRequest, year: int, month: int) -> MonthReport:
    _check_month(year, month)
    reports = MonthReport.objects.published().of(year, month).select_related("approved_by")
    wanted = asked_number(request, "ban")
    if wanted is not None:
        reports = reports.filter(version=min(wanted, 32_000))
    report = reports.order_by("-version").first()
    if report is None:
        raise Http404("not published")
    return report


def _newest(year: int, month: int) -> MonthReport | None:
    _check_month(year, month)
    return MonthReport.objects.of(year, month).order_by("-version").first()


def _check_month(year: int, month: int) -> None:
    if not (2000 <= year <= 2100 and 1 <= month <= 12):
        raise Http404("no such month")


def _page(report: MonthReport) -> dict[str, Any]:
    data = report.data
    _, end = month_bounds(report.year, report.month)
    return {
        "report": report,
        "data": data,
        "table": data["tables"][0],
        "other_tables": data["tables"][1:],
        "ways": Counts(**data["total"]) if data.get("schema", 1) >= 3 else None,
        "late": Counts(**data["total"]) if data.get("schema", 1) >= 2 else None,
        "last_day": end - timedelta(seconds=1),
        "mechanisms": [
            ("Một cửa", Counts(**data["one_stop"])),
            ("Liên thông", Counts(**data["linked"])),
        ],
        "endings": list(files.WRITERS),
        "sentence": files.sentence(report),
        "definitions": files.DEFINITIONS,
    }
