"""One dossier: everything on record, the next acts as buttons, its papers. Every view is logged."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods

from dossiers import acts, due_dates
from dossiers.acts.rights import entitling_post, may_see
from dossiers.counter.forms import ActForm, focus_first, form_of
from dossiers.counter.rows import common_calendar, due_words
from dossiers.models import Dossier, Event, Notice, Paper, State, ViewLog
from dossiers.papers import keeping
from dossiers.papers.kinds import ON_DEMAND
from khanhson_portal.ground import answers
from khanhson_portal.ground.pages import asked_number
from khanhson_portal.ground.presses import made_before, press_of
from procedures.offices.access import may, needs, officer_of
from procedures.offices.rights import Right
from procedures.worktime import explain


@require_GET
@needs(Right.SEE_DOSSIERS)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    dossier = _file(request, code, "hồ sơ")
    moment = now()
    deadline = due_dates.from_json(dossier.deadline)
    words, tone = due_words(dossier, moment, common_calendar([dossier], moment))
    allowed = acts.acts_for(dossier, officer_of(request), moment)
    context = {
        "dossier": dossier,
        "words": words,
        "tone": tone,
        "deadline": deadline,
        "why": explain(deadline) if deadline else "",
        "buttons": [act for act in allowed.values() if not (act.grave or act.rare)],
        "rare_buttons": [act for act in allowed.values() if act.grave or act.rare],
        "papers": list(dossier.papers.all()),
        "events": list(dossier.events.all()),
        "legs": [(leg, leg.late_at(moment)) for leg in dossier.legs.all()],
        "notices": list(Notice.objects.of_dossier(dossier.pk)),
        "more_papers": _issued_here(request, dossier),
        "just_made": "moi" in request.GET,
    }
    return render(request, "dossiers/detail.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.SEE_DOSSIERS)
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """GET asks what the act needs; POST does it. A refusal is shown with what was typed."""
    asked = acts.ACTS.by_slug(slug)
    if asked is None:
        raise Http404(slug)
    dossier = _file(request, code, asked.label)
    done = made_before(Event.objects.filter(dossier=dossier), press_of(request))
    if done:  # before its right is asked: who handed a file over has it no more
        return _done(request, dossier, done.label, done.state)
    if entitling_post(officer_of(request), asked, dossier, localdate()) is None:
        raise PermissionDenied(f"Bạn không có vai trò để “{asked.label}” hồ sơ này.")
    if request.method == "GET" and dossier.state not in asked.sources:
        messages.warning(
            request,
            f"Hồ sơ đang ở trạng thái “{dossier.get_state_display()}” "
            f"nên không thể “{asked.label}”.",
            "wait",
        )
        return redirect(dossier)
    form = form_of(asked)(request.POST or None, dossier=dossier)
    if form.is_valid():
        response = _perform(request, form, asked)
        if response:
            return response
    focus_first(form)
    context = {"form": form, "dossier": dossier, "act": asked}
    return render(request, "dossiers/act.html", context)


@require_GET
@needs(Right.SEE_DOSSIERS)
def paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The newest paper of a kind, byte for byte; ``?so=`` an older one, ``?ban-sao`` a copy."""
    dossier = _file(request, code, "giấy tờ")
    papers = Paper.objects.filter(dossier=dossier, kind=kind).select_related("form")
    number = asked_number(request, "so")
    if number is not None:
        papers = papers.filter(pk=number)
    chosen = papers.last()
    if chosen is None:
        raise Http404("no such paper")
    copied = "ban-sao" in request.GET
    try:
        content = keeping.copy(chosen, now()) if copied else keeping.original(chosen)
    except keeping.PaperDamaged as damage:
        return render(request, "dossiers/damaged.html", {"why": str(damage)}, status=503)
    return answers.pdf(request, content, f"{dossier}-{kind}.pdf")


def _issued_here(request: HttpRequest, dossier: Dossier) -> list[tuple[str, str]]:
    """Return the papers that this officer may issue without an act: kind and name."""
    if not {dossier.desk_id, dossier.holder_id} & may(request, Right.ISSUE_PAPERS).agencies:
        return []
    return [(kind.value, str(kind.label)) for kind in ON_DEMAND]


def _file(request: HttpRequest, code: str, page: str) -> Dossier:
    """Return the dossier for an officer who may see it, and log that they did."""
    dossier = get_object_or_404(Dossier.objects.for_file().named(code))
    officer = officer_of(request)
    if not may_see(officer, dossier, localdate()):
        raise PermissionDenied("Hồ sơ này thuộc đơn vị khác.")
    ViewLog.objects.create(officer=officer, dossier=dossier, page=page[:60])
    return dossier


def _perform(request: HttpRequest, form: ActForm, act: acts.Act) -> HttpResponse | None:
    hand = acts.Hand(
        by=officer_of(request),
        now=now(),
        nonce=form.cleaned_data["nonce"],
        seen=form.cleaned_data["seen"],
    )
    try:
        dossier = form.perform(hand)
    except acts.AlreadyDone as done:
        return _done(request, form.dossier, done.event.label, done.event.state)
    except acts.ActRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    return _done(request, dossier, act.label, dossier.state)


def _done(request: HttpRequest, dossier: Dossier, label: str, state: str) -> HttpResponse:
    """Say what was done, by this press or by an earlier one of the same button."""
    told = f"{label}: xong. Hồ sơ {dossier} {State(state).label.lower()}."
    messages.success(request, told, "done")
    return redirect(dossier)
