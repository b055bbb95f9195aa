"""Giấy thật hay giả: whoever holds a paper may ask; nothing personal is shown."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dossiers.models import Paper
from dossiers.papers import genuine as codes
from khanhson_portal.ground.brake import Brake, TooFast, sender
from khanhson_portal.ground.pages import asked

GUESSING = Brake(
    "paper",
    window=timedelta(minutes=15),
    per_address=30,
    of_all=500,
    pace=timedelta(seconds=10),
)


@require_GET
@never_cache
def genuine(request: HttpRequest, code: str = "") -> HttpResponse:
    """``/giay-to/<mã>/`` behind the small QR; ``/giay-to/?ma=`` for a code typed by hand."""
    code = code or asked(request, "ma", 60)
    context: dict[str, object] = {"code": code, "wrong": "", "paper": None}
    status = 0
    if code:
        try:
            GUESSING.check(sender(request), now())
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
            if isinstance(wrong, codes.MadeUp):
                GUESSING.count(sender(request), now())
        except TooFast as guessed:
            context["wrong"] = (
                "Từ đây vừa có nhiều mã không đúng. Bà con chờ đến "
                f"{localtime(guessed.told):%H:%M} rồi kiểm tra lại, hoặc gọi nơi phát hành giấy."
            )
            status = 429
    status = status or (404 if context["wrong"] else 200)
    response = render(request, "dossiers/genuine.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
