"""The controller's pages: what looks wrong, and who looked into whose file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET

from dossiers.acts import clock
from dossiers.notices.anomalies import counts, lists
from dossiers.notices.lookers import Asked, views_of
from khanhson_portal.ground import machine
from khanhson_portal.ground.pages import asked, asked_number, page_of
from procedures.offices import Officer
from procedures.offices.access import needs, reach_of
from procedures.offices.rights import Right
from procedures.worktime import Holiday

FARTHEST_YEAR = 2200  # a day so far off is a slip of the finger


@require_GET
@needs(Right.OVERSEE)
def anomalies(request: HttpRequest) -> HttpResponse:
    """Four lists with their figures; ``?loc=`` which of them is shown."""
    moment = now()
    desks = reach_of(request).agencies
    shown = lists(desks, moment, Holiday.objects.calendar(None, localdate(), years=1))
    slug = asked(request, "loc")
    lengths = counts(shown)
    first = max(shown, key=lambda one: lengths[one.slug] > 0)  # the first that holds anything
    chosen = next((one for one in shown if one.slug == slug), first)
    context = {
        "figures": [(one, lengths[one.slug], one.slug == chosen.slug) for one in shown],
        "chosen": chosen,
        "page": page_of(chosen.rows, request.GET.get("trang")),
        "address": f"loc={chosen.slug}",
        "now": moment,
        "jumped_since": clock.jumped_since(moment, machine.started(moment)),
    }
    return render(request, "notices/anomalies.html", context)


@require_GET
@needs(Right.OVERSEE)
def lookers(request: HttpRequest) -> HttpResponse:
    """Views of personal files; ``?can-bo=&ngay=&ho-so=&ngoai-viec=1`` narrow them."""
    moment = now()
    desks = reach_of(request).agencies
    day, wrong_day = _day(asked(request, "ngay", 20))
    wanted = Asked(
        officer=asked_number(request, "can-bo"),
        day=day,
        code=asked(request, "ho-so", 60).upper(),
        idle=asked(request, "ngoai-viec") == "1",
    )
    rest = request.GET.copy()
    rest.pop("trang", None)
    context: dict[str, Any] = {
        "page": page_of(views_of(desks, wanted, moment), request.GET.get("trang")),
        "wanted": wanted,
        "typed_day": asked(request, "ngay", 20),
        "wrong_day": wrong_day,
        "officers": Officer.objects.filter(posts__agency__in=desks).distinct(),
        "address": rest.urlencode(),
    }
    return render(request, "notices/lookers.html", context)


def _day(text: str) -> tuple[date | None, str]:
    """Return the day typed as ngày/tháng/năm (or as a browser sends it), else what is wrong."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007  # a day, no moment
        except ValueError:
            continue
        if day.year < FARTHEST_YEAR:
            return day, ""
    wrong = f"“{text}” không phải ngày; viết ngày/tháng/năm, ví dụ 27/04/2018."
    return None, wrong if text else ""
