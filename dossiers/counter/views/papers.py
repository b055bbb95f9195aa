"""Giấy tờ of the desk: one paper with its copies, voiding it, issuing more, the proof of all."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from dossiers.acts.rights import may_see
from dossiers.models import Dossier, FormKind, Paper, ViewLog
from dossiers.papers import audit, genuine, issuing, keeping, voiding
from dossiers.papers.kinds import ON_DEMAND
from dossiers.papers.matter import Issuer
from khanhson_portal.ground import answers, spreadsheets
from khanhson_portal.ground.moments import month_bounds
from khanhson_portal.ground.pages import asked, page_of
from khanhson_portal.ground.presses import press_of
from procedures.offices.access import may, needs, officer_of, reach_of
from procedures.offices.rights import Right


@require_GET
@needs(Right.SEE_DOSSIERS)
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """One issued paper: its facts, the original, a marked copy, and voiding where allowed."""
    found = _paper(request, paper_id)
    context = {
        "paper": found,
        "mark": genuine.code_of(found.pk),
        "may_void": _may_void(request, found) and not found.voided_at,
        "replacement": (found.replaces or found).replacements.valid().last(),
        "reason": asked(request, "ly-do", 300),
    }
    return render(request, "dossiers/paper.html", context)


@require_GET
@needs(Right.SEE_DOSSIERS)
def pdf(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The paper byte for byte as issued; ``?ban-sao`` a copy marked with the time."""
    found = _paper(request, paper_id)
    try:
        copied = "ban-sao" in request.GET
        content = keeping.copy(found, now()) if copied else keeping.original(found)
    except keeping.PaperDamaged as damage:
        return render(request, "dossiers/damaged.html", {"why": str(damage)}, status=503)
    return answers.pdf(request, content, f"{found.kind}-{found.pk}.pdf")


@require_POST
@needs(Right.VOID_PAPERS)
def void(request: HttpRequest, paper_id: int) -> HttpResponse:
    found = _paper(request, paper_id)
    if not _may_void(request, found):
        raise PermissionDenied("Giấy này do đơn vị khác phát hành.")
    again = "lap-lai" in request.POST
    reason = request.POST.get("ly-do", "")
    try:
        newer = voiding.void(found.pk, _issuer(request), reason=reason, again=again)
    except voiding.VoidRefused as refusal:
        messages.error(request, str(refusal), "error")
        context = {"paper": found, "may_void": True, "reason": reason,
                   "mark": genuine.code_of(found.pk)}  # fmt: skip
        return render(request, "dossiers/paper.html", context, status=400)
    told = f"Đã hủy {found}." + (" Đã lập giấy mới." if newer else "")
    messages.success(request, told, "done")
    return redirect("dossiers:paper_page", (newer or found).pk)


@require_POST
@needs(Right.ISSUE_PAPERS)
def issue(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Issue a paper that needs no act: a control sheet, a fee receipt, an evaluation slip."""
    if kind not in ON_DEMAND:
        raise Http404(kind)
    dossier = get_object_or_404(
        Dossier.objects.for_file().select_related("holder").named(code), code__isnull=False
    )
    if not {dossier.desk_id, dossier.holder_id} & reach_of(request).agencies:
        raise PermissionDenied("Hồ sơ này thuộc đơn vị khác.")
    try:
        made = issuing.issue_on_demand(FormKind(kind), dossier, _issuer(request))
    except issuing.PaperFailed as failure:
        messages.error(request, str(failure), "error")
        return redirect(dossier)
    return redirect("dossiers:paper_page", made.pk)


@require_GET
@needs(Right.SEE_PROOF)
def proof(request: HttpRequest) -> HttpResponse:
    """Tài liệu kiểm chứng of one month, up to now; ``?dinh-dang=xlsx`` as a workbook."""
    today = localdate()
    year, month = _month(asked(request, "thang", 7)) or (today.year, today.month)
    start, end = month_bounds(year, month)
    end = min(end, now())
    desks = reach_of(request).agencies
    if asked(request, "dinh-dang") == "xlsx":
        book = audit.export(desks, start, end)
        name = f"tai-lieu-kiem-chung-{year}-{month:02}.xlsx"
        return answers.file(request, book, name, spreadsheets.XLSX)
    letters = audit.letters(desks, start, end)
    lines = audit.lines(desks, start, end, letters)
    context = {
        "lines": lines,
        "done": sum(line.done for line in lines),
        "missing": sum(line.missing for line in lines),
        "late": page_of(letters.lacking, request.GET.get("trang")),
        "page": page_of(audit.missing_list(desks, start, end), request.GET.get("trang")),
        "address": f"thang={year}-{month:02}",
        "gaps": audit.number_gaps(desks, year),
        "month": f"{year}-{month:02}",
        "start": start,
    }
    return render(request, "dossiers/proof.html", context)


def _month(text: str) -> tuple[int, int] | None:
    year, _, month = text.partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return None
    found = int(year), int(month)
    return found if 2000 <= found[0] <= 2100 and 1 <= found[1] <= 12 else None


def _paper(request: HttpRequest, paper_id: int) -> Paper:
    """Return a paper the officer may see: through its dossier, else through who issued it."""
    found = get_object_or_404(
        Paper.objects.select_related(
            "form", "dossier", "agency__parent", "issued_by", "voided_by", "replaces"
        ),
        pk=paper_id,
    )
    officer, today = officer_of(request), localdate()
    if found.dossier:
        if not may_see(officer, found.dossier, today):
            raise PermissionDenied("Giấy này thuộc đơn vị khác.")
        ViewLog.objects.create(officer=officer, dossier=found.dossier, page="giấy tờ")
    elif found.agency_id not in may(request, Right.SEE_DOSSIERS):
        raise PermissionDenied("Giấy này thuộc đơn vị khác.")
    return found


def _may_void(request: HttpRequest, found: Paper) -> bool:
    """Whether the right to void counts where it was issued, or at the file's desk."""
    places = {found.agency_id, found.dossier.desk_id if found.dossier else found.agency_id}
    return bool(may(request, Right.VOID_PAPERS).agencies & places)


def _issuer(request: HttpRequest) -> Issuer:
    """Return whose hand: the officer under the first post of today."""
    officer = officer_of(request)
    posts = officer.posts_on(localdate())
    return Issuer(officer, posts[0] if posts else None, now(), press_of(request))
