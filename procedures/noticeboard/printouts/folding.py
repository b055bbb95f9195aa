"""Folding: a leaflet on two sides of one A4, set as large as it fits, shortened when it must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from khanhson_portal.ground import pdf
from khanhson_portal.ground.qr import qr_svg

if TYPE_CHECKING:
    from weasyprint import Document

SIDES = 2
# size of type, most items of a section, most characters of an item or a text
SETTINGS = [
    ("large", 99, 2000),
    ("middle", 99, 2000),
    ("small", 99, 2000),
    ("small", 40, 220),
    ("small", 26, 160),
    ("small", 18, 120),
    ("small", 12, 100),
    ("small", 7, 80),
    ("small", 4, 60),
]
MOST_CHARACTERS = {"large": 2400, "middle": 3400, "small": 4300}  # that a side can hold at all
COUNTS = 80  # characters; longer brackets at the end of an item are no mere counts
TITLES = [(60, "huge"), (140, "large"), (320, "middle"), (700, "small")]


def fit(leaflet: Mapping[str, Any]) -> Document:
    """Return the leaflet laid out on two sides: the largest setting that holds it."""
    hopeful = [setting for setting in SETTINGS[:-1] if _may_fit(leaflet, *setting)]
    for setting in hopeful:
        document = pdf.lay_out(leaflet_html(leaflet, *setting), pdf.POSTERS)
        if len(document.pages) == SIDES:
            return document
    return pdf.lay_out(leaflet_html(leaflet, *SETTINGS[-1]), pdf.POSTERS)


def leaflet_html(leaflet: Mapping[str, Any], size: str, items: int, characters: int) -> str:
    title = leaflet["title"]
    context = {
        **leaflet,
        "inside": _shortened(leaflet["inside"], items, characters),
        "back": _shortened(leaflet["back"], items, characters),
        "size": size,
        "outer_size": "middle" if size == "small" else size,
        "title_size": next((name for most, name in TITLES if len(title) <= most), "tiny"),
        "qr": qr_svg(leaflet["address"]),
    }
    return render_to_string("papers/leaflet.html", context)


def _may_fit(leaflet: Mapping[str, Any], size: str, items: int, characters: int) -> bool:
    """Whether trying is worth the time: more letters than a side holds never fit."""
    sections = _shortened(leaflet["inside"], items, characters)
    letters = sum(len(s["text"]) + sum(map(len, s["items"])) for s in sections)
    return letters <= MOST_CHARACTERS[size]


def _shortened(
    sections: Sequence[Mapping[str, Any]], items: int, characters: int
) -> list[dict[str, Any]]:
    """Cut every text, and the papers of all groups together to ``items``; steps stay whole."""
    kept: list[dict[str, Any]] = []
    room, left_out = items, 0
    for section in sections:
        found = section.get("items", [])
        most = room if section.get("style") == "ticks" else items
        shown = found[:most]
        if section.get("style") == "ticks":
            room -= len(shown)
            left_out += len(found) - len(shown)
            if not shown:
                kept[-1]["more"] = left_out
                continue
        kept.append(
            {
                **section,
                "items": [_cut_item(item, characters) for item in shown],
                "text": _cut_at_word(section.get("text", ""), 2 * characters),
                "sub": _cut_at_word(section.get("sub", ""), characters),
                "more": len(found) - len(shown),
            }
        )
    return kept


def _cut_at_word(text: str, most: int) -> str:
    """Return ``text``, or its beginning up to the end of a word with "…"."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;.:") + " …"


def _cut_item(text: str, most: int) -> str:
    """Cut an item but keep the counts in brackets at its end: "Tờ khai … (2 bản chính)"."""
    head, opening, counts = text.rpartition(" (")
    if len(text) <= most or not opening or not counts.endswith(")") or len(counts) > COUNTS:
        return _cut_at_word(text, most)
    return f"{_cut_at_word(head, most)} ({counts}"
