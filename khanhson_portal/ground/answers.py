"""Files as answers: PDF, spreadsheets, pictures, with every header they need and none left out.

A browser keeps nothing of a file unless the view says for how long; no cache between ever does,
and no search engine lists one that may not be kept.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from typing import Any
from urllib.parse import quote

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from khanhson_portal.ground.text import fold, one_line

PDF = "application/pdf"
LONGEST_NAME = 120
_UNFIT = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|%;]+')
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def pdf(
    request: HttpRequest, content: bytes, name: str, *, fresh: int = 0, attached: bool = False
) -> HttpResponse:
    """Return a PDF, shown in the browser unless ``attached``; ``name`` is its name when saved.

    ``fresh``: seconds for which the visitor's own browser may keep it; 0 keeps nothing.
    """
    return file(request, content, name, PDF, fresh=fresh, attached=attached)


def file(
    request: HttpRequest,
    content: bytes,
    name: str,
    content_type: str,
    *,
    fresh: int = 0,
    attached: bool = True,
) -> HttpResponse:
    """Return ``content`` as a file to save (or to show, not ``attached``); ``fresh`` as above."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Length"] = str(len(content))
    _describe(response, name, fresh=fresh, attached=attached)
    if not fresh:
        return response
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def stored(
    opened: File[Any],
    name: str,
    content_type: str = "",
    *,
    fresh: int = 0,
    attached: bool = False,
) -> HttpResponseBase:
    """Return a file of the storage piece by piece; ``opened`` is closed with the answer.

    Without ``content_type`` the ending of ``name`` says what it is.
    """
    kind = content_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(opened, content_type=kind)
    _describe(response, name, fresh=fresh, attached=attached)
    return response


def disposition(name: str, *, attached: bool) -> str:
    """Return Content-Disposition with the name as it is (RFC 5987) and without marks (RFC 6266)."""
    name = _UNFIT.sub("-", one_line(name)).strip(". -")[-LONGEST_NAME:] or "tep"
    plain = _NOT_PLAIN.sub("-", _without_marks(name)).strip("-") or "tep"
    way = "attachment" if attached else "inline"
    if plain == name:
        return f'{way}; filename="{name}"'
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _without_marks(text: str) -> str:
    return "".join(fold(char).upper() if char.isupper() else fold(char) for char in text)


def _describe(response: HttpResponseBase, name: str, *, fresh: int, attached: bool) -> None:
    response.headers["Content-Disposition"] = disposition(name, attached=attached)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if fresh:
        response.headers["Cache-Control"] = f"private, max-age={fresh}"
    else:
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
