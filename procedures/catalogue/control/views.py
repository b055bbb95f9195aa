"""Gaps of the catalogue, and the words people searched for in vain."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from khanhson_portal.ground.pages import address_of, asked, page_of
from khanhson_portal.ground.text import one_line
from procedures.catalogue import Procedure, ProcedureVersion, SearchMiss, SearchMonth, gaps
from procedures.catalogue.search import log
from procedures.catalogue.search.finding import nearest
from procedures.offices.access import needs
from procedures.offices.rights import Right

MISSES_SHOWN = 20


@require_GET
@needs(Right.KEEP_CATALOGUE)
def gaps_page(request: HttpRequest) -> HttpResponse:
    """Những chỗ còn thiếu: every gap with its count, and the list of the one that was chosen."""
    day = localdate()
    counts = gaps.count_gaps(day)
    slug = asked(request, "thieu")
    versions = gaps.versions_with(slug, day)
    context = {
        "rows": [(gap, counts[gap.slug]) for gap in gaps.GAPS],
        "whole": counts["whole"],
        "address": address_of(request),
        "chosen": next((gap for gap in gaps.GAPS if gap.slug == slug), None),
        "page": page_of(versions, request.GET.get("trang")) if versions is not None else None,
    }
    return render(request, "procedures/control/gaps.html", context)


@require_GET
@needs(Right.KEEP_CATALOGUE)
def searches(request: HttpRequest) -> HttpResponse:
    """Words that found nothing, the most frequent first, each with what is nearest."""
    page = page_of(SearchMiss.objects.waiting(), request.GET.get("trang"), MISSES_SHOWN)
    near = nearest([miss.text for miss in page], localdate())
    rows = [(miss, near[miss.text]) for miss in page]
    context = {"page": page, "rows": rows, "months": list(SearchMonth.objects.all()[:6])}
    return render(request, "procedures/control/searches.html", context)


@require_POST
@needs(Right.KEEP_CATALOGUE)
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Gắn words to a procedure (one press) or to a meaning that was typed."""
    miss = _miss(pk)
    code, meaning = one_line(request.POST.get("ma", "")), request.POST.get("nghia", "")
    procedure = Procedure.objects.filter(code=code).first() if code else None
    try:
        synonym = log.attach(pk, meaning=meaning[:300], procedure=procedure, day=localdate())
    except ValidationError as fault:
        messages.error(request, f"“{miss.text}”: {' '.join(fault.messages)}")
        return redirect("control:searches")
    versions = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number")
    title = versions.values_list("title", flat=True).first() if procedure else ""
    messages.success(
        request, f"Từ nay “{synonym.phrase}” tìm ra “{title or synonym.meaning}”.", "done"
    )
    return redirect("control:searches")


@require_POST
@needs(Right.KEEP_CATALOGUE)
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    miss = _miss(pk)
    log.settle(pk, day=localdate())
    messages.success(request, f"Đã bỏ qua “{miss.text}”.", "done")
    return redirect("control:searches")


def _miss(pk: int) -> SearchMiss:
    miss = SearchMiss.objects.filter(pk=pk).first() if pk < 2**62 else None
    if miss is None:
        raise Http404("no such words")
    return miss
