"""In giấy tờ: many papers as one file, and the lists that go along when things change hands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.counter.forms.printing import PrintingForm
from dossiers.models import Batch, BatchKind, FormKind, Paper
from dossiers.papers import batching, issuing, keeping, lists
from dossiers.papers.kinds import LISTS
from dossiers.papers.matter import Issuer
from khanhson_portal.ground import answers
from khanhson_portal.ground.pages import page_of
from procedures.offices.access import check_reaches, needs, officer_of, reach_of
from procedures.offices.rights import Right


@require_http_methods(["GET", "POST"])
@needs(Right.SEE_DOSSIERS)
def batches(request: HttpRequest) -> HttpResponse:
    """GET offers what can be printed and what was; POST orders a batch or issues a list."""
    desks = reach_of(request).agencies
    today = localdate()
    initial = {"day": today.strftime("%d/%m/%Y"), "year": today.year, "volume": 1}
    form = PrintingForm(request.POST or None, desks=desks, initial=initial)
    form.fields["desk"].initial = next(iter(form.fields["desk"].queryset), None)  # type: ignore[attr-defined]
    if form.is_valid():
        response = _ordered(request, form)
        if response:
            return response
    ordered = Batch.objects.filter(agency__in=desks).select_related("agency", "to", "ordered_by")
    listed = Paper.objects.filter(agency__in=desks, dossier=None, kind__in=LISTS)
    context = {
        "form": form,
        "page": page_of(ordered, request.GET.get("trang"), 20),
        "lists": listed.select_related("form").order_by("-issued_at")[:20],
    }
    return render(request, "dossiers/batches.html", context, status=400 if form.errors else 200)


@require_GET
@needs(Right.SEE_DOSSIERS)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _batch(request, batch_id)
    return render(
        request, "dossiers/batch.html", {"batch": found, "done": batching.progress(found)}
    )


@require_GET
@needs(Right.SEE_DOSSIERS)
def pdf(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _batch(request, batch_id)
    if not found.pdf_sha256:
        raise Http404("not drawn yet")
    try:
        content = keeping.read(found.pdf_sha256, str(found))
    except keeping.PaperDamaged as damage:
        return render(request, "dossiers/damaged.html", {"why": str(damage)}, status=503)
    return answers.pdf(request, content, f"{found.kind}-{found.pk}.pdf")


@require_POST
@needs(Right.SEE_DOSSIERS)
def cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _batch(request, batch_id)
    if batching.cancel(found.pk, now()):
        messages.success(request, "Đã dừng in. Giấy đã in xong vẫn được giữ.", "done")
    return redirect("dossiers:batch", found.pk)


def _ordered(request: HttpRequest, form: PrintingForm) -> HttpResponse | None:
    """Do what the form asks; None when it was refused, with the refusal on the form."""
    asked: dict[str, Any] = form.cleaned_data
    officer = officer_of(request)
    try:
        if asked["kind"] in LISTS:
            posts = officer.posts_on(localdate())
            issuer = Issuer(officer, posts[0] if posts else None, now(), asked["nonce"])
            kind = FormKind(asked["kind"])
            made = lists.issue(kind, asked["desk"], asked["other"], asked["day"], issuer)
            return redirect("dossiers:paper_page", made.pk)
        ordered = batching.order(
            BatchKind(asked["kind"]), asked["desk"], officer, now(), **_scope(asked)
        )
    except (batching.BatchRefused, issuing.PaperFailed, lists.NothingToList) as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("dossiers:batch", ordered.pk)


def _scope(asked: dict[str, Any]) -> dict[str, Any]:
    if asked["kind"] == BatchKind.REGISTER:
        return {"year": asked["year"], "volume": asked["volume"], "nonce": asked["nonce"]}
    to = asked["other"] if asked["kind"] == BatchKind.CONTROL_SHEETS else None
    return {"day": asked["day"], "to": to, "nonce": asked["nonce"]}


def _batch(request: HttpRequest, batch_id: int) -> Batch:
    found = get_object_or_404(
        Batch.objects.select_related("agency__parent", "to", "ordered_by"), pk=batch_id
    )
    check_reaches(request, found.agency_id, "Bản in này thuộc đơn vị khác.")
    return found
