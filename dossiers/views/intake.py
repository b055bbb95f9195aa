"""Tiếp nhận: find the procedure, see its papers and the promised day, type who it is for, save."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods

from dossiers import acts
from dossiers.acts.reception import promise
from dossiers.forms import IntakeForm, focus_first
from dossiers.models import Party
from khanhson_portal.pages import asked, asked_number
from procedures.access import officer_of, staff_only
from procedures.deadlines import Deadline, explain
from procedures.models import Agency, Channel, ProcedureCase, ProcedureVersion, Role
from procedures.models.versions import ProcedureVersionQuerySet
from procedures.search.finding import suggest

SUGGESTIONS = 12
AT_COUNTER = [Role.RECEPTION, Role.DESK_HEAD]


@require_http_methods(["GET", "POST"])
@staff_only(*AT_COUNTER)
def intake(request: HttpRequest) -> HttpResponse:
    """Without ``?thu-tuc=`` a search; with it the whole form. POST takes the dossier in."""
    desk = _desk_of(request)
    case = _case(request, desk)
    if case is None:
        return _choose(request, desk)
    channel = asked(request, "kenh")
    channel = channel if channel in Channel.values else Channel.DIRECT
    form = IntakeForm(request.POST or None, desk=desk, case=case, channel=channel)
    if form.is_valid():
        response = _take_in(request, form)
        if response:
            return response
    focus_first(form)
    deadline, refusal = _promise(desk, case, channel)
    context = {
        "form": form,
        "desk": desk,
        "version": case.version,
        "case": case,
        "cases": list(case.version.cases.all()),
        "channel": channel,
        "channels": Channel.choices,
        "deadline": deadline,
        "why": explain(deadline) if deadline else "",
        "refusal": refusal,
    }
    return render(request, "dossiers/intake.html", context)


@require_GET
@staff_only(*AT_COUNTER)
def suggestions(request: HttpRequest) -> HttpResponse:
    """The list under the search box, as a fragment of HTML."""
    context = {"found": _found(request, _desk_of(request)), "q": asked(request, "q")}
    return render(request, "dossiers/suggestions.html", context)


def _choose(request: HttpRequest, desk: Agency) -> HttpResponse:
    context = {"found": _found(request, desk), "q": asked(request, "q"), "desk": desk}
    return render(request, "dossiers/choose.html", context)


def _found(request: HttpRequest, desk: Agency) -> list[ProcedureVersion]:
    text = asked(request, "q")
    if not text:
        return []
    return suggest(_receivable(desk), text, SUGGESTIONS)


def _receivable(desk: Agency) -> ProcedureVersionQuerySet:
    today = localdate()
    here = ProcedureVersion.objects.approved().in_force(today)
    return here.filter(procedure__competences__in=desk.received_procedures.in_force(today))


def _desk_of(request: HttpRequest) -> Agency:
    """Return the desk at which this officer sits today; ``?quay=`` chooses among several."""
    duties = officer_of(request).duties(localdate())
    desks = Agency.objects.filter(pk__in=duties.agencies(*AT_COUNTER)).select_related("parent")
    wanted = desks.filter(slug=asked(request, "quay")).first()
    desk = wanted or desks.first()
    assert desk is not None  # staff_only saw the role
    return desk


def _case(request: HttpRequest, desk: Agency) -> ProcedureCase | None:
    """Return the case asked for by ``?thu-tuc=<mã>&truong-hop=<số>``, None when none is here."""
    code = asked(request, "thu-tuc")
    version = _receivable(desk).filter(procedure__code=code).first() if code else None
    if version is None:
        return None
    cases = version.cases.select_related("version__procedure", "version__field")
    cases = cases.prefetch_related("channels", "fees", "papers")
    order = asked_number(request, "truong-hop")
    chosen = cases.filter(order=order).first() if order is not None and order < 1000 else None
    return chosen or cases.first()


def _promise(desk: Agency, case: ProcedureCase, channel: str) -> tuple[Deadline | None, str]:
    """Return the deadline of a dossier taken in this minute, or why there can be none."""
    sketch = acts.Intake(desk=desk, version=case.version, case=case, owner=Party(), channel=channel)
    try:
        return promise(sketch, now()), ""
    except acts.ActRefused as refusal:
        return None, str(refusal)


def _take_in(request: HttpRequest, form: IntakeForm) -> HttpResponse | None:
    """Accept and go to the dossier; a refusal lands on the form, with everything typed kept."""
    hand = acts.Hand(by=officer_of(request), now=now(), nonce=form.cleaned_data["nonce"])
    try:
        dossier = acts.accept(form.intake(), hand)
    except acts.AlreadyDone as done:
        return redirect(done.event.dossier)
    except acts.ActRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    messages.success(request, f"Đã tiếp nhận hồ sơ {dossier.code}.", "done")
    return redirect(f"{dossier.get_absolute_url()}?moi=1")
