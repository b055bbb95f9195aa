"""Duyệt danh mục: what waits, what each draft changes, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from khanhson_portal.ground.pages import address_of, asked, page_of
from procedures.catalogue import (
    Approval,
    Procedure,
    ProcedureVersion,
    approval,
    differences,
    drafting,
    reading,
)
from procedures.catalogue.control.forms import AbolitionForm, ApprovalForm
from procedures.offices import Officer
from procedures.offices.access import may, needs, officer_of
from procedures.offices.rights import Right

MOST_AT_ONCE = 1000


@require_GET
@needs(Right.KEEP_CATALOGUE)
def waiting_drafts(request: HttpRequest) -> HttpResponse:
    """Drafts that wait for approval, by title; ``?q=`` narrows by title or code."""
    q = asked(request, "q")
    waiting = ProcedureVersion.objects.drafts().for_listing().with_predecessor()
    if q:
        waiting = waiting.titled(q)
    page = page_of(waiting.order_by("sort_key", "pk"), request.GET.get("trang"))
    context = {"page": page, "q": q, "address": address_of(request)}
    return render(request, "procedures/control/drafts.html", context | _rights(request))


@require_POST
@needs(Right.APPROVE_CATALOGUE)
def approve_many(request: HttpRequest) -> HttpResponse:
    """Duyệt the drafts that were ticked; those that cannot be are named with the reason."""
    pks = [int(pk) for pk in request.POST.getlist("ban-nhap") if pk.isascii() and pk.isdigit()]
    pks = [pk for pk in pks[:MOST_AT_ONCE] if pk < 2**62]
    checked = request.POST.get("doi-chieu") == "1"
    corrections = pks if request.POST.get("dinh-chinh") == "1" else []
    if not pks:
        messages.error(request, "Chưa chọn bản nháp nào. Đánh dấu vào ô đầu dòng rồi bấm Duyệt.")
        return redirect("control:drafts")
    result = approval.approve(
        pks, by=officer_of(request), at=now(), checked=checked, corrections=corrections
    )
    _say(request, result)
    return redirect("control:drafts")


@require_GET
@needs(Right.KEEP_CATALOGUE)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft beside the version in force, field by field."""
    return _draft_page(request, _version(pk))


@require_POST
@needs(Right.APPROVE_CATALOGUE)
def approve_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Duyệt one draft under the decision and from the day that were typed."""
    version = _version(pk)
    if version.approval != Approval.DRAFT:
        messages.error(request, "Phiên bản này không còn là bản nháp.")
        return redirect("control:draft", pk)
    form = ApprovalForm(request.POST, instance=version)
    if not form.is_valid():
        return _draft_page(request, _version(pk), form)
    checked = form.cleaned_data["checked"]
    corrections = [pk] if form.cleaned_data["correcting"] else []
    if form.has_changed():
        form.save()
    result = approval.approve(
        [pk], by=officer_of(request), at=now(), checked=checked, corrections=corrections
    )
    for _, reason in result.held:
        form.add_error("valid_from", f"{reason[0].upper()}{reason[1:]}.")
        return _draft_page(request, _version(pk), form)
    _say(request, result)
    return redirect("control:drafts")


@require_POST
@needs(Right.APPROVE_CATALOGUE)
def reject_draft(request: HttpRequest, pk: int) -> HttpResponse:
    _version(pk)
    try:
        version = approval.reject(pk, reason=request.POST.get("ly-do", ""))
    except approval.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("control:draft", pk)
    messages.success(request, f"Đã trả lại bản nháp “{version}”.", "done")
    return redirect("control:drafts")


@require_GET
@needs(Right.KEEP_CATALOGUE)
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """All versions of one procedure, and what can be done with it."""
    return _procedure_page(request, get_object_or_404(Procedure, code=code), AbolitionForm())


@require_POST
@needs(Right.KEEP_CATALOGUE)
def begin_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Soạn thay đổi: a draft like the version in force, to be edited in the admin."""
    found = get_object_or_404(Procedure, code=code)
    try:
        made = drafting.begin(found, today=localdate())
    except approval.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("control:procedure", code)
    messages.success(
        request, "Đã lập bản nháp. Sửa xong, người kiểm soát duyệt ở trang này.", "done"
    )
    return redirect("admin:procedures_procedureversion_change", made.pk)


@require_POST
@needs(Right.APPROVE_CATALOGUE)
def abolish_procedure(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Procedure, code=code)
    form = AbolitionForm(request.POST)
    if not form.is_valid():
        return _procedure_page(request, found, form)
    try:
        approval.abolish(code, **form.cleaned_data, today=localdate())
    except approval.NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _procedure_page(request, found, form)
    messages.success(request, f"Đã ghi bãi bỏ thủ tục {code}.", "done")
    return redirect("control:procedure", code)


def _version(pk: int) -> ProcedureVersion:
    if pk >= 2**62:
        raise Http404("no such version")
    return get_object_or_404(
        ProcedureVersion.objects.for_page().select_related("approved_by"), pk=pk
    )


def _draft_page(
    request: HttpRequest, version: ProcedureVersion, form: ApprovalForm | None = None
) -> HttpResponse:
    before = version.predecessor()
    reading.fill([one for one in (version, before) if one])
    context = {
        "version": version,
        "before": before,
        "differences": differences.between(before, version),
        "form": form or ApprovalForm(instance=version),
        "waits": version.approval == Approval.DRAFT,
        "history": _history(version),
    }
    return render(request, "procedures/control/draft.html", context | _rights(request))


def _procedure_page(request: HttpRequest, found: Procedure, form: AbolitionForm) -> HttpResponse:
    versions = found.versions.select_related("approved_by").order_by("-valid_from", "-number")
    context = {"procedure": found, "versions": list(versions), "form": form, "today": localdate()}
    return render(request, "procedures/control/procedure.html", context | _rights(request))


def _rights(request: HttpRequest) -> dict[str, Any]:
    return {"may_approve": bool(may(request, Right.APPROVE_CATALOGUE))}


def _say(request: HttpRequest, result: approval.Approved) -> None:
    if result.passed:
        in_place = f", {len(result.replaced)} bản đính chính" if result.replaced else ""
        messages.success(request, f"Đã duyệt {len(result.passed)} phiên bản{in_place}.", "done")
    elif not result.held:
        messages.error(request, "Không còn bản nháp nào trong số đã chọn; có người vừa xử lý rồi.")
    for version, reason in result.held[:20]:
        messages.warning(request, f"Chưa duyệt “{str(version)[:100]}”: {reason}.", "wait")


def _history(version: ProcedureVersion) -> list[dict[str, Any]]:
    """Return who touched a version, when and why, the newest first; two queries."""
    rows = apps.get_model("procedures", "ProcedureVersionEvent").objects.filter(pgh_obj=version.pk)
    events = list(rows.select_related("pgh_context").order_by("-pgh_id")[:20])
    told = [(event.pgh_context.metadata if event.pgh_context else {}) for event in events]
    people = Officer.objects.in_bulk({one["user"] for one in told if one.get("user")})
    return [
        {
            "at": event.pgh_created_at,
            "state": Approval(event.approval).label,
            "by": people.get(one.get("user")),
            "reason": one.get("ly_do", ""),
        }
        for event, one in zip(events, told, strict=True)
    ]
