"""Posted lists, leaflets, and the page that tells how far a long printout is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from khanhson_portal.ground import answers
from khanhson_portal.ground.pages import asked
from procedures.catalogue import Field, ProcedureVersion, reading
from procedures.catalogue.filters import CatalogueFilter
from procedures.catalogue.places import Places
from procedures.noticeboard import Printout, PrintoutKind
from procedures.noticeboard.printouts import keeping, leaflets, listing, panels, rows, tables, ways
from procedures.offices.access import needs
from procedures.offices.rights import Right

AT_ONCE = 60  # rows drawn while the visitor waits: under a second on an idle machine
LOOK_AGAIN = 4  # seconds
FRESH = 300  # seconds: who turns back to a list within minutes need not load it again
NO_PRINTING = (
    "Máy chủ đang thiếu phần in ấn nên chưa vẽ được PDF. "
    "Bà con hỏi bộ phận một cửa, hoặc tải danh mục bằng Excel."
)

logger = logging.getLogger("portal.printing")


@require_GET
def posted_list(request: HttpRequest, ending: str) -> HttpResponse:
    """Danh mục niêm yết with the catalogue's filters; a long PDF is drawn by the queue."""
    if ending != "pdf" and ending not in tables.WRITERS:
        raise Http404(ending)
    chosen = CatalogueFilter(request, localdate())
    found = rows.posted_rows(chosen)
    name = f"danh-muc-thu-tuc-{chosen.day}"
    if ending in tables.WRITERS:
        content_type, content = tables.WRITERS[ending](found)
        return answers.file(request, content, f"{name}.{ending}", content_type, fresh=FRESH)
    data = rows.freeze(chosen, found)
    if len(found) <= AT_ONCE:
        return _drawn(request, partial(listing.draw_list, data), f"{name}.pdf")
    title = ". ".join([str(data["title"]), *data["about"]])
    return _ordered(request, PrintoutKind.LIST, title, data)


@require_GET
def leaflet(request: HttpRequest, code: str) -> HttpResponse:
    """Tờ rơi of one procedure in force: A4, folded once."""
    versions = ProcedureVersion.objects.approved().named(code).in_force(localdate())
    version = get_object_or_404(versions.for_page())
    reading.fill([version])
    day = localdate()
    places, agency = Places(version.procedure, day), panels.committee_name(day)
    content = leaflets.of_procedure(version, places, agency, day)
    return _drawn(request, partial(leaflets.draw_one, content), f"to-roi-{code}.pdf")


@require_GET
def theme_leaflet(request: HttpRequest, theme: str) -> HttpResponse:
    """Tờ rơi of online filing or of the postal service."""
    if theme not in ways.THEMES:
        raise Http404(theme)
    content = ways.THEMES[theme](localdate())
    return _drawn(request, partial(leaflets.draw_one, content), f"to-roi-{theme}.pdf")


@require_GET
def field_leaflet(request: HttpRequest, slug: str) -> HttpResponse:
    """Tờ rơi of a field: what can be done, how long, how much."""
    field = get_object_or_404(Field.objects.with_counts(localdate()), slug=slug)
    content = leaflets.of_field(field, localdate())
    return _drawn(request, partial(leaflets.draw_one, content), f"to-roi-{slug}.pdf")


@require_GET
def printout(request: HttpRequest, key: str) -> HttpResponse:
    """How far a printout is; looks again by itself unless told not to."""
    shown = get_object_or_404(Printout.objects.defer("data"), key=key)
    still = asked(request, "dung", 1) == "1"
    may_cancel = bool(shown.under_way and request.user.is_authenticated)
    context = {"printout": shown, "still": still, "may_cancel": may_cancel, "seconds": LOOK_AGAIN}
    response = render(request, "procedures/printout.html", context)
    if shown.under_way and not still:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def printout_file(request: HttpRequest, key: str) -> HttpResponse:
    """The PDF once it is drawn; before that, the page that tells how far it is."""
    shown = get_object_or_404(Printout.objects.defer("data"), key=key)
    content = keeping.file_of(shown)
    if content is None:
        return redirect(shown)
    return answers.pdf(request, content, f"ban-in-{key[:12]}.pdf", fresh=FRESH)


@require_GET
@needs(Right.ENTER)
def workshop(request: HttpRequest) -> HttpResponse:
    """Xưởng in: everything that can be printed, the stacks ordered lately."""
    context = {
        "fields": Field.objects.with_counts(localdate()).order_by("sort_key"),
        "printouts": Printout.objects.defer("data")[:20],
    }
    return render(request, "procedures/workshop.html", context)


@require_POST
@needs(Right.ENTER)
def order_leaflets(request: HttpRequest, slug: str) -> HttpResponse:
    """All leaflets of a field as one PDF, drawn by the queue."""
    field = get_object_or_404(Field.objects.with_counts(localdate()), slug=slug)
    data = {"leaflets": leaflets.of_all(field, localdate())}
    return _ordered(request, PrintoutKind.LEAFLETS, f"Tờ rơi lĩnh vực {field.name}", data)


@require_POST
@needs(Right.ENTER)
def cancel_order(request: HttpRequest, key: str) -> HttpResponse:
    """Hủy a printout that is not finished."""
    if keeping.cancel_printout(key, now()):
        messages.success(request, "Đã hủy bản in.", "done")
    else:
        messages.info(request, "Bản in này không còn gì để hủy.")
    return redirect("procedures:printout", key)


def _ordered(
    request: HttpRequest, kind: PrintoutKind, title: str, data: dict[str, Any]
) -> HttpResponse:
    try:
        ordered = keeping.order(kind, title, data, now())
    except keeping.QueueFull as refusal:
        return _not_now(request, str(refusal))
    name = "procedures:printout_file" if ordered.ready else "procedures:printout"
    return redirect(name, ordered.key)


def _drawn(request: HttpRequest, draw: Callable[[], bytes], name: str) -> HttpResponse:
    """Answer with what ``draw`` draws; without Pango on the machine, with a plain sentence."""
    try:
        content = draw()
    except OSError:
        logger.exception("printing is not available")
        return _not_now(request, NO_PRINTING)
    return answers.pdf(request, content, name, fresh=FRESH)


def _not_now(request: HttpRequest, reason: str) -> HttpResponse:
    back = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {"reason": reason, "back": back}
    return render(request, "procedures/not_printed.html", context, status=503)
