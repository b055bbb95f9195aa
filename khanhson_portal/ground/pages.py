"""What a person may type into an address: page numbers, searches, codes. Forgiving, bounded."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from khanhson_portal.ground.text import one_line

ROWS = 50


def page_of(rows: Any, number: str | None, size: int = ROWS) -> Page:
    """Return the asked page; nonsense gives the first, too far the last."""
    return Paginator(rows, size).get_page(number)


def asked(request: HttpRequest, name: str, most: int = 200) -> str:
    """Return one value of the query string on one line, tidied and cut; "" when it is missing."""
    return one_line(request.GET.get(name, "")[:most])


def asked_number(request: HttpRequest, name: str) -> int | None:
    """Return a small whole number from the query string, None for anything else."""
    text = asked(request, name, 20)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class CodeConverter:
    """Codes in addresses: letters, digits, dots and dashes; anything else is no address of ours."""

    regex = r"[\w.-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def address_of(request: HttpRequest) -> str:
    """Return the query string without the page number, for the pager."""
    rest = request.GET.copy()
    rest.pop("trang", None)
    return rest.urlencode()
