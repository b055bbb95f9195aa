"""Nạp danh mục: upload, look at what would change row by row, then let it be written as drafts."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khanhson_portal.ground.pages import address_of, asked, page_of
from procedures.catalogue import ImportBatch
from procedures.catalogue.control import reports
from procedures.catalogue.control.forms import UploadForm
from procedures.catalogue.importing import ImportFault, Verdict
from procedures.offices.access import needs, officer_of
from procedures.offices.rights import Right


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_CATALOGUE)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose files; a POST runs them dry and shows the report. Earlier ones are listed below."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = reports.receive(
                form.cleaned_data["uploads"],
                by=officer_of(request),
                valid_from=form.since,
                nonce=form.cleaned_data["nonce"],
            )
            return redirect(batch)
        except ImportFault as fault:
            form.add_error("uploads", str(fault))
    batches = ImportBatch.objects.select_related("by").prefetch_related("files").defer("rows")[:20]
    context = {"form": form, "batches": list(batches)}
    return render(request, "procedures/control/upload.html", context)


@require_GET
@needs(Right.KEEP_CATALOGUE)
def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run row by row; ``?loai=`` shows one verdict only."""
    batch = _batch_or_404(pk)
    counted = Counter(row["verdict"] for row in batch.rows)
    doubted = sum(bool(row["doubts"]) for row in batch.rows)
    kind = asked(request, "loai")
    rows = [row for row in batch.rows if kind in {"", row["verdict"]} or _doubted(kind, row)]
    context = {
        "batch": batch,
        "kind": kind,
        "address": address_of(request),
        "kinds": [(str(v), str(v.label).capitalize(), counted[str(v)]) for v in Verdict]
        + [("nghi-van", "Có nghi vấn", doubted)],
        "page": page_of(sorted(rows, key=_what_needs_a_person), request.GET.get("trang")),
        "labels": {str(v): str(v.label) for v in Verdict},
        "writes": counted[str(Verdict.NEW)] + counted[str(Verdict.CHANGED)],
    }
    return render(request, "procedures/control/batch.html", context)


@require_POST
@needs(Right.KEEP_CATALOGUE)
def apply_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Ghi: the rows become drafts; a catalogue that changed meanwhile is shown anew first."""
    batch = _batch_or_404(pk)
    try:
        done = reports.carry_out(pk)
    except (reports.Changed, ImportFault) as fault:
        words = str(fault) or (
            "Danh mục đã thay đổi từ lúc chạy thử, nên chưa ghi gì. "
            "Bảng dưới đây vừa được lập lại; xem rồi bấm ghi lần nữa."
        )
        messages.error(request, words)
        return redirect(batch)
    messages.success(request, done.outcome.split("\n")[0], "done")
    return redirect(batch)


def _doubted(kind: str, row: dict[str, list[str]]) -> bool:
    return kind == "nghi-van" and bool(row["doubts"])


def _what_needs_a_person(row: dict[str, str]) -> int:
    order = [Verdict.REFUSED, Verdict.CHANGED, Verdict.NEW, Verdict.UNCHANGED]
    return [str(verdict) for verdict in order].index(row["verdict"])


def _batch_or_404(pk: int) -> ImportBatch:
    if pk >= 2**62:
        raise Http404("no such import")
    return get_object_or_404(ImportBatch.objects.prefetch_related("files"), pk=pk)
