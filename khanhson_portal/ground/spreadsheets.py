"""Files for spreadsheets: XLSX and CSV with Vietnamese letters whole, and no cell that calculates.

A cell that begins with a sign of calculation would be run by the spreadsheet of whoever opens the
file, with their rights; what a citizen typed stands in such cells. The guard is an apostrophe, as
spreadsheets themselves mark text; ``as_typed`` takes it away again when a file comes back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tablib
from django.utils.timezone import is_aware, make_naive
from import_export.formats import base_formats
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

CALCULATES = "=+-@＝＋－＠"  # the full-width forms are read as signs in East Asian spreadsheets
BREAKS = "\t\r\n"  # a cell that begins so falls apart into cells of which one may calculate
LONGEST = 32_767  # characters in a cell of XLSX
WIDEST = 60  # characters of a column that was given no width
HEAD_FILL = PatternFill("solid", fgColor="E4F0EA")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # XLSX refuses them
_NOT_IN_A_TITLE = re.compile(r"[\\/*?:\[\]]")


@dataclass(frozen=True)
class Sheet:
    """One table: a row of heads, rows below. ``widths`` in characters, one per column.

    ``text_columns`` (from 0) hold digits that are no numbers: a leading 0 typed there stays.
    """

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]  # str, int, float, date, datetime, None
    widths: Sequence[int] = ()
    text_columns: Iterable[int] = ()


def harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet calculates with or chokes on; numbers and dates stay."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return make_naive(cell) if is_aware(cell) else cell
    if isinstance(cell, (bool, int, float, date)):
        return cell
    text = _CONTROL.sub("", str(cell))
    runs = text[:1] in BREAKS or text.lstrip()[:1] in CALCULATES
    return f"'{text}" if text.strip() and runs else text


def as_typed(text: str) -> str:
    """Return what stood in a cell before ``harmless`` marked it."""
    marked = text[:1] == "'" and harmless(text[1:]) == text
    return text[1:] if marked else text


def xlsx(*sheets: Sheet) -> bytes:
    """Return the sheets as one workbook, the heads fixed above the rows."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book.create_sheet(_NOT_IN_A_TITLE.sub(" ", sheet.title)[:31]), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_text(sheet: Sheet) -> bytes:
    """Return a sheet as CSV in UTF-8 with its byte order mark: Excel reads gibberish without."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(head) for head in sheet.heads])
    writer.writerows([harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def write_csv(path: Path, sheet: Sheet) -> None:
    """Write a sheet as CSV for a spreadsheet. Raises OSError."""
    path.write_bytes(csv_text(sheet))


def plain_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV that our own readers read, not people: nothing is marked."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    rows = [[_fitting(harmless(cell)) for cell in row] for row in sheet.rows]
    # a write-only page wants its columns described before its rows
    for number in range(len(sheet.heads)):
        column = page.column_dimensions[get_column_letter(number + 1)]
        column.width = _width(sheet, rows, number)
        if number in sheet.text_columns:
            column.number_format = "@"
    page.freeze_panes = "A2"
    page.append([_head(page, head) for head in sheet.heads])
    for row in rows:
        page.append(row)


def _head(page: Any, head: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, harmless(head))
    cell.font, cell.fill = Font(bold=True), HEAD_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _fitting(cell: Any) -> Any:
    return f"{cell[: LONGEST - 1]}…" if isinstance(cell, str) and len(cell) > LONGEST else cell


def _width(sheet: Sheet, rows: list[list[Any]], number: int) -> int:
    if sheet.widths:
        return sheet.widths[number]
    cells = [row[number] for row in rows[:200] if number < len(row)]
    longest = max((len(str(cell)) for cell in [sheet.heads[number], *cells]), default=0)
    return min(longest + 2, WIDEST)


class _Guarded:
    """What the admin exports goes through the same guard (``IMPORT_EXPORT_ESCAPE_FORMULAE…``)."""

    def _escape_formulae(self, dataset: tablib.Dataset) -> None:
        for _ in range(len(dataset)):
            dataset.append([harmless(cell) for cell in dataset.lpop()])


class AdminCsv(_Guarded, base_formats.CSV):
    CONTENT_TYPE = CSV

    def export_data(self, dataset: tablib.Dataset, **options: Any) -> str:
        return "\ufeff" + str(super().export_data(dataset, **options))


class AdminXlsx(_Guarded, base_formats.XLSX):
    pass


class AdminJson(base_formats.JSON):
    """Nothing calculates with JSON, so nothing in it is marked."""

    def _escape_formulae(self, dataset: tablib.Dataset) -> None:
        pass


ADMIN_FORMATS = [AdminCsv, AdminXlsx, AdminJson]
