"""The official list of procedures (XLSX): code, title, agencies and field, one row each.

A banner may stand above the row of heads. Several agencies share one cell, one per line. What is
merged in the sheet is one: merged cells below a code give its further agencies. Formulas, error
values and markup are text like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from khanhson_portal.ground.text import one_line, search_key, tidy
from procedures.catalogue.importing.books import open_book
from procedures.catalogue.importing.faults import FileFault
from procedures.catalogue.importing.records import Format, Origin, ProcedureRecord, Value
from procedures.catalogue.importing.texts import said, said_in_a_line

SOURCE = "Danh sách thủ tục hành chính (tệp XLSX)"
ROWS_ABOVE_HEADS = 30
CODE_PLACES = 6  # digits behind the dot of a national code

_HEADS = {
    "code": ["Mã số", "Mã thủ tục", "Mã TTHC", "Mã"],
    "title": ["Tên", "Tên thủ tục", "Tên thủ tục hành chính", "Tên TTHC"],
    "issuer": ["Cơ quan ban hành", "Cơ quan công bố"],
    "implementer": ["Cơ quan thực hiện"],
    "field": ["Lĩnh vực"],
}
_COLUMNS = {search_key(head): name for name, heads in _HEADS.items() for head in heads}


@dataclass
class _Row:
    number: int
    cells: dict[str, str]
    numeric_code: bool = False


def read_list_sheet(data: bytes, name: str) -> list[ProcedureRecord]:
    """Return one record per procedure of every sheet that has the row of heads.

    Raises FileFault for what is no workbook, or has no such sheet.
    """
    book = open_book(data, name)
    sheets = [(sheet, heads) for sheet in book.worksheets if (heads := _heads(sheet))]
    if not sheets:
        raise FileFault(f"{name}: không thấy dòng tiêu đề có “Mã số” và “Tên” trong tệp XLSX.")
    records = [
        _record_of_row(row, name)
        for sheet, heads in sheets
        for row in _rows_of_sheet(sheet, *heads)
    ]
    if not records:
        raise FileFault(f"{name}: tệp XLSX chỉ có dòng tiêu đề.")
    return records


def _heads(sheet: Worksheet) -> tuple[int, dict[int, str]] | None:
    """Return the number of the row of heads and which column holds what."""
    for row in sheet.iter_rows(max_row=ROWS_ABOVE_HEADS):
        columns = {
            cell.column: _COLUMNS[key]
            for cell in row
            if (key := search_key(_text(cell.value))) in _COLUMNS
        }
        if {"code", "title"} <= set(columns.values()):
            return row[0].row, columns
    return None


def _rows_of_sheet(sheet: Worksheet, heads_at: int, columns: dict[int, str]) -> Iterator[_Row]:
    """Yield the rows below the heads; rows that share one merged code are one."""
    merged = _merged(sheet)
    code_column = next(column for column, name in columns.items() if name == "code")
    open_row: _Row | None = None
    for cells in sheet.iter_rows(min_row=heads_at + 1):
        row = _read_row(sheet, cells, columns, merged)
        if open_row and (row.number, code_column) in merged:
            _add_agencies(open_row, row)
        elif any(row.cells.values()):
            if open_row:
                yield open_row
            open_row = row
    if open_row:
        yield open_row


def _merged(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Map every covered cell of a merged range to the cell that shows its value."""
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }


def _read_row(
    sheet: Worksheet,
    cells: tuple[Cell | MergedCell, ...],
    columns: dict[int, str],
    merged: dict[tuple[int, int], tuple[int, int]],
) -> _Row:
    """Return one row; a covered cell of a merged range shows the value of the whole range."""
    number = cells[0].row
    values = {name: cells[column - 1].value for column, name in columns.items()}
    for column, name in columns.items():
        if (number, column) in merged:
            values[name] = sheet.cell(*merged[number, column]).value
    code = _code_of_number(values["code"])
    texts = {name: _text(value) for name, value in values.items()}
    return _Row(number, texts | ({"code": code} if code else {}), numeric_code=bool(code))


def _code_of_number(value: Any) -> str:
    """Return the code that a workbook keeps as a number: 2.00243 for "2.002430"; else ""."""
    if not isinstance(value, float):
        return ""
    code = f"{value:.{CODE_PLACES}f}"
    return code if float(code) == value else ""


def _text(value: Any) -> str:
    return "" if value is None else tidy(str(value))


def _add_agencies(row: _Row, further: _Row) -> None:
    for name in ("issuer", "implementer"):
        lines = [*row.cells.get(name, "").splitlines(), *further.cells.get(name, "").splitlines()]
        if name in row.cells:
            row.cells[name] = "\n".join(dict.fromkeys(lines))


def _record_of_row(row: _Row, name: str) -> ProcedureRecord:
    cells = row.cells
    content: dict[str, Value] = {"title": said_in_a_line(cells["title"])}
    if "field" in cells:
        content["field"] = said_in_a_line(cells["field"])
    if "implementer" in cells:
        content["implementer"] = "\n".join(
            filter(None, map(said, cells["implementer"].split("\n")))
        )
    issuer = said_in_a_line(cells.get("issuer", ""))
    source = f"{SOURCE.removesuffix(')')}, cơ quan ban hành: {issuer})" if issuer else SOURCE
    doubts = ["ô mã số là số, đã viết đủ sáu chữ số"] if row.numeric_code else []
    return ProcedureRecord(
        code=one_line(cells["code"]),
        origins=(Origin(name, row.number, Format.LIST),),
        content=content,
        source=source if len(source) <= 300 else SOURCE,
        doubts=tuple(doubts),
    )
