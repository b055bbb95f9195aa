"""How fast papers are drawn: a receipt against bare WeasyPrint, a batch on both cores.

``main()`` prints ratios and seconds; the budget of a receipt in the request is 1.2.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

RUNS = 15
SHEETS = 120
REGISTER_ROWS = 2000


def ratio() -> float:
    """Return the time of a receipt (HTML and PDF) over that of the bare library on its HTML."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from dossiers.papers import drawing, samples
    from khanhson_portal.ground import pdf

    form, data = _form("tiep-nhan"), samples.usual()
    page = drawing.page(form, data, samples.marks())
    sheet = (pdf.settings.BASE_DIR / "static" / pdf.PAPERS).read_text()
    fonts = FontConfiguration()
    style = CSS(string=sheet, font_config=fonts)

    def ours() -> bytes:
        return pdf.render(drawing.page(form, data, samples.marks()))

    def bare() -> bytes:
        document = HTML(string=page)
        return document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")

    return _compare(ours, bare)


def batch(workers: int) -> float:
    """Return the seconds that ``SHEETS`` receipts take on ``workers`` processes."""
    _draw_many(2)
    begun = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_draw_many, [SHEETS // workers] * workers))
    return time.perf_counter() - begun


def register() -> float:
    """Return the seconds that a volume of 2,000 rows takes, without the database."""
    from django.template.loader import render_to_string

    from dossiers.papers import register as module
    from dossiers.papers.registry.invented import SHORT_ROW
    from dossiers.papers.registry.tables import REGISTER_LAYOUT
    from dossiers.papers.tables import filled
    from khanhson_portal.ground import pdf

    rows = [{**SHORT_ROW, "stt": number} for number in range(1, REGISTER_ROWS + 1)]
    form = _form("so-theo-doi")
    begun = time.perf_counter()
    pieces = []
    for start in range(0, REGISTER_ROWS, module.ROWS_AT_ONCE):
        piece = filled(REGISTER_LAYOUT, rows[start : start + module.ROWS_AT_ONCE])
        html = render_to_string(
            "papers/register.html", {"form": form, "table": piece, "first_page": 2}
        )
        pieces.append(pdf.lay_out(html))
    pdf.join(pieces)
    return time.perf_counter() - begun


def measure() -> None:
    print(f"receipt / bare WeasyPrint: {ratio():.2f} (budget 1.20)")
    one, two = batch(1), batch(2)
    print(f"{SHEETS} receipts: {one:.1f} s on one core, {two:.1f} s on two ({one / two:.2f} ×)")
    print(f"register of {REGISTER_ROWS} rows: {register():.1f} s")


def _form(kind: str) -> Any:
    """Return a form as it comes along, unsaved: no database is needed."""
    import tomllib

    from dossiers.models import Form
    from dossiers.reference import FORMS

    known = tomllib.loads((FORMS / "qd-14-2015.toml").read_text())["form"]
    return Form(**next(form for form in known if form["kind"] == kind))


def _draw_many(count: int) -> None:
    import django

    django.setup()
    from dossiers.papers import drawing, samples
    from khanhson_portal.ground import pdf

    form = _form("tiep-nhan")
    for _ in range(count):
        pdf.render(drawing.page(form, samples.usual(), samples.marks()))


def _compare(first: Callable[[], object], second: Callable[[], object]) -> float:
    """Return the median CPU time of ``first`` over that of ``second``, measured turn by turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS + 2):
        for kept, work in zip(times, (first, second), strict=True):
            begun = time.process_time()  # of this process: neighbours on the machine do not count
            work()
            kept.append(time.process_time() - begun)
    return statistics.median(times[0][2:]) / statistics.median(times[1][2:])


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khanhson_portal.settings")
    import django

    django.setup()
    measure()
