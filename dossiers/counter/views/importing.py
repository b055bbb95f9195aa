"""Chuyển hồ sơ từ hệ thống cũ: a file is read and reported, and written when a person says so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from dossiers import importing
from dossiers.counter.forms.importing import ImportForm
from dossiers.importing.template import template
from dossiers.models import DossierImport
from khanhson_portal.ground import answers, spreadsheets
from khanhson_portal.ground.pages import asked, page_of
from procedures.offices.access import needs, officer_of
from procedures.offices.rights import Right

MOST_ROWS = 1000  # of one upload, so that the page answers; the command takes more


@require_http_methods(["GET", "POST"])
@needs(Right.IMPORT_DOSSIERS)
def upload(request: HttpRequest) -> HttpResponse:
    """GET asks for a file; POST reads it, keeps it, and goes to its report. Nothing is written."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        response = _keep(request, form)
        if response:
            return response
    recent = DossierImport.objects.exclude(applied_at=None).select_related("uploaded_by")
    context = {"form": form, "recent": recent.defer("content")[:10]}
    return render(request, "dossiers/import.html", context)


@require_GET
@needs(Right.IMPORT_DOSSIERS)
def template_file(request: HttpRequest) -> HttpResponse:
    name = "ho-so-chuyen-he-thong.xlsx"
    return answers.file(request, template(), name, spreadsheets.XLSX)


@require_http_methods(["GET", "POST"])
@needs(Right.IMPORT_DOSSIERS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """GET tells what each row would do; POST writes all of them. Twice is once."""
    batch = get_object_or_404(DossierImport.objects.select_related("desk__parent"), pk=pk)
    try:
        if request.method == "POST" or batch.applied_at:
            count = importing.confirm(batch.pk, by=officer_of(request), now=now())
            messages.success(request, f"Đã ghi {count} hồ sơ vào sổ từ {batch.file_name}.", "done")
            return redirect("dossiers:import")
        plan = importing.plan_of(batch, now())
    except importing.ImportFault as fault:
        messages.error(request, str(fault), "error")
        return redirect("dossiers:import" if request.method == "GET" else request.path)
    chosen = asked(request, "loc")
    verdict = next((v for v in importing.Verdict if v == chosen), None)
    context = {
        "batch": batch,
        "plan": plan,
        "chosen": verdict,
        "page": page_of(_shown(plan, verdict), request.GET.get("trang")),
        "address": f"loc={verdict}" if verdict else "",
        "refused": len(plan.of(importing.Verdict.REFUSED)),
        "new": len(plan.of(importing.Verdict.NEW)),
    }
    return render(request, "dossiers/import_report.html", context)


def _shown(plan: importing.ImportPlan, verdict: importing.Verdict | None) -> list[importing.Item]:
    """Return the rows to list: what must be mended before what is only told."""
    if verdict:
        return plan.of(verdict)
    order = [importing.Verdict.REFUSED, importing.Verdict.NEW, importing.Verdict.LEFT_OUT]
    return [item for v in [*order, importing.Verdict.KNOWN] for item in plan.of(v)]


def _keep(request: HttpRequest, form: ImportForm) -> HttpResponse | None:
    """Keep a file that can be read; one that cannot is told on the form."""
    file, typed = form.cleaned_data["file"], form.cleaned_data
    data = file.read()
    try:
        rows = importing.read(data, file.name)
    except importing.ImportFault as fault:
        form.add_error("file", str(fault))
        return None
    if len(rows) > MOST_ROWS:
        form.add_error(
            "file", f"Tệp có {len(rows)} dòng; mỗi lần nạp ở đây nhiều nhất {MOST_ROWS}. Hãy chia."
        )
        return None
    batch = importing.keep_file(
        data,
        file.name,
        source=typed["source"],
        desk=typed["desk"],
        by=officer_of(request),
        now=now(),
        nonce=typed["nonce"],
    )
    return redirect("dossiers:import_report", batch.pk)
