"""Drawing a paper from its frozen data: HTML first (what tests read), then PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from dossiers.models import Paper
from dossiers.papers import markup
from khanhson_portal import pdf as pdf_tool
from khanhson_portal.qr import qr_svg

TABLES: dict[str, list[tuple[str, str, str]]] = {
    # name of the table: (head, key of the row, css class); heads are the official ones (§2.3)
    "giay_to": [
        ("Thành phần hồ sơ", "ten", ""),
        ("Bản chính", "ban_chinh", "count"),
        ("Bản chứng thực", "chung_thuc", "count"),
        ("Bản photo", "ban_sao", "count"),
    ],
}


@dataclass(frozen=True)
class Table:
    heads: list[tuple[str, str]]
    rows: list[list[tuple[Any, str]]]


def html(paper: Paper, *, reprinted: str = "", with_codes: bool = True) -> str:
    """Return the paper as one self-contained page. ``reprinted`` marks a later copy.

    ``with_codes`` False leaves the QR code out: enough to see that form and data agree.
    Raises markup.MarkupError when they do not.
    """
    data = paper.data
    blocks = markup.parse(paper.form.body, data)
    context = {
        "paper": paper,
        "form": paper.form,
        "data": data,
        "blocks": blocks,
        "tables": {block.table: _table(block.table, data) for block in blocks if block.table},
        "qr": qr_svg(data.get("duong_dan_tra_cuu", "")) if with_codes else "",
        "reprinted": reprinted,
    }
    return render_to_string("papers/paper.html", context)


def pdf(paper: Paper, *, reprinted: str = "") -> bytes:
    """Return the paper as PDF: fonts embedded, tagged, titled, the same bytes every time."""
    return pdf_tool.render(html(paper, reprinted=reprinted))


def _table(name: str, data: dict[str, Any]) -> Table:
    columns = TABLES[name]
    heads = [(head, css) for head, _, css in columns]
    rows = [[(row[key] or "", css) for _, key, css in columns] for row in data[name]]
    return Table(heads, rows)
