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
from django.views.decorators.http import require_http_methods

from dossiers import acts
from dossiers.acts import reserving
from dossiers.acts.reception import promise
from dossiers.counter.forms import IntakeForm, LateIntakeForm, filling, focus_first
from dossiers.counter.forms.turning import TurningForm
from dossiers.counter.recording import record, words_of
from dossiers.counter.typed import Typed, read
from dossiers.counter.views.choosing import choose_procedure
from dossiers.counter.views.sitting import Sitting, sitting
from dossiers.models import Party
from khanhson_portal.ground.moments import LOCAL
from khanhson_portal.ground.pages import asked, asked_number
from procedures.catalogue import Channel, ProcedureCase
from procedures.offices.access import needs, officer_of
from procedures.offices.rights import Right
from procedures.worktime import Deadline, explain


@require_http_methods(["GET", "POST"])
@needs(Right.RECEIVE)
def intake(request: HttpRequest, visit: int | None = None, slip: str = "") -> HttpResponse:
    """Without ``?thu-tuc=`` a search; with it the whole form. POST takes the dossier in."""
    seat = sitting(request, visit, slip)
    closed = reserving.closed(seat.slip, localdate()) if seat.slip else ""
    if closed and request.method == "GET":
        messages.error(request, closed, "error")
        return redirect("dossiers:slips")
    cases = _cases(request, seat)
    if not cases:
        return choose_procedure(request, seat)
    case = _chosen(request, cases)
    channel = asked(request, "kenh")
    channel = channel if channel in Channel.values else Channel.DIRECT
    hand = acts.Hand(by=officer_of(request), now=now())
    typed = Typed(None)
    if request.method == "POST":
        typed = read(request.POST, hand, seat.day, seat.visitor)
    form = _form(request, seat, case, channel, typed.data)
    turning = TurningForm(typed.data)
    if typed.filled:
        form.unjudged()
    elif form.is_valid() and turning.is_valid():
        hand = replace(hand, nonce=form.cleaned_data["nonce"])
        dossier = record(form, turning, hand, seat.visit)
        if dossier:
            messages.success(request, words_of(dossier), "done")
            return redirect(f"{dossier.get_absolute_url()}?moi=1")
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
        "notices": typed.notices,
    }
    return render(request, "dossiers/intake.html", context)


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
