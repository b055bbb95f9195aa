"""Giấy thật hay giả: whoever holds a paper may ask; nothing personal is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dossiers.models import Paper
from dossiers.papers import genuine as codes
from khanhson_portal.ground.pages import asked


@require_GET
@never_cache
def genuine(request: HttpRequest, code: str = "") -> HttpResponse:
    """``/giay-to/<mã>/`` behind the small QR; ``/giay-to/?ma=`` for a code typed by hand."""
    code = code or asked(request, "ma", 60)
    context: dict[str, object] = {"code": code, "wrong": "", "paper": None}
    if code:
        try:
            found = Paper.objects.select_related("form", "dossier").filter(
                pk=codes.paper_id_of(code)
            )
            context["paper"] = paper = found.first()
            if paper is None:
                context["wrong"] = "Không tìm thấy giấy này. Giấy có thể đã bị xóa khỏi sổ."
            elif paper.voided_at:
                context["newer"] = paper.replacements.valid().last()
        except codes.WrongCode as wrong:
            context["wrong"] = str(wrong)
    response = render(
        request, "dossiers/genuine.html", context, status=404 if context["wrong"] else 200
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
