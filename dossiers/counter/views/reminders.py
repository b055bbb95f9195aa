"""Nhắc việc: what uses up its time in my hands, and where an apology must leave the house today."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET

from dossiers.acts import ACTS
from dossiers.counter.figures import Figure
from dossiers.counter.rows import rows_of
from dossiers.models import DossierQuerySet
from dossiers.notices.duties import Watch, apology_due, watch_of
from khanhson_portal.ground.pages import asked, page_of
from procedures.offices.access import may, needs, officer_of
from procedures.offices.rights import Right
from procedures.worktime import Holiday

THRESHOLDS = {"het-gio": 100, "hon-80": 80, "hon-mot-nua": 50}
LABELS = {
    "het-gio": ("đã hết thời gian", "late"),
    "hon-80": ("đã dùng hơn 80 %", "wait"),
    "hon-mot-nua": ("đã dùng hơn một nửa", ""),
}
APOLOGY = "can-xin-loi"
LOOK_BACK = timedelta(days=366)  # how long past lateness is counted in working days to the day


@require_GET
@needs(Right.SEE_DOSSIERS)
def reminders(request: HttpRequest) -> HttpResponse:
    """Alarms on my work, worst first; ``?loc=`` one threshold, or the apologies to be sent."""
    moment = now()
    officer = officer_of(request)
    watch = watch_of(officer.pk, officer.duties(localdate()))
    calendar = Holiday.objects.calendar(None, localdate() - LOOK_BACK)
    apologies = apology_due(watch.answers_for(), moment, calendar)
    chosen = asked(request, "loc")
    if chosen == APOLOGY and watch.apologises:
        rows = apologies
    elif chosen in THRESHOLDS:
        rows = watch.work().filter(Q(reached=THRESHOLDS[chosen]))
    else:
        rows, chosen = watch.work(), ""
    listed = rows.for_listing().select_related("desk__parent", "holder__parent")
    page = page_of(listed.order_by("due_at", "pk"), request.GET.get("trang"))
    context = {
        "page": page,
        "rows": rows_of(list(page.object_list), officer, moment, calendar),
        "figures": _figures(watch, apologies, chosen),
        "chosen": chosen,
        "apologising": chosen == APOLOGY,
        "apology_slug": ACTS["apologise"].slug,
        "address": f"loc={chosen}" if chosen else "",
        "now": moment,
        "keeps_calendar": bool(may(request, Right.GIVE_CALENDARS)),
    }
    return render(request, "notices/reminders.html", context)


def _figures(watch: Watch, apologies: DossierQuerySet, chosen: str) -> list[Figure]:
    """Return the figures over the list, one or two queries over running work."""
    each = {f"at_{n}": Count("pk", filter=Q(reached=n)) for n in THRESHOLDS.values()}
    counts = watch.work().aggregate(**each)
    shown = [(slug, *LABELS[slug], counts[f"at_{n}"]) for slug, n in THRESHOLDS.items()]
    if watch.apologises:
        shown.insert(0, (APOLOGY, "cần xin lỗi, hẹn lại ngay", "late", apologies.count()))
    return [Figure(*row, current=row[0] == chosen) for row in shown]
