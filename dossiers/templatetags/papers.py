"""Template words of the paper templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# A unit of government and its name, at the end of a letterhead: no line is broken inside it.
PLACE = re.compile(
    r"\b(?:TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU) .+$", re.IGNORECASE
)
LAST_WORDS = 3  # of an office's name: no word of it stands alone on a line
NO_BREAK = "\u00a0"


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """Return ``mapping[key]``: a table by its name."""
    return mapping[key]


@register.filter
def printed(runs: Iterable[tuple[str, bool]]) -> SafeString:
    """Return printed words and filled-in values of one line; web addresses stay in one piece."""
    return mark_safe("".join(_run(text, filled) for text, filled in runs))  # noqa: S308 - escaped


def _run(text: str, filled: bool) -> SafeString:
    if not filled:
        return format_html("{}", text)
    css = "value address" if "://" in text else "value"
    return format_html('<b class="{}">{}</b>', css, linebreaksbr(text))


@register.filter
def unbroken(name: str) -> str:
    """Return a letterhead that breaks before "HUYỆN KHÁNH SƠN" or "TRẢ KẾT QUẢ", never inside."""
    found = PLACE.search(name)
    end = found[0] if found else " ".join(name.split(" ")[-LAST_WORDS:])
    return name.removesuffix(end) + end.replace(" ", NO_BREAK)
