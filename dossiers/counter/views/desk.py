"""Việc hôm nay: one list, worst first, with five figures that are filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from dossiers.counter.rows import rows_of
from dossiers.models import Dossier, DossierQuerySet
from dossiers.models.queries import dossier_search
from khanhson_portal.ground.moments import start_of_day
from khanhson_portal.ground.pages import address_of, asked, page_of
from procedures.offices import Officer
from procedures.offices.access import needs, officer_of, reach_of
from procedures.offices.rights import Right

SOON = timedelta(days=4)


@dataclass(frozen=True)
class Filter:
    slug: str
    label: str
    tone: str
    count: int
    current: bool


@require_GET
@needs(Right.SEE_DOSSIERS)
def desk(request: HttpRequest) -> HttpResponse:
    """Open work of my agencies; ``?loc=`` one of the figures, ``?q=`` a search in all files."""
    moment = now()
    mine = Dossier.objects.concerning(reach_of(request).agencies)
    text = asked(request, "q", 100)
    if text:
        found = mine.filter(dossier_search(text)).order_by("-pk").for_listing()
        only = found[:2]
        if len(only) == 1:
            return redirect(only[0])
        rows, chosen = found, ""
    else:
        chosen = asked(request, "loc")
        rows = _chosen(mine, chosen, moment, officer_of(request)).for_listing()
    page = page_of(rows, request.GET.get("trang"))
    listed = rows_of(list(page.object_list), officer_of(request), moment)
    context = {
        "page": page,
        "rows": listed,
        "bulk": any(row.may_hand_over for row in listed),
        "filters": _filters(mine, chosen, moment),
        "chosen": chosen,
        "q": text,
        "now": moment,
        "address": address_of(request),
        "intake": reverse("dossiers:intake"),
    }
    return render(request, "dossiers/desk.html", context)


def _chosen(
    mine: DossierQuerySet, chosen: str, moment: datetime, officer: Officer
) -> DossierQuerySet:
    today = start_of_day(moment)
    words = {
        "tre-hen": lambda: mine.overdue(moment).worst_first(),
        "hom-nay": lambda: mine.due_today(moment).worst_first(),
        "sap-den": lambda: mine.due_between(today + timedelta(days=1), today + SOON).worst_first(),
        "cho-bo-sung": lambda: mine.awaiting_supplement().order_by("awaited_by", "pk"),
        "cua-toi": lambda: mine.of_officer(officer).worst_first(),
        "moi-gui-den": lambda: mine.unanswered().order_by("awaited_by", "pk"),
        "trinh-ky": lambda: mine.for_signing().worst_first(),
        "cho-tra": lambda: mine.awaiting_return().order_by("finished_at"),
        "moi-nhan": lambda: mine.received_on(today, today + timedelta(days=1)).order_by("-pk"),
    }
    if chosen in words:
        return words[chosen]()
    return mine.open_work().worst_first()


def _filters(mine: DossierQuerySet, chosen: str, moment: datetime) -> list[Filter]:
    figures = mine.work_figures(moment, SOON)
    shown = [
        ("tre-hen", "trễ hẹn", "late", figures["overdue"]),
        ("hom-nay", "đến hạn hôm nay", "wait", figures["due_today"]),
        ("sap-den", "đến hạn trong 3 ngày tới", "", figures["due_soon"]),
        ("cho-bo-sung", _supplement_words(figures), "", figures["awaiting_supplement"]),
        (
            "cho-tra",
            f"chờ trả, {figures['long_on_shelf']} quá 5 ngày",
            "",
            figures["awaiting_return"],
        ),
        ("moi-nhan", "tiếp nhận hôm nay", "", figures["received"]),
    ]
    occasional = [
        ("trinh-ky", "trình ký", "wait", figures["for_signing"]),
        ("moi-gui-den", "gửi đến, chưa trả lời", "wait", figures["unanswered"]),
    ]
    shown += [row for row in occasional if row[-1] or row[0] == chosen]
    return [
        Filter(slug, label, tone if count else "", count, slug == chosen)
        for slug, label, tone, count in shown
    ]


def _supplement_words(figures: dict[str, int]) -> str:
    late = figures["reply_overdue"]
    return f"chờ bổ sung, {late} quá hạn nộp" if late else "chờ bổ sung"
