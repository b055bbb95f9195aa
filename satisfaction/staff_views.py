"""The office's side: drafts of the indices, paper sheets typed in, comments masked and answered."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khanhson_portal.ground import masking
from khanhson_portal.ground.pages import page_of
from procedures.offices import Agency
from procedures.offices.access import may, needs, officer_of
from procedures.offices.rights import Right
from satisfaction import collecting, publishing
from satisfaction.forms import CommentForm, PaperSheetForm
from satisfaction.models import Comment, IndexReport, Questionnaire
from satisfaction.views import WHOLE


@require_GET
@needs(Right.PREPARE_INDICES)
def manage(request: HttpRequest) -> HttpResponse:
    """Drafts and published periods, the next one to draft, comments that wait to be read."""
    first, last = publishing.quarter_before(now())
    context = {
        "reports": IndexReport.objects.select_related("questionnaire")[:40],
        "questionnaires": Questionnaire.objects.filter(criteria__isnull=False).distinct(),
        "first": first,
        "last": last,
        "unread": Comment.objects.filter(theme="").count(),
        "may_publish": bool(may(request, Right.PUBLISH_INDICES)),
        "may_read": bool(may(request, Right.READ_COMMENTS)),
    }
    return render(request, "satisfaction/manage.html", context)


@require_POST
@needs(Right.PREPARE_INDICES)
def make_draft(request: HttpRequest) -> HttpResponse:
    """Count a period, or count it again; with ``ly-do`` a correction of what is published."""
    questionnaire = Questionnaire.objects.filter(slug=request.POST.get("bo", "")[:40]).first()
    if questionnaire is None:
        messages.error(request, "Chọn bộ câu hỏi trong danh sách.", "error")
        return redirect("satisfaction:manage")
    first = _month(request.POST.get("tu", ""))
    last = _month(request.POST.get("den", ""))
    if first is None or last is None:
        messages.error(request, "Tháng viết như 04/2018.", "error")
        return redirect("satisfaction:manage")
    reason = request.POST.get("ly-do", "").strip()[:500]
    try:
        publishing.draft(questionnaire, first, last, now(), reason=reason)
    except publishing.NotPublishable as refusal:
        messages.error(request, str(refusal), "error")
    else:
        messages.success(request, "Đã lập bản nháp. Xem lại rồi công bố.", "done")
    return redirect("satisfaction:manage")


@require_POST
@needs(Right.PUBLISH_INDICES)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Công bố: the figures are frozen from here on."""
    report = get_object_or_404(IndexReport, pk=pk)
    try:
        publishing.publish(report.pk, officer_of(request), now())
    except publishing.NotPublishable as refusal:
        messages.error(request, str(refusal), "error")
    else:
        messages.success(request, "Đã công bố chỉ số hài lòng.", "done")
    return redirect("satisfaction:manage")


@require_http_methods(["GET", "POST"])
@needs(Right.TYPE_SURVEYS)
def type_sheet(request: HttpRequest) -> HttpResponse:
    """One paper sheet after the other; what was typed of the last one is on the screen no more."""
    questionnaire = get_object_or_404(Questionnaire, slug=WHOLE)
    form = PaperSheetForm(
        request.POST if request.method == "POST" else None,
        questionnaire=questionnaire,
        desks=Agency.objects.in_force(localdate()).desks().select_related("parent"),
        day=localdate(),
    )
    if form.is_valid():
        typed = form.cleaned_data
        collecting.keep(form.sheet(), typed["desk"], typed["way"], typed["month"])
        messages.success(request, "Đã ghi một phiếu. Nhập phiếu tiếp theo.", "done")
        return redirect("satisfaction:type_sheet")
    return render(request, "satisfaction/type_sheet.html", {"form": form})


@require_GET
@needs(Right.READ_COMMENTS)
def comments(request: HttpRequest) -> HttpResponse:
    """What people wrote, unread first; only the controller sees it before it is masked."""
    rows = Comment.objects.select_related("desk__parent").order_by("theme", "-month", "pk")
    context = {"page": page_of(rows, request.GET.get("trang"))}
    return render(request, "satisfaction/comments.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.READ_COMMENTS)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment beside its masked words; a person reads both before anything is shown."""
    found = get_object_or_404(Comment, pk=pk)
    start = {
        "masked": found.masked or masking.line(found.text),
        "theme": found.theme,
        "done": found.done,
        "public": found.public,
    }
    form = CommentForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(found, name, value)
        found.save()
        messages.success(request, "Đã lưu.", "done")
        return redirect("satisfaction:comments")
    return render(request, "satisfaction/comment.html", {"form": form, "comment": found})


def _month(text: str) -> date | None:
    """Return the first day of "04/2018", None for anything else."""
    month, _, year = text.strip().partition("/")
    if not (month.isascii() and month.isdigit() and year.isascii() and year.isdigit()):
        return None
    if not (1 <= int(month) <= 12 and 2015 <= int(year) <= 2100):
        return None
    return date(int(year), int(month), 1)
