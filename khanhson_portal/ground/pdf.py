"""HTML to PDF with WeasyPrint: fonts and style sheets are prepared once per process.

Papers use tables and floats, never flexbox or grid (a peer's one page took a minute). The result
is tagged (PDF/UA-1), carries its language and title, and is the same bytes for the same HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

PAPERS = "css/paper.css"  # slips and letters of a dossier
POSTERS = "css/posters.css"  # lists for the board, leaflets
LONGEST_ROLL = 2000  # mm
ROLL_TAIL = 6  # mm below the last line: the cutter needs it
PX_PER_MM = 96 / 25.4
VARIANT = "pdf/ua-1"
OUR_PICTURES = ("data:image/png;base64,", "data:image/svg+xml;base64,")
LARGEST_PICTURE = 2_000_000  # characters of its address
OUR_FONTS = {
    "Liberation-Serif", "Liberation-Serif-Bold", "Liberation-Serif-Italic",
    "Liberation-Serif-Bold-Italic",
}  # fmt: skip
FONT_NAME = re.compile(rb"/FontName /[A-Z]{6}\+([\w-]+?)/")


class PrintingUnavailable(Exception):
    """Pango or the font is missing; ``str()`` is one Vietnamese line for the administrator."""


@lru_cache(maxsize=4)
def _prepared(sheet: str) -> tuple[CSS, FontConfiguration, URLFetcher]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    class OwnPictures(URLFetcher):
        """Knows the pictures that the portal itself puts into a page, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(OUR_PICTURES) or len(url) > LARGEST_PICTURE:
                raise ValueError("no picture of the portal's own")
            return super().fetch(url, headers)

    fonts = FontConfiguration()
    fetcher = OwnPictures(allowed_protocols=["data"], fail_on_errors=True)
    text = (Path(settings.BASE_DIR) / "static" / sheet).read_text()
    return CSS(string=text, font_config=fonts, url_fetcher=fetcher), fonts, fetcher


def render(html: str, *, sheet: str = PAPERS, compressed: bool = True) -> bytes:
    """Return ``html`` as PDF bytes. Its own pictures are read, nothing from disk or network."""
    return join([lay_out(html, sheet)], compressed=compressed)


def lay_out(html: str, sheet: str = PAPERS) -> Document:
    """Return the pages of ``html``, laid out but not yet written; ``len(….pages)`` counts them."""
    from weasyprint import HTML

    style, fonts, fetcher = _prepared(sheet)
    source = HTML(string=html, url_fetcher=fetcher)
    return source.render(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)


def render_roll(html_of: Callable[[int], str]) -> bytes:
    """Return one page just as long as its content, for a printer of paper on a roll.

    ``html_of`` makes the page of a length in mm; the last element has the id "end".
    """
    long = lay_out(html_of(LONGEST_ROLL))
    end = max(long.pages[0].anchors["end"][1::2]) / PX_PER_MM
    return render(html_of(ceil(end) + ROLL_TAIL))


def join(documents: list[Document], *, compressed: bool = True) -> bytes:
    """Return all pages as one PDF with the title and language of the first document."""
    pages = [page for document in documents for page in document.pages]
    whole = documents[0].copy(pages)
    return bytes(whole.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=not compressed))


@dataclass(frozen=True)
class Measure:
    """How many pages a document takes and which fonts it was drawn in."""

    pages: int
    fonts: set[str]


def measure(html: str) -> Measure:
    """Draw ``html`` and return its pages and fonts, without keeping the file."""
    from weasyprint import HTML

    style, fonts, fetcher = _prepared(PAPERS)
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
