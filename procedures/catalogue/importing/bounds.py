"""How far a workbook reaches, read from its parts before anything is built of it.

A few kilobytes can hold a cell at XFD1048576, a merged range or a link over a whole sheet: whoever
builds the cells between grows to gigabytes. Office programs never need such files.
"""

from __future__ import annotations

import io
import re
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from openpyxl.utils import column_index_from_string, get_column_letter

from procedures.catalogue.importing.faults import FileFault

LARGEST_UNPACKED = 20_000_000  # bytes of all parts together
MOST_PARTS = 500
LAST_ROW, LAST_COLUMN = 100_000, 500
MOST_CELLS = 1_000_000  # of one sheet, the empty ones between counted
MOST_MERGED = 200_000  # cells under merged ranges and links of one sheet
PIECE = 64 * 1024
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_SPREAD = {"mergeCell", "hyperlink", "f"}  # elements whose range is filled with cells


def check(data: bytes, name: str) -> None:
    """Raise FileFault with one Vietnamese sentence for a workbook that no office wrote."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
                raise FileFault(
                    f"{name}: tệp XLSX bung ra lớn hơn {LARGEST_UNPACKED // 1_000_000} MB; "
                    "hãy xóa hình và trang tính thừa, hoặc chia thành nhiều tệp."
                )
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as content:
                        _Part(name).read(content)
    except (BadZipFile, ExpatError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise FileFault(f"{name}: tệp XLSX hỏng hoặc là tệp nén khác, không mở được.") from error
    except ValueError as error:
        raise FileFault(f"{name}: tệp XLSX có ô ghi sai tên, không mở được.") from error


class _Part:
    """One part of a workbook, walked through element by element; nothing of it is kept."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = self.columns = self.merged = 0

    def read(self, content: Any) -> None:
        parser = ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._element
        parser.StartDoctypeDeclHandler = self._doctype
        while piece := content.read(PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def _doctype(self, *_declared: Any) -> None:
        raise FileFault(f"{self.name}: tệp XLSX có phần khai báo lạ, không đọc.")

    def _element(self, full_name: str, attributes: dict[str, str]) -> None:
        element = full_name.rpartition(" ")[2]
        if element == "c" and "r" in attributes:
            self._reach(*_place(attributes["r"]), attributes["r"])
        elif element == "row" and "r" in attributes:
            self._reach(int(attributes["r"]), 1, f"A{attributes['r']}")
        elif element in _SPREAD and "ref" in attributes:
            self._spread(attributes["ref"])

    def _spread(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        self._reach(bottom, right, last or first)
        self.merged += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        if self.merged > MOST_MERGED:
            raise FileFault(f"{self.name}: các ô gộp phủ quá rộng (đến {ref}); hãy bỏ gộp ô thừa.")

    def _reach(self, row: int, column: int, ref: str) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if row > LAST_ROW or column > LAST_COLUMN or self.rows * self.columns > MOST_CELLS:
            raise FileFault(
                f"{self.name}: có ô {ref} nằm quá xa; hãy xóa các hàng, cột trống ở cuối bảng rồi "
                f"lưu lại (nhiều nhất {LAST_ROW} hàng, đến cột {get_column_letter(LAST_COLUMN)})."
            )


def _place(ref: str) -> tuple[int, int]:
    """Return row and column of "B7". Raises ValueError."""
    found = _CELL.fullmatch(ref.strip())
    if not found:
        raise ValueError(ref)
    return int(found[2]), column_index_from_string(found[1])
