"""A small file that unpacks to gigabytes is refused in one sentence, before anything is built."""

from __future__ import annotations

import io
import tracemalloc
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from dossiers.importing import sheets
from procedures.catalogue.importing.bounds import check
from procedures.catalogue.importing.faults import FileFault
from procedures.catalogue.importing.files import read_files

SHEET = "xl/worksheets/sheet1.xml"


def book(**changed: bytes | str) -> bytes:
    """A workbook of one cell; ``changed`` puts text before the end of its sheet or adds a part."""
    plain = io.BytesIO()
    page = Workbook()
    page.active["A1"] = "ma"
    page.save(plain)
    out = io.BytesIO()
    with ZipFile(plain) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if part == SHEET:
                for mark, text in changed.items():
                    content = content.replace(f"</{mark}>".encode(), f"{text}</{mark}>".encode())
            new.writestr(part, content)
        if "ballast" in changed:
            new.writestr("xl/media/a.bin", changed["ballast"])
    return out.getvalue()


BAD = {
    "the last cell of all": (book(sheetData='<row r="2"><c r="XFD1048576"/></row>'), "XFD1048576"),
    "an empty row far below": (book(sheetData='<row r="1048576"></row>'), "A1048576"),
    "a wide corner": (book(sheetData='<row r="90000"><c r="CV90000"/></row>'), "CV90000"),
    "a merged sheet": (
        book(worksheet='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "XFD1048576",
    ),
    "many merged ranges": (
        book(worksheet="<mergeCells>" + '<mergeCell ref="A1:J5000"/>' * 9 + "</mergeCells>"),
        "các ô gộp",
    ),
    "a link over a sheet": (
        book(worksheet='<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
        "XFD1048576",
    ),
    "a cell without a name": (book(sheetData='<row r="2"><c r="1B"/></row>'), "ghi sai tên"),
    "broken XML": (book(sheetData="<row>"), "hỏng"),
    "zeros without end": (book(ballast=bytes(21_000_000)), "20 MB"),
    "no workbook": (b"PK\x03\x04 and nothing", "hỏng"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_workbook_no_office_wrote_is_refused_in_one_sentence(name, tmp_path):
    data, says = BAD[name]
    file = tmp_path / "a.xlsx"
    file.write_bytes(data)
    tracemalloc.start()

    for read in (lambda: read_files([file]), lambda: sheets.read(data, "a.xlsx")):
        with pytest.raises(FileFault, match=says) as refused:
            read()
        assert "\n" not in str(refused.value)

    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_an_ordinary_workbook_passes():
    check(book(worksheet='<mergeCells><mergeCell ref="A1:B20"/></mergeCells>'), "a.xlsx")
