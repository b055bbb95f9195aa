"""The posted list as files to take away: CSV that Excel opens with its marks, XLSX, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from khanhson_portal.ground import spreadsheets
from khanhson_portal.ground.spreadsheets import Sheet
from procedures.noticeboard.printouts.rows import HEADS, Row

COLUMN = 32  # characters; the longest title would make a column wider than any screen


def _sheet(rows: list[Row]) -> Sheet:
    cells = [[number, *(row[key] for key in HEADS)] for number, row in enumerate(rows, 1)]
    return Sheet("Danh mục", ["STT", *HEADS.values()], cells, [6, *(COLUMN for _ in HEADS)])


def _as_csv(rows: list[Row]) -> tuple[str, bytes]:
    return spreadsheets.CSV, spreadsheets.csv_text(_sheet(rows))


def _as_xlsx(rows: list[Row]) -> tuple[str, bytes]:
    return spreadsheets.XLSX, spreadsheets.xlsx(_sheet(rows))


def _as_json(rows: list[Row]) -> tuple[str, bytes]:
    """The same rows under the names of the import format; nothing runs JSON, nothing is changed."""
    text = json.dumps({"so_thu_tuc": len(rows), "thu_tuc": rows}, ensure_ascii=False, indent=1)
    return "application/json", text.encode()


WRITERS: dict[str, Callable[[list[Row]], tuple[str, bytes]]] = {
    "csv": _as_csv,
    "xlsx": _as_xlsx,
    "json": _as_json,
}
