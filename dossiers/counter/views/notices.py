"""Tin báo: what was sent, what failed and may be sent again, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from dossiers.counter.figures import Figure
from dossiers.models import Notice, NoticeQuerySet, NoticeStatus, Wording
from dossiers.models.placeholders import NAMES
from dossiers.notices import gateway, sending
from khanhson_portal.ground.pages import asked, page_of
from procedures.offices import Agency
from procedures.offices.access import check_reaches, may, needs, officer_of, reach_of
from procedures.offices.rights import Right

LOOK_BACK = timedelta(days=90)  # of what is done
FIGURES: list[tuple[str, str, set[NoticeStatus], str]] = [
    ("that-bai", "gửi không được", {NoticeStatus.FAILED}, "late"),
    ("khong-gui", "không gửi, cần gọi điện", {NoticeStatus.UNSENT}, "wait"),
    ("dang-cho", "đang chờ gửi", {NoticeStatus.WAITING}, ""),
    ("da-gui", "đã gửi, đã gọi điện trong 90 ngày", {NoticeStatus.SENT, NoticeStatus.CALLED}, ""),
]


@dataclass(frozen=True)
class DeskFigure:
    """One desk and how many of its notices stand as chosen."""

    agency: Agency
    count: int
    current: bool


@require_GET
@needs(Right.FOLLOW_NOTICES)
def outbox(request: HttpRequest) -> HttpResponse:
    """Failures first; ``?loc=`` another state, ``?quay=`` one desk."""
    mine = Notice.objects.sent_from(reach_of(request).agencies)
    mine = mine.worth_showing(now() - LOOK_BACK)
    chosen = next((row for row in FIGURES if row[0] == asked(request, "loc")), FIGURES[0])
    slug = asked(request, "quay")
    counts = _counts(mine)
    rows = mine.filter(status__in=chosen[2])
    rows = rows.select_related("dossier", "officer", "handled_by", "agency")
    if slug:
        rows = rows.filter(agency__slug=slug)
    page = page_of(rows.order_by("-created_at", "-pk"), request.GET.get("trang"))
    context = {
        "page": page,
        "figures": [
            Figure(name, label, tone, total, name == chosen[0])
            for name, label, statuses, tone in FIGURES
            for total in [sum(n for (_, s), n in counts.items() if s in statuses)]
        ],
        "desks": _desks(counts, chosen[2], slug),
        "chosen": chosen[0],
        "label": chosen[1],
        "desk_slug": slug,
        "address": f"loc={chosen[0]}" + (f"&quay={slug}" if slug else ""),
        "gateway": gateway.is_connected(),
        "opens": may(request, Right.SEE_DOSSIERS).agencies,
    }
    return render(request, "notices/outbox.html", context)


@require_POST
@needs(Right.FOLLOW_NOTICES)
def resend(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Gửi lại: put one failed notice back into the outbox."""
    words = "Đã đưa tin vào hàng chờ; tin đi trong vòng một phút."
    return _act_on(request, notice_id, sending.resend, words)


@require_POST
@needs(Right.FOLLOW_NOTICES)
def note_call(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Đã gọi điện: the citizen knows, without the notice."""
    return _act_on(request, notice_id, sending.note_call, "Đã ghi là đã gọi điện cho bà con.")


def _act_on(
    request: HttpRequest, notice_id: int, act: Callable[..., Notice], words: str
) -> HttpResponse:
    """Do ``act`` on a notice of an agency that this officer looks after; go back to the list."""
    officer = officer_of(request)
    notice = get_object_or_404(Notice, pk=notice_id)
    check_reaches(request, notice.agency_id, "Tin này thuộc bộ phận một cửa khác.")
    status = NoticeStatus(notice.status)
    try:
        act(notice.pk, by=officer, now=now())
    except sending.NotResendable as reason:
        messages.error(request, str(reason), "error")
    else:
        messages.success(request, words, "done")
    slug = next(name for name, _, statuses, _ in FIGURES if status in statuses)
    return redirect(f"{reverse('dossiers:outbox')}?loc={slug}")


@require_GET
@needs(Right.ENTER)
def wordings(request: HttpRequest) -> HttpResponse:
    """The words in force today, for whoever is asked about them on the telephone."""
    rows = Wording.objects.in_force(localdate()).order_by("kind", "channel", "-valid_from", "-pk")
    newest = {(row.kind, row.channel): row for row in reversed(rows)}
    order = list(Wording._meta.get_field("kind").choices or [])
    kinds = [str(value) for value, _ in order]
    context = {
        "rows": sorted(newest.values(), key=lambda row: (kinds.index(row.kind), row.channel)),
        "names": [(f"{{{name}}}", meaning) for name, meaning in NAMES.items()],
        "may_change": request.user.has_perm("dossiers.change_wording"),
        "admin": reverse("admin:dossiers_wording_changelist"),
    }
    return render(request, "notices/wordings.html", context)


def _counts(mine: NoticeQuerySet) -> dict[tuple[int, str], int]:
    """Return how many notices of each agency stand how; index notice_by_agency."""
    rows = mine.values_list("agency", "status").annotate(n=Count("pk")).order_by()
    return {(agency, status): number for agency, status, number in rows}


def _desks(
    counts: dict[tuple[int, str], int], statuses: set[NoticeStatus], slug: str
) -> list[DeskFigure]:
    """Return the desks with notices in this state, the most first."""
    found: Counter[int] = Counter()
    for (agency, status), number in counts.items():
        found[agency] += number if status in statuses else 0
    found = +found
    agencies = Agency.objects.select_related("parent").in_bulk(found)
    desks = [DeskFigure(agencies[pk], n, agencies[pk].slug == slug) for pk, n in found.items()]
    return sorted(desks, key=lambda desk: (-desk.count, desk.agency.sort_key))
