"""Staff: everybody may propose; the controller of procedures reads, answers and reports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods

from khanhson_portal.ground import answers, spreadsheets
from khanhson_portal.ground.pages import asked, page_of
from procedures.catalogue import ProcedureVersion
from procedures.noticeboard import ReviewProposal, ReviewState
from procedures.noticeboard.review import receiving, report
from procedures.noticeboard.review.forms import AnswerForm, PeriodForm, StaffProposalForm
from procedures.offices import Agency
from procedures.offices.access import needs, officer_of
from procedures.offices.rights import Right


@require_http_methods(["GET", "POST"])
@needs(Right.ENTER)
def propose_at_counter(request: HttpRequest) -> HttpResponse:
    """A proposal from the counter; ``?thu-tuc=`` fills in the code."""
    form = StaffProposalForm(request.POST or None, initial={"code": asked(request, "thu-tuc", 60)})
    if request.method == "POST" and form.is_valid():
        versions = ProcedureVersion.objects.approved().named(form.cleaned_data["code"].strip())
        version = versions.newest_first(localdate()).for_page().first()
        if version is None:
            form.add_error("code", "Danh mục không có mã này. Xem mã ở trang thủ tục.")
        else:
            kept = receiving.receive(
                form.instance,
                version,
                now(),
                by=officer_of(request),
                nonce=form.cleaned_data["nonce"],
            )
            messages.success(request, f"Đã ghi đề nghị {kept.code}. Cảm ơn ông/bà.", "done")
            return redirect("review:staff_propose")
    return render(request, "review/staff_propose.html", {"form": form})


@require_GET
@needs(Right.REVIEW_PROCEDURES)
def register(request: HttpRequest) -> HttpResponse:
    """Every proposal, newest first; ``?tinh-trang=`` one state. Below it the report of a period."""
    return _register_page(request, PeriodForm(initial=_this_year()))


def _register_page(request: HttpRequest, period: PeriodForm) -> HttpResponse:
    rows = ReviewProposal.objects.for_listing()
    state = asked(request, "tinh-trang", 20)
    if state in ReviewState.values:
        rows = rows.filter(state=state)
    context = {
        "page": page_of(rows, request.GET.get("trang")),
        "states": ReviewState.choices,
        "state": state,
        "address": f"tinh-trang={state}" if state in ReviewState.values else "",
        "period": period,
    }
    status = 400 if period.is_bound else 200
    return render(request, "review/register.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Right.REVIEW_PROCEDURES)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Read one proposal whole; say what comes of it. Earlier answers stay in its history."""
    proposal = get_object_or_404(ReviewProposal.objects.for_listing(), code=code)
    form = AnswerForm(request.POST or None, instance=proposal)
    if request.method == "POST" and form.is_valid():
        changed: ReviewProposal = form.save(commit=False)
        changed.answered_by, changed.answered_at = officer_of(request), now()
        changed.save()
        messages.success(request, f"Đã lưu {changed.code}: {changed.get_state_display()}.", "done")
        return redirect("review:register")
    return render(request, "review/answer.html", {"form": form, "proposal": proposal})


@require_GET
@needs(Right.REVIEW_PROCEDURES)
def report_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Báo cáo rà soát for ``?tu=…&den=…``; a wrong date comes back with the register."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _register_page(request, form)
    first, last = form.cleaned_data["tu"], form.cleaned_data["den"]
    name = f"bao-cao-ra-soat-{first:%Y%m%d}-{last:%Y%m%d}.{ending}"
    if ending == "xlsx":
        return answers.file(request, report.xlsx_report(first, last), name, spreadsheets.XLSX)
    content = report.pdf_report(_committee(request), first, last, localdate())
    return answers.pdf(request, content, name, attached=True)


def _committee(request: HttpRequest) -> Agency:
    """Return the committee on whose behalf the controller reports: the one whose portal this is."""
    owner = officer_of(request).structure.owner(localdate())
    assert owner is not None  # the right of these pages counts nowhere else
    return Agency.objects.select_related("parent").get(pk=owner)


def _this_year() -> dict[str, Any]:
    today = localdate()
    return {"tu": today.replace(month=1, day=1), "den": today}
