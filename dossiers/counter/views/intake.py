"""Tiếp nhận: find the procedure, see its papers and the promised day, type who it is for, save.

One press of Enter after a scan fills the form, it never saves it. Whatever a press asks for, all
that was typed comes back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods

from dossiers import acts
from dossiers.acts import reserving, visits
from dossiers.acts.reception import promise
from dossiers.counter import cards
from dossiers.counter.forms import IntakeForm, LateIntakeForm, filling, focus_first
from dossiers.counter.forms.turning import INSTEAD, TurningForm
from dossiers.counter.views.people import Notice, doubts, offer
from dossiers.counter.views.sitting import AT_COUNTER, Sitting, sitting
from dossiers.models import Party
from khanhson_portal.ground.moments import LOCAL
from khanhson_portal.ground.pages import asked, asked_number
from procedures.catalogue import Channel, ProcedureCase, ProcedureVersion
from procedures.catalogue.search.finding import suggest
from procedures.offices.access import officer_of, staff_only
from procedures.worktime import Deadline, explain

SUGGESTIONS = 12


@require_http_methods(["GET", "POST"])
@staff_only(*AT_COUNTER)
def intake(request: HttpRequest, visit: int | None = None, slip: str = "") -> HttpResponse:
    """Without ``?thu-tuc=`` a search; with it the whole form. POST takes the dossier in."""
    seat = sitting(request, visit, slip)
    closed = reserving.closed(seat.slip, localdate()) if seat.slip else ""
    if closed and request.method == "GET":
        messages.error(request, closed, "error")
        return redirect("dossiers:slips")
    cases = _cases(request, seat)
    if not cases:
        return _choose(request, seat)
    case = _chosen(request, cases)
    channel = asked(request, "kenh")
    channel = channel if channel in Channel.values else Channel.DIRECT
    data, notices = _typed(request, seat)
    form = _form(request, seat, case, channel, data)
    turning = TurningForm(data)
    if request.method == "POST" and (notices or data is not request.POST):
        form.unjudged()
    elif form.is_valid() and turning.is_valid():
        if turning.instead:
            response = _turn(request, form, turning)
        else:
            response = _take_in(request, form, seat)
        if response:
            return response
    focus_first(form)
    deadline, refusal = _promise(seat, case, channel)
    context = {
        "form": form,
        "turning": turning,
        "seat": seat,
        "desk": seat.desk,
        "version": case.version,
        "case": case,
        "cases": cases,
        "channel": channel,
        "channels": Channel.choices,
        "deadline": deadline,
        "why": explain(deadline) if deadline else "",
        "refusal": refusal,
        "notices": notices,
    }
    return render(request, "dossiers/intake.html", context)


@require_GET
@staff_only(*AT_COUNTER)
def suggestions(request: HttpRequest, visit: int | None = None, slip: str = "") -> HttpResponse:
    """The list under the search box, as a fragment of HTML."""
    seat = sitting(request, visit, slip)
    context = {"found": _found(request, seat), "q": asked(request, "q"), "address": seat.address}
    return render(request, "dossiers/suggestions.html", context)


def _choose(request: HttpRequest, seat: Sitting) -> HttpResponse:
    """The search. A card scanned here is no procedure, and must not stay in the address."""
    if cards.find(request.GET.get("q", "")):
        messages.warning(request, "Chọn thủ tục trước, rồi quét thẻ.", "wait")
        return redirect(seat.address)
    context = {
        "found": _found(request, seat),
        "q": asked(request, "q"),
        "desk": seat.desk,
        "seat": seat,
        "address": seat.address,
    }
    return render(request, "dossiers/choose.html", context)


def _found(request: HttpRequest, seat: Sitting) -> list[ProcedureVersion]:
    text = asked(request, "q")
    return suggest(seat.receivable(), text, SUGGESTIONS) if text else []


def _cases(request: HttpRequest, seat: Sitting) -> list[ProcedureCase]:
    """Return all cases of the procedure ``?thu-tuc=<mã>``, none where it is not received here."""
    code = asked(request, "thu-tuc")
    if not code:
        return []
    version = seat.receivable().filter(procedure__code=code)[:1]
    cases = ProcedureCase.objects.filter(version__in=version)
    cases = cases.select_related("version__procedure", "version__field")
    return list(cases.prefetch_related("channels", "fees", "papers"))


def _chosen(request: HttpRequest, cases: list[ProcedureCase]) -> ProcedureCase:
    """Return the case ``?truong-hop=<số>``; nonsense gives the first."""
    order = asked_number(request, "truong-hop")
    return next((case for case in cases if case.order == order), cases[0])


def _typed(request: HttpRequest, seat: Sitting) -> tuple[QueryDict | None, list[Notice]]:
    """Return what was typed, with what a scan or one of the small buttons adds to it."""
    if request.method != "POST":
        return None, []
    typed = request.POST
    filled = filling.from_scan(typed, seat.day)
    hand = acts.Hand(by=officer_of(request), now=now())
    if filled:
        return filled.data, [Notice.of_scan(filled), *offer(filled.part, filled.number, hand)]
    if "la-chu" in typed:
        return filling.submitter_owns(typed, seat.visitor), []
    if "tim-nguoi" in typed:
        part = filling.SUBMITTER if typed["tim-nguoi"] == filling.SUBMITTER else filling.OWNER
        found = offer(part, typed.get(f"{part}_identity", ""), hand)
        return typed, [*(found or [Notice.nobody(part)]), *doubts(part, typed)]
    if "dung-lai" in typed:
        part, _, number = typed["dung-lai"].partition(":")
        known = number.isascii() and number.isdigit() and len(number) < 10
        party = visits.reuse(int(number), hand) if known else None
        if party and part in (filling.OWNER, filling.SUBMITTER):
            return filling.from_party(typed, part, party), [Notice.reused(part, party)]
        return typed, [Notice.nobody(filling.OWNER)]
    return typed, []


def _form(
    request: HttpRequest,
    seat: Sitting,
    case: ProcedureCase,
    channel: str,
    data: QueryDict | None,
) -> IntakeForm:
    visitor = seat.visitor
    options: dict[str, Any] = {
        "desk": seat.desk,
        "case": case,
        "channel": channel,
        "officer": officer_of(request),
        "day": seat.day,
        "initial": filling.party_values(visitor, filling.SUBMITTER) if visitor else None,
    }
    if seat.slip:
        return LateIntakeForm(data, slip=seat.slip, **options)
    return IntakeForm(data, **options)


def _promise(seat: Sitting, case: ProcedureCase, channel: str) -> tuple[Deadline | None, str]:
    """Return the deadline of a dossier taken in this minute, or why there can be none.

    For a paper slip: of one taken in at nine in the morning of its day.
    """
    sketch = acts.Intake(
        desk=seat.desk, version=case.version, case=case, owner=Party(), channel=channel
    )
    moment = datetime.combine(seat.day, time(9), LOCAL) if seat.slip else now()
    try:
        return promise(sketch, moment), ""
    except acts.ActRefused as refusal:
        return None, str(refusal)


def _turn(request: HttpRequest, form: IntakeForm, turning: TurningForm) -> HttpResponse | None:
    """Guide, decline or note what was sent in, instead of accepting; no fee is taken."""
    hand = acts.Hand(by=officer_of(request), now=now(), nonce=form.cleaned_data["nonce"])
    taken = replace(form.intake(), fees=[])
    try:
        if turning.instead in INSTEAD:
            dossier = INSTEAD[turning.instead](taken, hand, turning.as_advice(form.lines))
        else:
            dossier = acts.submit(taken, hand)
    except acts.AlreadyDone as done:
        return redirect(done.event.dossier)
    except acts.ActRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    messages.success(request, f"{dossier.get_state_display()}: số {dossier.reference}.", "done")
    return redirect(f"{dossier.get_absolute_url()}?moi=1")


def _take_in(request: HttpRequest, form: IntakeForm, seat: Sitting) -> HttpResponse | None:
    """Accept and go to the dossier; a refusal lands on the form, with everything typed kept."""
    hand = acts.Hand(by=officer_of(request), now=now(), nonce=form.cleaned_data["nonce"])
    taken = form.intake()
    if isinstance(form, LateIntakeForm):
        reason = form.cleaned_data["late_reason"]
        taken = replace(taken, received_at=form.received_at, slip=form.slip, reason=reason)
    try:
        dossier = visits.accept_in_visit(taken, hand, seat.visit)
    except acts.AlreadyDone as done:
        return redirect(done.event.dossier)
    except acts.ActRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    messages.success(request, f"Đã tiếp nhận hồ sơ {dossier.code}.", "done")
    return redirect(f"{dossier.get_absolute_url()}?moi=1")
