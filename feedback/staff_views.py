"""The desk of feedback: what waits, worst first; one case with its acts; calls typed in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.acts.engine import ActRefused, AlreadyDone, Hand
from feedback import acts
from feedback.case_forms import FORMS
from feedback.forms import CallForm
from feedback.models import OPEN, Case, CaseState
from feedback.table import CASES
from khanhson_portal.ground.pages import address_of, asked, page_of
from procedures.offices import Officer
from procedures.offices.access import may, needs, officer_of, reach_of
from procedures.offices.rights import Right
from procedures.worktime.lateness import passed

FILTERS = [
    ("", "đang mở"),
    (CaseState.RECEIVED.value, "mới nhận"),
    (CaseState.IN_HAND.value, "đang xử lý"),
    (CaseState.ASKED.value, "chờ người gửi"),
    (CaseState.DRAFTED.value, "chờ duyệt"),
    ("late", "quá hạn"),
    (CaseState.ANSWERED.value, "đã trả lời"),
]


@require_GET
@needs(Right.SEE_FEEDBACK)
def cases(request: HttpRequest) -> HttpResponse:
    """Every number opens exactly its rows; conduct is there for heads and controllers only."""
    moment, wanted = now(), asked(request, "loc", 20)
    mine = Case.objects.at(reach_of(request).agencies).filter(kind__private=False)
    conduct = may(request, Right.SEE_CONDUCT)
    if conduct:
        mine = mine | Case.objects.at(conduct.agencies).filter(kind__private=True)
    conditions = {
        "": Q(state__in=OPEN),
        "late": Q(state__in=OPEN) & passed("due_at", moment, exact=False),
        **{state.value: Q(state=state) for state in CaseState},
    }
    counts = mine.aggregate(
        **{f"n_{slug}": Count("pk", filter=conditions[slug]) for slug, _ in FILTERS}
    )
    rows = mine.filter(conditions.get(wanted, conditions[""]))
    rows = rows.for_listing().order_by("due_at", "pk")
    figures = [
        {"slug": slug, "label": label, "count": counts[f"n_{slug}"], "current": slug == wanted}
        for slug, label in FILTERS
    ]
    context = {
        "page": page_of(rows, request.GET.get("trang")),
        "figures": figures,
        "address": address_of(request),
        "now": moment,
    }
    return render(request, "feedback/cases.html", context)


@require_GET
@needs(Right.SEE_FEEDBACK)
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One case: what was said, what is to do, what happened."""
    found, officer = _case(request, code), officer_of(request)
    buttons = acts.ENGINE.buttons(found, officer, now())
    context = {
        "case": found,
        "events": list(found.events.select_related("by")),
        "buttons": [act for name, act in buttons.items() if name in FORMS],
    }
    return render(request, "feedback/staff_case.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.SEE_FEEDBACK)
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """One act on one case: the form, or what was done."""
    found, officer = _case(request, code), officer_of(request)
    declared = CASES.by_slug(slug)
    if declared is None or declared.name not in FORMS:
        raise Http404(slug)
    if acts.ENGINE.entitling_post(officer, declared, found, localdate()) is None:
        raise PermissionDenied(f"Bạn không có vai trò để “{declared.label}” phản ánh này.")
    if request.method == "GET" and found.state not in declared.sources:
        told = f"Phản ánh đang “{found.get_state_display()}” nên không thể “{declared.label}”."
        messages.warning(request, told, "wait")
        return redirect("feedback:staff_case", found.code)
    posted = request.POST if request.method == "POST" else None
    form = FORMS[declared.name](posted, case=found, day=localdate())
    if form.is_valid() and _perform(form, officer):
        messages.success(request, f"{declared.label}: xong.", "done")
        return redirect("feedback:staff_case", found.code)
    context = {"form": form, "case": found, "act": declared}
    return render(request, "feedback/act.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.TAKE_FEEDBACK)
def take_call(request: HttpRequest) -> HttpResponse:
    """Three fields while the caller is on the line; the code is read back to them."""
    posted = request.POST if request.method == "POST" else None
    form = CallForm(posted, day=localdate(), places=reach_of(request).agencies)
    if form.is_valid():
        hand = Hand(officer_of(request), now(), nonce=form.cleaned_data["nonce"])
        try:
            taken = acts.receive(form.letter(), hand)
        except AlreadyDone as done:
            taken = done.event.case
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
            return render(request, "feedback/call.html", {"form": form})
        told = f"Đã ghi. Đọc cho người gọi: mã {taken.code}, mật mã {taken.secret}."
        messages.success(request, told, "done")
        return redirect("feedback:take_call")
    return render(request, "feedback/call.html", {"form": form})


def _perform(form: object, officer: Officer) -> bool:
    assert hasattr(form, "perform")
    typed = form.cleaned_data  # type: ignore[attr-defined]
    hand = Hand(officer, now(), nonce=typed["nonce"], seen=typed["seen"])
    try:
        form.perform(hand)
    except AlreadyDone:
        return True
    except ActRefused as refusal:
        field = refusal.field if refusal.field in form.fields else None  # type: ignore[attr-defined]
        form.add_error(field, str(refusal))  # type: ignore[attr-defined]
        return False
    return True


def _case(request: HttpRequest, code: str) -> Case:
    rows = Case.objects.select_related(
        "kind", "agency", "holder", "handler", "dossier", "procedure"
    )
    found = get_object_or_404(rows, code=code)
    if not acts.may_see(officer_of(request), found, localdate()):
        raise PermissionDenied("Phản ánh này thuộc nơi khác, hoặc chỉ người đứng đầu được xem.")
    return found
