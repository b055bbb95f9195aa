"""Files for spreadsheets: nothing in them calculates, and nothing typed is lost on the way."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import openpyxl
import pytest
import tablib
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from khanhson_portal.ground.spreadsheets import (
    ADMIN_FORMATS,
    AdminCsv,
    AdminXlsx,
    Sheet,
    as_typed,
    csv_text,
    harmless,
    xlsx,
)
from tests.test_house_rules import BASE, PRODUCT, modules

RUNNING = [
    "=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "＋1", "－1", "＠A1",
]  # fmt: skip


@pytest.mark.parametrize("typed", RUNNING)
def test_what_a_spreadsheet_would_run_is_marked_as_text(typed):
    assert harmless(typed) == f"'{typed}"
    assert as_typed(harmless(typed)) == typed


@pytest.mark.parametrize("cell", ["Khai sinh", "7", "a=b", "'trích", "", 0, -5, 2.5, True])
def test_everything_else_stays_as_it_is(cell):
    assert harmless(cell) == cell


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_what_goes_out_comes_back_as_it_was(text):
    if not (text.startswith("'") and harmless(text[1:]) != text[1:]):  # typed with the mark itself
        assert as_typed(harmless(text)) == text


def sheet(*rows, **options) -> Sheet:
    return Sheet("Danh mục: [1]/2?", ["Tên", "Số"], rows, **options)


@pytest.mark.parametrize("typed", RUNNING)
def test_no_cell_of_a_file_calculates(typed):
    page = openpyxl.load_workbook(io.BytesIO(xlsx(sheet([typed, 1])))).active
    text = csv_text(sheet([typed, 1])).decode("utf-8-sig")

    assert page["A2"].data_type == "s"
    assert page["A2"].value.startswith("'")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{typed}", "1"]


def test_a_workbook_holds_numbers_local_hours_and_what_is_too_long_cut():
    at = datetime(2018, 4, 16, 2, 12, tzinfo=UTC)
    content = xlsx(sheet(["a\x01" + "ă" * 40_000, 5], [None, at]), Sheet("Hai", ["x"], []))

    book = openpyxl.load_workbook(io.BytesIO(content))

    page = book.worksheets[0]
    assert page["A2"].value.startswith("aă")
    assert page["A2"].value.endswith("…")
    assert page["B2"].value == 5
    assert page["B3"].value == datetime(2018, 4, 16, 9, 12)  # noqa: DTZ001 - sheets know no zone
    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    assert [p.title for p in book.worksheets] == ["Danh mục   1  2 ", "Hai"]


def test_columns_keep_their_widths_and_their_leading_zeros():
    content = xlsx(sheet(["x", "0912"], widths=[10, 40], text_columns=[1]))

    columns = openpyxl.load_workbook(io.BytesIO(content)).active.column_dimensions

    assert (columns["A"].width, columns["B"].width) == (10, 40)
    assert columns["B"].number_format == "@"


def test_excel_reads_the_letters_of_a_csv():
    assert csv_text(sheet(["Mấu Thị Hoa", 1])).startswith(b"\xef\xbb\xbfT\xc3\xaan")


@pytest.mark.parametrize("form", ADMIN_FORMATS)
def test_the_admin_exports_through_the_same_guard(form):
    content = form().export_data(tablib.Dataset(["@SUM(A1)", 1], headers=["ten", "so"]))

    text = content if isinstance(content, str) else ""
    if form is AdminCsv:
        assert text.startswith("\ufeff")
        assert "'@SUM(A1),1" in text
    elif form is AdminXlsx:
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        assert (page["A2"].value, page["B2"].value) == ("'@SUM(A1)", 1)
    else:
        assert '"@SUM(A1)"' in text
    assert settings.IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT is True


def test_nobody_writes_a_spreadsheet_by_another_road():
    writing = re.compile(
        r"openpyxl\.Workbook\(|\bWorkbook\(|csv\.(Dict)?[wW]riter\(|\.export\(\"(xlsx|csv)\"\)"
        r"|import_export\.formats"
    )
    for folder in PRODUCT:
        for path in modules(folder):
            if path != BASE / "khanhson_portal/ground/spreadsheets.py":
                assert not writing.search(path.read_text()), path
