"""Where people are heard: hotlines, feedback without an account, answers for everybody to read."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.acts.engine import ActRefused, AlreadyDone, Citizen, Hand
from dossiers.declaring import Assurance
from dossiers.lookup import normal_code, normal_secret
from feedback import acts
from feedback.forms import LetterForm
from feedback.models import Case, CaseState, Via
from khanhson_portal.ground.brake import Brake, TooFast, sender
from khanhson_portal.ground.pages import address_of, asked, page_of
from khanhson_portal.ground.presses import nonce_of
from procedures.offices import Agency, Hotline

ROWS = 20
FLOODING = Brake(
    "feedback",
    window=timedelta(hours=1),
    per_address=30,  # a village behind one address still gets through
    of_all=600,
    pace=timedelta(minutes=1),
)
GUESSING = Brake(
    "case",
    window=timedelta(minutes=15),
    per_subject=8,
    subject_pace=timedelta(minutes=1),
    per_address=60,
    of_all=1000,
    pace=timedelta(seconds=10),
)
KNOWN = Citizen(Assurance.HOLDS_THE_CODE)


@require_GET
def hotlines(request: HttpRequest) -> HttpResponse:
    """Every desk with its numbers; a desk without one shows "chưa cập nhật", never an invention."""
    today = localdate()
    numbers: dict[int, list[Hotline]] = {}
    for row in Hotline.objects.in_force(today).for_listing():
        numbers.setdefault(row.agency_id, []).append(row)
    desks = Agency.objects.in_force(today).desks().select_related("parent")
    listed = [
        (desk, numbers.get(desk.pk, []) + numbers.get(desk.parent_id or 0, [])) for desk in desks
    ]
    return render(request, "feedback/hotlines.html", {"listed": listed})


@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """Questions and answers, searchable without marks; how to send one, how to follow one."""
    text = asked(request, "q")
    rows = Case.objects.published().saying(text).order_by("-published_at")
    page = page_of(
        rows.only("code", "public_title", "public_answer", "published_at"),
        request.GET.get("trang"),
        ROWS,
    )
    context = {"page": page, "q": text, "address": address_of(request)}
    return render(request, "feedback/published.html", context)


@require_GET
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One published answer. What is not published is not found here, whoever asks."""
    found = get_object_or_404(Case.objects.published(), code=normal_code(code))
    return render(request, "feedback/case.html", {"case": found})


@require_http_methods(["GET", "POST"])
@never_cache
def send(request: HttpRequest, via: Via = Via.WEB) -> HttpResponse:
    """The form; after it a page with code and secret, and what happens when."""
    moment = now()
    posted = request.POST if request.method == "POST" else None
    start = {
        "agency": asked(request, "noi", 60),
        "kind": asked(request, "loai", 40) or "hoi-dap",
        "dossier_code": asked(request, "ma", 60),
        "procedure": asked(request, "thu-tuc", 60),
    }
    form = LetterForm(posted, day=localdate(), now=moment, initial=start)
    if form.is_valid():
        if form.looks_made:
            return render(request, "feedback/sent.html", {"case": None})
        try:
            FLOODING.check(sender(request), moment)
        except TooFast as wait:
            form.add_error(
                None, f"Vừa có nhiều phản ánh gửi từ đây. Gửi lại sau {wait.told:%H:%M}."
            )
        else:
            sent = _receive(request, form, via, moment)
            if sent:
                return render(request, "feedback/sent.html", {"case": sent})
    return render(request, "feedback/send.html", {"form": form})


def _receive(request: HttpRequest, form: LetterForm, via: Via, moment: datetime) -> Case | None:
    hand = Hand(KNOWN, moment, nonce=form.cleaned_data["nonce"])
    try:
        sent = acts.receive(form.letter(via), hand)
    except AlreadyDone as done:
        found: Case = done.event.case
        return found
    except ActRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    FLOODING.count(sender(request), moment)
    return sent


@require_http_methods(["GET", "POST"])
@never_cache
@csrf_exempt  # changes nothing, needs no session: works from a page saved hours ago
def follow(request: HttpRequest) -> HttpResponse:
    """Code and secret of the page after sending: what became of it, and what one may still do."""
    context: dict[str, Any] = {"code": asked(request, "ma", 60), "missed": False, "wait": None}
    if request.method == "POST":
        context["code"] = request.POST.get("ma", "")[:60]
        try:
            found = _own(request, now())
        except TooFast as wait:
            context["wait"] = wait.told
        else:
            if found:
                return _show(request, found)
            context["missed"] = True
    return render(request, "feedback/follow.html", context)


@require_POST
@never_cache
def act(request: HttpRequest) -> HttpResponse:
    """What the sender may do, known by code and secret: say more, verdict, ask to look again."""
    moment = now()
    try:
        found = _own(request, moment)
    except TooFast as wait:
        return render(request, "feedback/follow.html", {"code": "", "wait": wait.told})
    if found is None:
        return render(request, "feedback/follow.html", {"code": "", "missed": True})
    hand = Hand(KNOWN, moment, nonce=nonce_of(request.POST.get("nonce")))
    words, refusal = request.POST.get("loi", "")[:5000], ""
    try:
        match request.POST.get("viec"):
            case "noi-them":
                acts.say_more(found.pk, hand, words=words)
            case "da-xong":
                acts.say_whether_solved(found.pk, hand, solved=True)
            case "chua-xong":
                acts.say_whether_solved(found.pk, hand, solved=False)
            case "xem-lai":
                acts.reopen(found.pk, hand, note=words)
    except AlreadyDone:
        pass
    except ActRefused as refused:
        refusal = str(refused)
    found = Case.objects.select_related("kind", "agency", "holder").get(pk=found.pk)
    return _show(request, found, refusal=refusal, words=words if refusal else "")


def _own(request: HttpRequest, moment: datetime) -> Case | None:
    """Return the sender's own case, None for any mistake in code or secret. Raises TooFast."""
    code = normal_code(request.POST.get("ma", "")[:60])
    GUESSING.check(sender(request), moment, code)
    found = Case.objects.select_related("kind", "agency", "holder").filter(code=code).first()
    secret = normal_secret(request.POST.get("mat-ma", "")[:40])
    expected = found.secret if found else "x" * 8
    if hmac.compare_digest(secret.encode(), expected.encode()) and found:
        return found
    GUESSING.count(sender(request), moment, code)
    return None


def _show(request: HttpRequest, found: Case, *, refusal: str = "", words: str = "") -> HttpResponse:
    context = {
        "case": found,
        "events": list(found.events.all()),
        "asked": found.state == CaseState.ASKED,
        "answered": found.state == CaseState.ANSWERED,
        "refusal": refusal,
        "words": words,
    }
    return render(request, "feedback/own.html", context)
