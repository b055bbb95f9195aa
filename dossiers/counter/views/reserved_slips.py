"""Phiếu dự phòng: reserve numbers before the power fails, print them, type the slips in after."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods

from dossiers import acts
from dossiers.acts import reserving as slip_acts
from dossiers.counter.forms.focus import focus_first
from dossiers.counter.forms.reserving import ReserveForm
from dossiers.counter.views.sitting import desks_of
from dossiers.models import Slip, SlipBatch
from dossiers.papers.blank_slips import blank_slips
from dossiers.papers.issuing import PaperFailed
from khanhson_portal.ground import answers
from khanhson_portal.ground.pages import page_of
from procedures.offices.access import needs, officer_of
from procedures.offices.rights import Right

BATCHES = 10  # on one page


@require_http_methods(["GET", "POST"])
@needs(Right.RECEIVE)
def slips(request: HttpRequest) -> HttpResponse:
    """The batches of my desks, newest day first; the desk head reserves more by POST."""
    heading = desks_of(request, Right.RESERVE_NUMBERS)
    form = ReserveForm(request.POST or None, desks=heading) if heading else None
    if form and form.is_valid():
        response = _reserve(request, form)
        if response:
            return response
    if form and form.is_bound:
        focus_first(form)
    rows = SlipBatch.objects.filter(desk__in=desks_of(request)).select_related("desk")
    rows = (
        rows.order_by("-day", "-pk")
        .annotate(open_slips=Count("slips", filter=Q(slips__dossier=None, slips__spoiled_at=None)))
        .prefetch_related(Prefetch("slips", Slip.objects.select_related("dossier", "spoiled_by")))
    )
    page = page_of(rows, request.GET.get("trang"), BATCHES)
    return render(
        request, "dossiers/slips.html", {"form": form, "page": page, "today": localdate()}
    )


@require_GET
@needs(Right.RECEIVE)
def slips_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The open slips of one batch, ready to be written on."""
    batch = get_object_or_404(SlipBatch.objects.select_related("desk__parent"), pk=number)
    if batch.desk not in desks_of(request) or not batch.slips.open().exists():
        raise Http404("no such slips here")
    try:
        content = blank_slips(batch)
    except PaperFailed as failure:
        messages.error(request, str(failure), "error")
        return redirect("dossiers:slips")
    name = f"phieu-du-phong-{batch.day:%Y-%m-%d}-{batch.first}.pdf"
    return answers.pdf(request, content, name)


@require_http_methods(["GET", "POST"])
@needs(Right.RECEIVE)
def spoil(request: HttpRequest, code: str) -> HttpResponse:
    """GET asks why a slip is spoiled; POST writes it off. Its number is never used again."""
    slip = get_object_or_404(Slip.objects.select_related("batch__desk__parent"), code=code)
    if slip.batch.desk not in desks_of(request):
        raise Http404("another desk's")
    error = ""
    if request.method == "POST":
        hand = acts.Hand(by=officer_of(request), now=now())
        try:
            slip_acts.spoil(slip.pk, hand, request.POST.get("reason", ""))
        except acts.ActRefused as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"Đã ghi hỏng phiếu {slip.code}.", "done")
            return redirect("dossiers:slips")
    context = {"slip": slip, "error": error, "reason": request.POST.get("reason", "")}
    return render(request, "dossiers/spoil.html", context)


def _reserve(request: HttpRequest, form: ReserveForm) -> HttpResponse | None:
    typed = form.cleaned_data
    hand = acts.Hand(by=officer_of(request), now=now(), nonce=typed["nonce"])
    try:
        batch = slip_acts.reserve(typed["desk"], typed["day"], typed["count"], hand)
    except acts.ActRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    many = batch.last - batch.first + 1
    messages.success(request, f"Đã giữ {many} số cho ngày {batch.day:%d/%m/%Y}.", "done")
    return redirect("dossiers:slips")
