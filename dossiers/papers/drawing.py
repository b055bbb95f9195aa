"""Drawing a paper from its frozen data: HTML first (what tests read), then PDF."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from dossiers.models import Form, PageSize, Paper, SigningImage
from dossiers.papers import genuine, markup
from dossiers.papers.registry import FIELDS
from dossiers.papers.registry.office import PageNumbers
from dossiers.papers.tables import Table, filled
from khanhson_portal.ground import barcode
from khanhson_portal.ground import pdf as pdf_tool
from khanhson_portal.ground.qr import qr_svg

KEPT_WITH_SIGNATURES = 2  # lines: nobody signs a page that says nothing
LINES = {markup.BlockKind.LINE, markup.BlockKind.COLUMNS}


def html(paper: Paper, *, reprinted: str = "", with_codes: bool = True) -> str:
    """Return the paper as one self-contained page. ``reprinted`` marks a later copy.

    ``with_codes`` False leaves codes and images out: enough to see that form and data agree.
    Raises markup.MarkupError when they do not.
    """
    marks = {"reprinted": reprinted, **(_codes(paper) if with_codes else {})}
    return page(paper.form, paper.data, marks)


def page(form: Form, data: dict[str, Any], marks: dict[str, Any]) -> str:
    """Return one form filled with ``data``; ``marks`` are the codes and images on it."""
    blocks = markup.parse(form.body, data)
    for block in blocks:
        if block.table and not isinstance(data[block.table], list):
            raise markup.MarkupError(f"Bảng {block.table!r} không có dòng nào để in.")
    end = len(blocks) - _closing(blocks)
    context = {
        "form": form,
        "data": data,
        "blocks": blocks[:end],
        "closing": blocks[end:],
        "copies": [part.strip() for part in form.copies.split("|")],
        "tables": {b.table: _table(b.table, data[b.table]) for b in blocks if b.table},
        "numbers_on_top": data.get("so_trang") == PageNumbers.TOP,
        **marks,
    }
    on_roll = form.size == PageSize.ROLL
    return render_to_string("papers/roll.html" if on_roll else "papers/paper.html", context)


def sheets(form: Form, data: dict[str, Any], marks: dict[str, Any]) -> bytes:
    """Return one form filled with ``data`` as PDF; on a roll, just as long as it is."""
    if form.size == PageSize.ROLL:
        return pdf_tool.render_roll(lambda length: page(form, data, {**marks, "length": length}))
    return pdf_tool.render(page(form, data, marks))


def _closing(blocks: list[markup.Block]) -> int:
    """Return how many blocks at the end stay on one page: signatures, and the lines above them."""
    kinds = [block.kind for block in blocks]
    if markup.BlockKind.SIGNATURES not in kinds:
        return 0
    first = kinds.index(markup.BlockKind.SIGNATURES)
    while first and len(kinds) - first <= KEPT_WITH_SIGNATURES and kinds[first - 1] in LINES:
        first -= 1
    return len(kinds) - first


def pdf(paper: Paper, *, reprinted: str = "") -> bytes:
    """Return the paper as PDF: fonts embedded, tagged, titled, the same bytes every time."""
    return sheets(paper.form, paper.data, {"reprinted": reprinted, **_codes(paper)})


def _table(name: str, rows: list[dict[str, Any]]) -> Table:
    layout = FIELDS[name].layout if name in FIELDS else None
    if layout is None:
        raise markup.MarkupError(f"không có bảng nào tên là {name!r}.")
    return filled(layout, rows)


def _codes(paper: Paper) -> dict[str, Any]:
    """Return what only an issued paper carries: its codes, and the images frozen with it."""
    data = paper.data
    images = SigningImage.objects.in_bulk(
        [data[key] for key in ("anh_chu_ky", "anh_con_dau") if data.get(key)]
    )
    sign, seal = images.get(data.get("anh_chu_ky")), images.get(data.get("anh_con_dau"))
    return {
        "qr": qr_svg(data.get("duong_dan_tra_cuu", "")),
        "bars": barcode.svg(data["ma_ho_so"]) if data.get("ma_ho_so") else "",
        "mark": genuine.code_of(paper.pk) if paper.pk else "",
        "mark_qr": qr_svg(genuine.address_of(paper.pk)) if paper.pk else "",
        "signature_image": sign.address if sign else "",
        "seal_image": seal.address if seal else "",
    }
