"""HTML to PDF with WeasyPrint: fonts and style sheets are prepared once per process.

Papers use tables and floats, never flexbox or grid (a peer's one page took a minute). The result
is tagged (PDF/UA-1), carries its language and title, and is the same bytes for the same HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

STYLE_SHEET = "css/paper.css"
OUR_FONTS = {
    "Liberation-Serif", "Liberation-Serif-Bold", "Liberation-Serif-Italic",
    "Liberation-Serif-Bold-Italic",
}  # fmt: skip
FONT_NAME = re.compile(rb"/FontName /[A-Z]{6}\+([\w-]+?)/")


class PrintingUnavailable(Exception):
    """Pango or the font is missing; ``str()`` is one Vietnamese line for the administrator."""


@lru_cache(maxsize=1)
def _prepared() -> tuple[CSS, FontConfiguration, URLFetcher]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    sheet = Path(settings.BASE_DIR) / "static" / STYLE_SHEET
    return CSS(string=sheet.read_text(), font_config=fonts, url_fetcher=fetcher), fonts, fetcher


def render(html: str, *, compressed: bool = True) -> bytes:
    """Return ``html`` as PDF bytes. Only data: addresses are read, nothing from disk or network."""
    from weasyprint import HTML

    style, fonts, fetcher = _prepared()
    document = HTML(string=html, url_fetcher=fetcher)
    content = document.write_pdf(
        stylesheets=[style],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        uncompressed_pdf=not compressed,
    )
    return bytes(content)


def lay_out(html: str) -> Any:
    """Return ``html`` as a WeasyPrint document of pages, to be bound with others."""
    from weasyprint import HTML

    style, fonts, fetcher = _prepared()
    return HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )


def bind(documents: list[Any]) -> bytes:
    """Return the pages of several documents as one PDF."""
    pages = [page for document in documents for page in document.pages]
    return bytes(documents[0].copy(pages).write_pdf())


@dataclass(frozen=True)
class Measure:
    """How many pages a document takes and which fonts it was drawn in."""

    pages: int
    fonts: set[str]


def measure(html: str) -> Measure:
    """Draw ``html`` and return its pages and fonts, without keeping the file."""
    from weasyprint import HTML

    style, fonts, fetcher = _prepared()
    document = HTML(string=html, url_fetcher=fetcher).render(stylesheets=[style], font_config=fonts)
    content = document.write_pdf(uncompressed_pdf=True)
    names = {name.decode() for name in FONT_NAME.findall(content)}
    return Measure(len(document.pages), names)


def check_printing() -> None:
    """Raise PrintingUnavailable unless a page is drawn in Liberation Serif and nothing else.

    Version 1 of that font lacks most Vietnamese letters: they would come from another font.
    """
    try:
        content = render('<html lang="vi"><title>Thử</title><p>Ơ ừ đ ậ ỹ</p>', compressed=False)
    except OSError as error:
        raise PrintingUnavailable(
            "Không in được giấy tờ: thiếu thư viện Pango. "
            "Hãy cài: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        ) from error
    used = set(FONT_NAME.findall(content))
    if used != {b"Liberation-Serif"}:
        raise PrintingUnavailable(
            "Không in được giấy tờ đúng mẫu: thiếu phông Liberation Serif đủ chữ Việt (bản 2). "
            "Hãy cài: apt-get install fonts-liberation2"
        )
