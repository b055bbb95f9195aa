"""From a file to rows: the heads are found below any banner, in one line or in two.

XLSX and CSV become the same grid first. What is merged downwards in a sheet holds for each of its
rows; a row with a single value (a field's name, a sum, a signature) is no dossier.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dossiers.importing import heads
from khanhson_portal.ground.text import search_key
from procedures.catalogue.importing.books import ZIP, open_book, text_of
from procedures.catalogue.importing.faults import FileFault

ROWS_ABOVE_HEADS = 30
MOST_ROWS = 20_000
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")

Grid = list[tuple[int, list[Any]]]  # row number as the office sees it, values of its cells


@dataclass(frozen=True)
class SheetRow:
    """One row: its number, its raw values and its cells' names, by what the columns hold."""

    number: int
    values: dict[str, Any]
    cells: dict[str, str]

    def place(self, name: str) -> str:
        """Return where a value stands: 'ô F7 (“Ngày nhận”)'."""
        return f"ô {self.cells[name]} (“{heads.label(name)}”)"


def read(data: bytes, name: str) -> list[SheetRow]:
    """Return the rows of every sheet that has heads.

    Raises FileFault with one Vietnamese sentence for a file that has none, or holds no row.
    """
    grids = list(_grids(data, name))
    rows: list[SheetRow] = []
    lacking: list[str] = []
    for grid in grids:
        found = _find_heads(grid, lacking)
        if found:
            rows += _rows(grid[found[0] :], found[1])
    if not rows and lacking:
        raise FileFault(f"{name}: thiếu cột {', '.join(lacking)}. Xem tệp mẫu.")
    if not rows:
        raise FileFault(f"{name}: không thấy hồ sơ nào dưới dòng tiêu đề. Xem tệp mẫu.")
    if len(rows) > MOST_ROWS:
        raise FileFault(f"{name}: có {len(rows)} dòng; mỗi tệp nhiều nhất {MOST_ROWS} dòng.")
    return rows


def _grids(data: bytes, name: str) -> Iterator[Grid]:
    if data.startswith(ZIP):
        for sheet in open_book(data, name, data_only=True).worksheets:
            yield _grid(sheet)
        return
    text = text_of(data, name)
    first = text.splitlines()[:ROWS_ABOVE_HEADS]
    comma = max(",;\t", key=lambda mark: max(line.count(mark) for line in first))
    try:
        yield list(enumerate(csv.reader(io.StringIO(text), delimiter=comma), 1))
    except csv.Error as error:
        raise FileFault(f"{name}: tệp CSV có dấu nháy không khép hoặc ô quá dài.") from error


def _grid(sheet: Worksheet) -> Grid:
    """Return the values of a sheet; what is merged downwards is repeated."""
    covered = {
        (row, area.min_col): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        if area.min_col == area.max_col
        for row in range(area.min_row + 1, area.max_row + 1)
    }
    return [
        (number, [covered.get((number, column), v) for column, v in enumerate(values, 1)])
        for number, values in enumerate(
            islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1000), 1
        )
    ]


def _find_heads(grid: Grid, lacking: list[str]) -> tuple[int, dict[int, str]] | None:
    """Return where the body begins and which column holds what; ``lacking`` says why not."""
    for at, (_, values) in enumerate(grid[:ROWS_ABOVE_HEADS]):
        names = _named(values)
        below = _named(grid[at + 1][1]) if at + 1 < len(grid) else {}
        if len(below) > 1:
            names, at = {**names, **below}, at + 1
        gaps = heads.missing(set(names.values()))
        if not gaps:
            _refuse_twice(names)
            return at + 1, names
        if len(names) > 2 and (not lacking or len(gaps) < len(lacking)):
            lacking[:] = gaps
    return None


def _named(values: list[Any]) -> dict[int, str]:
    keys = ((column, search_key(str(value or ""))) for column, value in enumerate(values))
    return {column: heads.BY_KEY[key] for column, key in keys if key in heads.BY_KEY}


def _refuse_twice(names: dict[int, str]) -> None:
    for column, name in names.items():
        for other, same in names.items():
            if other > column and same == name:
                raise FileFault(
                    f"Hai cột {get_column_letter(column + 1)} và {get_column_letter(other + 1)} "
                    f"đều là “{heads.label(name)}”; hãy bỏ hoặc đổi tên một cột."
                )


def _rows(grid: Grid, names: dict[int, str]) -> list[SheetRow]:
    rows = []
    for number, values in grid:
        filled = {name: values[c] for c, name in names.items() if c < len(values)}
        filled = {name: value for name, value in filled.items() if str(value or "").strip()}
        if len(filled) < 2 or all(_COLUMN_NUMBER.fullmatch(str(v)) for v in filled.values()):
            continue  # empty, a banner, a sum, or the line that numbers the columns
        cells = {name: f"{get_column_letter(c + 1)}{number}" for c, name in names.items()}
        rows.append(SheetRow(number, filled, cells))
    return rows
