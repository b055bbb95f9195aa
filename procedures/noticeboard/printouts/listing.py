"""Drawing the posted list: official head, one table per field, its heads on every page.

A long list is laid out in pieces, because WeasyPrint holds a whole document in memory; a second
round then writes the true "Trang n/N" on every piece.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string

from khanhson_portal.ground import pdf

PIECE = 500  # rows laid out at once
Progress = Callable[[int], None]


def pieces(data: dict[str, Any]) -> int:
    """Return how many layouts a list takes, so that progress can be told."""
    count = -(-len(data["rows"]) // PIECE) or 1
    return count if count == 1 else 2 * count


def draw_list(data: dict[str, Any], progress: Progress = lambda done: None) -> bytes:
    """Return the frozen list as PDF; ``progress`` hears after every piece, and may raise."""
    rows = [{**row, "number": n} for n, row in enumerate(data["rows"], 1)]
    parts = [rows[at : at + PIECE] for at in range(0, len(rows), PIECE)] or [[]]
    if len(parts) == 1:
        return pdf.render(_html(data, rows, first=True, last=True), sheet=pdf.POSTERS)
    counts = []
    for number, part in enumerate(parts):
        counts.append(len(_lay_out(data, parts, number, part, 0, 0).pages))
        progress(number + 1)
    documents = []
    for number, part in enumerate(parts):
        before = sum(counts[:number])
        documents.append(_lay_out(data, parts, number, part, before, sum(counts)))
        progress(len(parts) + number + 1)
    return pdf.join(documents)


def _lay_out(
    data: dict[str, Any], parts: list[list[Any]], number: int, part: list[Any], before: int, of: int
) -> Any:
    first, last = number == 0, number == len(parts) - 1
    html = _html(data, part, first=first, last=last, before=before, of=of)
    return pdf.lay_out(html, pdf.POSTERS)


def _html(
    data: dict[str, Any],
    rows: list[dict[str, Any]],
    *,
    first: bool,
    last: bool,
    before: int = 0,
    of: int = 0,
) -> str:
    groups = [(name, list(found)) for name, found in groupby(rows, key=lambda r: r["linh_vuc"])]
    context = {
        "data": data,
        "groups": groups,
        "first": first,
        "last": last,
        "page": before + 1,
        "of": of,
    }
    return render_to_string("papers/list.html", context)
