"""The table of channels in other clothes: a sheet or a JSON list with the same heads, made CSV."""

from __future__ import annotations

import io
import json
from typing import Any

from openpyxl import load_workbook

from khanhson_portal.ground.spreadsheets import plain_csv
from khanhson_portal.ground.text import one_line
from procedures.catalogue.importing.channel_csv import NEEDED


def csv_of_sheet(data: bytes) -> str:
    """Return the first sheet of a workbook as CSV where its first row has the heads, else ""."""
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=False).active
    except Exception:  # what is no workbook is named by the reader of lists
        return ""
    if sheet is None:
        return ""
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    ragged = [[_shown_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    widest = max(map(len, ragged), default=0)
    rows = [row + [""] * (widest - len(row)) for row in ragged]
    heads = [one_line(head).lower() for head in rows[0]] if rows else []
    return _csv_of_rows(rows) if set(heads) >= NEEDED else ""


def csv_of_json(text: str) -> str:
    """Return a JSON list of rows as CSV where its rows have the heads, else ""."""
    try:
        rows = json.loads(text)
    except ValueError:
        return ""
    if not (isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)):
        return ""
    heads = list(dict.fromkeys(str(head) for row in rows for head in row))
    if not set(heads) >= NEEDED:
        return ""
    return _csv_of_rows([heads, *([_shown_cell(row.get(head)) for head in heads] for row in rows)])


def _csv_of_rows(rows: list[list[str]]) -> str:
    return plain_csv(row for row in rows if any(row))


def _shown_cell(value: Any) -> str:
    return "" if value is None else str(value)
