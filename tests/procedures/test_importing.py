"""Importing the catalogue: nothing guessed, nothing half done, nothing approved edited.

Small files are made by hand, one dirt each; the real ones are read from ``PORTAL_SHARED_DATA``.
"""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate
from openpyxl import Workbook

import procedures
from procedures.catalogue import (
    Approval,
    Fee,
    FeeState,
    Field,
    InternalStep,
    OnlineLevel,
    Procedure,
    ProcedureVersion,
    importing,
)
from procedures.catalogue.importing import (
    FileFault,
    PlanOutdated,
    Verdict,
    flat_bases,
    flat_channels,
    flat_papers,
    flat_results,
    storing,
    wording,
)
from procedures.catalogue.importing.amounts import read_price
from procedures.catalogue.importing.records import BasisRecord, ResultRecord
from procedures.catalogue.importing.time_limits import read_cell, read_limit
from procedures.offices import Officer, Role
from procedures.worktime import Unit
from tests.factories import make_field, make_procedure

OWN = Path(procedures.__file__).parent / "data"
PLAIN_HEADS = [
    "ma", "ten", "linh_vuc", "cap_thuc_hien", "so_quyet_dinh", "doi_tuong", "kenh",
    "so_thoi_gian", "don_vi_thoi_gian", "phi_hien_thi", "mo_ta_phi_thoi_han",
]  # fmt: skip
CARED_HEADS = [*PLAIN_HEADS, "truong_hop", "thoi_han_ghi", "hieu_luc_tu", "do_tin_cay", "nguon"]
ROW = {
    "ma": "1.001193",
    "ten": "Thủ tục đăng ký khai sinh",
    "linh_vuc": "Hộ tịch",
    "cap_thuc_hien": "Cấp xã",
    "kenh": "Trực tiếp",
    "so_thoi_gian": "5",
    "don_vi_thoi_gian": "Ngày làm việc",
    "phi_hien_thi": "Miễn phí",
}
CARED = {**ROW, "hieu_luc_tu": "2018-01-01", "do_tin_cay": "high", "nguon": "Danh mục 2018"}
PAGE = {
    "ma_thu_tuc": "1.001193",
    "ten_thu_tuc": "Thủ tục đăng ký khai sinh",
    "linh_vuc": "Hộ tịch",
    "cap_thuc_hien": "Cấp xã",
    "trinh_tu_thuc_hien": "Nộp hồ sơ, nhận kết quả.",
    "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngGiấy chứng sinh1 bản chính",
    "ket_qua_xu_ly": "Giấy khai sinhMã: KQ.G15.000031Từ khóaKhông có thông tinMô tả"
    "Không có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngànhNộp hồ sơ",
}
LIST_HEADS = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]
LISTED = ["1.001193", "Thủ tục đăng ký khai sinh", "Bộ Tư pháp", "UBND cấp xã", "Hộ tịch"]


# Files made by hand ---------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path):
    """Write a table of channels; each row says only what it is about."""

    def write(*rows, heads=PLAIN_HEADS, name="bang.csv", delimiter=","):
        out = io.StringIO()
        writer = csv.DictWriter(out, heads, delimiter=delimiter, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        (tmp_path / name).write_text(out.getvalue(), encoding="utf-8-sig", newline="")
        return tmp_path / name

    return write


@pytest.fixture
def page(tmp_path):
    def write(name="trang.json", **cells):
        (tmp_path / name).write_text(json.dumps({**PAGE, **cells}, ensure_ascii=False))
        return tmp_path / name

    return write


@pytest.fixture
def sheet(tmp_path):
    def write(*rows, heads=LIST_HEADS, merge=(), name="danh-sach.xlsx"):
        book = Workbook()
        book.active.append(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nDANH SÁCH"])
        book.active.merge_cells("A1:E1")
        book.active.append(heads)
        for row in rows:
            book.active.append(row)
        for area in merge:
            book.active.merge_cells(area)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def test_reading_tells_how_far_it_is(tmp_path, page):
    page(name="a.json")
    page(name="b.json", ma_thu_tuc="1.000002")
    heard = []

    importing.read_files([tmp_path], tell=lambda done, total: heard.append((done, total)))

    assert heard == [(1, 2), (2, 2)]


def read_one(path):
    (record,) = importing.read_files([path])
    return record


def bring(*paths, **options):
    """Plan and apply; returns the plan, whose items say what was done."""
    approve_by = options.pop("approve_by", None)
    plan = importing.plan(importing.read_files(paths), **options)
    importing.apply(plan, approve_by=approve_by)
    return plan


def verdicts(plan):
    return {verdict.value: number for verdict, number in plan.counts().items() if number}


def version(code="1.001193", number=None):
    versions = ProcedureVersion.objects.whole().filter(procedure__code=code).order_by("number")
    return versions.get(number=number) if number else versions.last()


# Times and amounts, as printed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "number", "unit", "kept"),
    [
        ("5 Ngày làm việc", 5, Unit.WORKING_DAY, ""),
        ("30 Ngày", 30, Unit.DAY, ""),
        ("8 Giờ", 8, Unit.HOUR, ""),
        ("2 Tháng", 2, Unit.MONTH, ""),
        ("Trong ngày", 0, Unit.SAME_DAY, ""),
        ("Không quy định", 0, Unit.NONE, ""),
        ("Không có thông tin", 0, Unit.UNKNOWN, ""),
        ("", 0, Unit.UNKNOWN, ""),
        ("5", 0, Unit.UNKNOWN, "5"),
        ("5 tuần", 0, Unit.UNKNOWN, "5 tuần"),
        ("0 Ngày", 0, Unit.UNKNOWN, "0 Ngày"),
        ("1 Trong ngày", 0, Unit.UNKNOWN, "1 Trong ngày"),
        ("Ngày làm việc", 0, Unit.UNKNOWN, "Ngày làm việc"),
        ("20–25 ngày làm việc", 0, Unit.UNKNOWN, "20–25 ngày làm việc"),
    ],
)
def test_a_time_limit_needs_its_number_and_its_unit(printed, number, unit, kept):
    limit = read_cell(printed)

    assert (limit.number, limit.unit, limit.source_text) == (number, unit, kept)
    assert bool(limit.doubt) == bool(kept)


@pytest.mark.parametrize("number", ["năm", "5,5", "-3", "99999", "1e3", "٥"])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(ValueError, match="không đọc được số thời hạn"):
        read_limit(number, "Ngày")


@pytest.mark.parametrize(
    ("cell", "state", "amount", "per", "doubted"),
    [
        ("70,000 VNĐ", FeeState.KNOWN, 70_000, "", False),
        ("4,500,000 Việt Nam Đồng", FeeState.KNOWN, 4_500_000, "", False),
        ("2.000 đồng(/trang)", FeeState.KNOWN, 2_000, "trang", False),
        ("50,000 Việt Nam Đồng(/văn bản)", FeeState.KNOWN, 50_000, "văn bản", False),
        ("400000 đ", FeeState.KNOWN, 400_000, "", False),
        ("700đ", FeeState.KNOWN, 700, "", True),
        ("20 VNĐ", FeeState.KNOWN, 20, "", True),
        ("0 VNĐ", FeeState.UNKNOWN, None, "", True),
        (",000 VNĐ", FeeState.UNKNOWN, None, "", True),
        ("70,00 VNĐ", FeeState.UNKNOWN, None, "", True),
        ("1,200.000 VNĐ", FeeState.UNKNOWN, None, "", True),
        ("10 USD(/bản)", FeeState.UNKNOWN, None, "", True),
        ("Theo quy định", FeeState.UNKNOWN, None, "", True),
        ("Miễn phí", FeeState.FREE, None, "", False),
        ("Không có thông tin", FeeState.UNKNOWN, None, "", False),
        ("", FeeState.UNKNOWN, None, "", False),
    ],
)
def test_an_amount_is_believed_only_where_it_is_certain(cell, state, amount, per, doubted):
    price = read_price(cell)

    assert (price.state, price.amount, price.per) == (state, amount, per)
    assert bool(price.doubt) == doubted


def test_an_amount_that_cannot_be_read_keeps_what_was_printed():
    assert read_price("10 USD(/bản)").source_text == "10 USD(/bản)"
    assert read_price(",000 VNĐ").source_text == ",000 VNĐ"


def test_free_that_the_province_decides_is_not_free():
    council = "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định."

    assert read_price("Miễn phí", note=council).state == FeeState.PROVINCE
    assert read_price("", note=council).state == FeeState.PROVINCE
    assert read_price("Miễn phí", beside=council).state == FeeState.PROVINCE
    steps = "Trình Hội đồng nhân dân xã thông qua danh sách được hỗ trợ kinh phí."
    assert read_price("Miễn phí", beside=steps).state == FeeState.FREE


def test_free_beside_an_amount_is_not_believed():
    price = read_price("Miễn phí", note="Lệ phí: 500.000 đồng/phương tiện.")

    assert (price.state, price.source_text) == (FeeState.UNKNOWN, "Miễn phí")


def test_a_note_that_names_another_amount_is_reported():
    price = read_price("800,000 VNĐ(áp dụng mức 400.000 đồng/hồ sơ đến hết 31/12/2026)")

    assert price.amount == 800_000
    assert "400.000 đồng" in price.doubt


# Cells that ran into each other ----------------------------------------------------------------


def channels(text):
    return [(r.channel, r.limit.number, r.limit.unit, r.price.state, r.price.amount, r.note)
            for r, _ in flat_channels.split_channels(flat_channels.HEAD + text)]  # fmt: skip


def test_the_flattened_table_of_channels_is_taken_apart():
    rows = channels(
        "Trực tuyến5 Ngày làm việc50,000 Việt Nam Đồng(/văn bản)Nộp Trực tiếp hay qua mạng."
        "Dịch vụ bưu chính1Miễn phí(Theo (khoản 1) Luật)Trực tiếpKhông có thông tinMiễn phí"
    )

    assert rows == [
        ("online", 5, "working_day", "known", 50_000, "Nộp Trực tiếp hay qua mạng."),
        ("post", 0, "unknown", "free", None, ""),
        ("direct", 0, "unknown", "free", None, ""),
    ]


def test_a_time_that_ran_into_its_amount_is_neither(page):
    record = read_one(page(cach_thuc_thuc_hien=flat_channels.HEAD + "Trực tiếp1200 VNĐ"))

    (channel,), (fee,) = record.content["channels"], record.content["fees"]
    assert (channel.unit, channel.source_text) == (Unit.UNKNOWN, "1200 VNĐ")
    assert (fee.state, fee.amount, fee.source_text) == (FeeState.UNKNOWN, None, "1200 VNĐ")
    assert record.unsure == {"channels", "fees"}
    assert "dính vào nhau “1200 VNĐ”" in " ".join(record.doubts)


def papers(text):
    return flat_papers.split_papers(flat_papers.NO_GROUP + flat_papers.HEAD + text)


def test_papers_are_told_apart_by_their_copies():
    read = papers(
        "Phiếu yêu cầu theo Mẫu số 02b (01 bản chính) hoặc 1 bản chính khác.1 bản chính"
        "Bản sao Hộ chiếu0 bản chính,2 bản sao"
        f"* Giấy tờ phải xuất trình:{flat_papers.HEAD}Căn cước1 bản chính"
    )

    assert [(p.name, p.originals, p.photocopies) for p in read.papers] == [
        ("Phiếu yêu cầu theo Mẫu số 02b (01 bản chính) hoặc 1 bản chính khác.", 1, 0),
        ("Bản sao Hộ chiếu", 0, 2),
        ("Căn cước", 1, 0),
    ]
    assert [(p.group, p.presented_only) for p in read.papers][1:] == [
        ("", False),
        ("Giấy tờ phải xuất trình", True),
    ]


def test_a_row_without_a_copy_to_hand_in_is_kept_as_text():
    read = papers("Các giấy tờ sau:0 bản chínhTờ khai1 bản chính")

    assert [paper.name for paper in read.papers] == ["Tờ khai"]
    assert read.text == "Các giấy tờ sau:"


def test_the_form_leaves_the_name_only_where_that_is_plain():
    plain, stuck = papers(
        "Đơn đề nghị hợp nhấtMẫu TP-LS-28.docx1 bản chínhĐơn xin;1.nxin.doc1 bản chính"
    ).papers

    assert (plain.name, plain.form_name) == ("Đơn đề nghị hợp nhất", "Mẫu TP-LS-28.docx")
    assert (stuck.name, stuck.form_name) == ("Đơn xin;1.nxin.doc", "")


@pytest.mark.parametrize(
    "text",
    [
        "Tờ khai năm 20201 bản chính",
        "Tờ khai theo mẫu A21 bản chính",
        "Tờ khai theo Mẫu TP-LS-1 bản chính",
        "Tờ khai1 bản chínhGiấy không số lượng",
        "Tờ khai1 bản chính1 bản chính",
        "Tờ khai 2 bản chính-Giấy khác1 bản chính",
        "1 bản chính",
    ],
)
def test_papers_that_could_be_read_in_two_ways_stay_text(text, page):
    whole = flat_papers.NO_GROUP + flat_papers.HEAD + text

    record = read_one(page(thanh_phan_ho_so=whole))

    assert record.content["papers"] == ()
    assert record.content["papers_text"] == whole
    assert "thành phần hồ sơ giữ nguyên văn" in " ".join(record.doubts)


def test_results_lose_the_litter_of_the_page():
    read = flat_results.read_results(
        "Giấy khai sinhMã: KQ.G15.000031Trích lụcMã: 000.00.00.G15-KQ0108Từ khóakhai sinhMô tả"
        "Không có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phố-- Chọn --Nộp hồ sơ"
    )

    assert read.results == (
        ResultRecord("Giấy khai sinh", "KQ.G15.000031"),
        ResultRecord("Trích lục", "000.00.00.G15-KQ0108"),
    )
    assert (read.keywords, read.doubts) == ("khai sinh", ())


def test_results_with_made_up_codes_are_not_taken_apart():
    one = flat_results.read_results("Quyết địnhMã: adjfsbjTừ khóaMô tả")
    two = flat_results.read_results("Quyết địnhMã: hgvg6Văn bảnMã: vgvjTừ khóaMô tả")

    assert one.results == (ResultRecord("Quyết định", "adjfsbj"),)
    assert two.results == (ResultRecord("Quyết địnhMã: hgvg6Văn bảnMã: vgvj"),)
    assert one.doubts
    assert two.doubts


def test_legal_bases_are_told_apart_by_numbers_in_cells_of_their_own():
    bases = flat_bases.split_bases(
        f"{flat_bases.HEAD}Luật 60/2014/QH1360/2014/QH13Nghị định số 07/2025/NĐ-CP ngày 09/01/2025 "
        "của Chính phủ07/2025/NĐ-CPquy định mức thuThông tư số 281/2016/TT-BTC"
    )

    assert bases == (
        BasisRecord("Luật 60/2014/QH13", "60/2014/QH13"),
        BasisRecord("Nghị định số 07/2025/NĐ-CP ngày 09/01/2025 của Chính phủ", "07/2025/NĐ-CP"),
        BasisRecord("quy định mức thu", "Thông tư số 281/2016/TT-BTC"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Luật Giám định tư pháp năm 201213/2012/QH13Nghị định 8/2015/NĐ-CP8/2015/NĐ-CP",
        "Hướng dẫn luật.123/2015/NĐ-CP04/2020/TT-BTP về hộ tịch05/2021/NĐ-CP",
    ],
)
def test_legal_bases_that_could_be_split_elsewhere_stay_one_text(text, page):
    record = read_one(page(can_cu_phap_ly=flat_bases.HEAD + text))

    assert record.content["bases"] == (BasisRecord(text),)
    assert "bases" in record.unsure


# The three formats -----------------------------------------------------------------------------


def test_a_list_row_has_its_agencies_one_per_line(sheet):
    record = read_one(
        sheet(
            ["1.001193", " Đăng ký  khai\u00a0sinh ", "Bộ Tư pháp", "\nSở A \n\n UBND", "Hộ tịch"]
        )
    )

    assert record.title == "Đăng ký khai sinh"
    assert record.content["implementer"] == "Sở A\nUBND"
    assert record.source == "Danh sách thủ tục hành chính (tệp XLSX, cơ quan ban hành: Bộ Tư pháp)"
    assert str(record.origins[0]) == "danh-sach.xlsx, dòng 3"


def test_what_is_merged_in_a_sheet_is_one(sheet):
    first, second = importing.read_files(
        [
            sheet(
                ["1.000001", "Một", "Bộ", "Sở A", "Hộ tịch"],
                [None, None, None, "Sở B", None],
                ["1.000002", "Hai", "Bộ", "Sở C", None],
                merge=["A3:A4", "B3:B4", "E3:E5"],
            )
        ]
    )

    assert first.content["implementer"] == "Sở A\nSở B"
    assert (second.title, second.content["field"]) == ("Hai", "Hộ tịch")


def test_formulas_and_markup_are_text(sheet):
    record = read_one(sheet(["1.001193", '=HYPERLINK("http://x")', "", "<b>UBND</b>", "Hộ tịch"]))

    assert record.title == '=HYPERLINK("http://x")'
    assert record.content["implementer"] == "<b>UBND</b>"


def test_a_code_kept_as_a_number_gets_its_six_digits_back(sheet):
    record, strange = importing.read_files(
        [sheet([2.00243, "Thủ tục", "", "", "Hộ tịch"], [2.0024305, "Khác", "", "", "Hộ tịch"])]
    )

    assert record.code == "2.002430"
    assert record.doubts
    assert strange.code == "2.0024305"


def test_columns_are_found_by_their_heads(sheet):
    record = read_one(sheet(["Hộ tịch", "Thủ tục", "1.001193"],
                            heads=["Lĩnh vực", "Tên thủ tục", "Mã TTHC"]))  # fmt: skip

    assert (record.code, record.title, record.content["field"]) == (
        "1.001193", "Thủ tục", "Hộ tịch",
    )  # fmt: skip
    assert "implementer" not in record.content


def test_a_page_that_says_no_information_says_nothing(page):
    record = read_one(page(yeu_cau_dieu_kien="Không có thông tin", co_quan_thuc_hien=""))

    assert record.content["conditions"] == ""
    assert record.content["implementer"] == ""
    assert record.content["results"] == (ResultRecord("Giấy khai sinh", "KQ.G15.000031"),)


def test_a_format_speaks_only_of_what_it_has(page, sheet, table):
    assert "channels" not in read_one(page()).content
    assert set(read_one(sheet(LISTED)).content) == {"title", "field", "implementer"}
    assert "papers" not in read_one(table(ROW)).content


def test_whitespace_is_tidied_and_the_words_are_left_alone(table):
    decomposed = "Thủ  tục\u00a0đăng\nký hòa giải.".replace("ủ", "u\u0309")

    assert read_one(table({**ROW, "ten": decomposed})).title == "Thủ tục đăng ký hòa giải."


def test_rows_of_one_code_are_one_procedure_with_its_channels(table):
    record = read_one(
        table(
            {**ROW, "kenh": "Trực tuyến", "so_thoi_gian": "17"},
            {**ROW, "kenh": "Dịch vụ bưu chính", "so_thoi_gian": "20"},
            {**ROW, "kenh": "Trực tiếp", "so_thoi_gian": "27"},
        )
    )

    assert [(c.channel, c.number) for c in record.content["channels"]] == [
        ("direct", 27), ("online", 17), ("post", 20),
    ]  # fmt: skip
    assert [(fee.channel, fee.state) for fee in record.content["fees"]] == [("", "free")]


def test_a_fee_that_differs_between_channels_is_kept_per_channel(table):
    record = read_one(
        table(
            {**ROW, "kenh": "Trực tuyến", "phi_hien_thi": "10,000 VNĐ"},
            {**ROW, "phi_hien_thi": "20,000 VNĐ"},
        )
    )

    assert {(fee.channel, fee.amount) for fee in record.content["fees"]} == {
        ("online", 10_000), ("direct", 20_000),
    }  # fmt: skip


def test_several_rows_of_a_channel_leave_its_time_unknown(table):
    record = read_one(
        table(
            {**ROW, "so_thoi_gian": "30", "mo_ta_phi_thoi_han": "Nhận hồ sơ."},
            {**ROW, "so_thoi_gian": "40", "mo_ta_phi_thoi_han": "Phải kiểm tra."},
        )
    )

    (channel,) = record.content["channels"]
    assert (channel.number, channel.unit) == (0, Unit.UNKNOWN)
    assert channel.source_text == "30 ngày làm việc; 40 ngày làm việc"
    assert channel.note == "30 ngày làm việc: Nhận hồ sơ.\n40 ngày làm việc: Phải kiểm tra."
    assert "không rõ là trường hợp hay công đoạn" in " ".join(record.doubts)


def test_cases_that_the_source_names_stand_for_themselves(table):
    case = {**CARED, "truong_hop": "Phải xác minh", "so_thoi_gian": "8"}

    record = read_one(table(CARED, case, heads=CARED_HEADS))

    assert [(c.case, c.number) for c in record.content["channels"]] == [
        ("", 5), ("Phải xác minh", 8),
    ]  # fmt: skip
    assert record.valid_from == date(2018, 1, 1)


def test_an_amount_that_the_collector_took_for_a_time_is_neither(table):
    row = {**ROW, "so_thoi_gian": "120", "don_vi_thoi_gian": "", "phi_hien_thi": "",
           "mo_ta_phi_thoi_han": "VNĐ"}  # fmt: skip

    record = read_one(table(row))

    assert record.content["channels"][0].source_text == "120 VNĐ"
    assert record.content["fees"][0].state == FeeState.UNKNOWN


def test_the_notes_of_a_fee_and_of_a_time_are_told_apart(table):
    rows = [
        ("(Theo (mục 1) thông tư)Nộp tại xã.", "Theo (mục 1) thông tư", "Nộp tại xã."),
        ("07 ngày làm việc, kể từ ngày nhận", "", "07 ngày làm việc, kể từ ngày nhận"),
        ("Miễn lệ phí khi đăng ký đúng hạn.", "Miễn lệ phí khi đăng ký đúng hạn.", ""),
    ]
    for note, of_fee, of_time in rows:
        record = read_one(table({**ROW, "mo_ta_phi_thoi_han": note}))

        assert record.content["fees"][0].note == of_fee
        assert record.content["channels"][0].note == of_time


def test_a_note_cut_off_by_the_collector_is_reported(table):
    record = read_one(table({**ROW, "mo_ta_phi_thoi_han": "(" + "x" * 299}))

    assert "mô tả bị nguồn cắt ở 300 ký tự" in record.doubts
    assert "fees" in record.unsure


def test_rows_of_one_code_that_disagree_are_reported(table):
    record = read_one(table(ROW, {**ROW, "kenh": "Trực tuyến", "linh_vuc": "Chứng thực"}))

    assert record.content["field"] == "Hộ tịch"
    assert "cột linh_vuc" in record.doubts[0]


def test_a_spreadsheet_may_part_its_cells_with_semicolons(table):
    assert read_one(table(ROW, delimiter=";")).code == "1.001193"


def test_a_decision_of_a_people_s_committee_is_no_ministry_s(table):
    record = read_one(table({**ROW, "so_quyet_dinh": "226/QĐ-UBND"}))

    assert record.content["province_decision"] == "226/QĐ-UBND"
    assert "ministry_decision" not in record.content


# Whole files that cannot be read ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "tệp rỗng"),
        (b"\xef\xbb\xbf \n", "tệp rỗng"),
        ("ma,ten\n1.000001,Thủ tục".encode("utf-16"), "UTF-16"),
        ("ma,ten\n1.000001,Thủ tục".encode("cp1258", "replace") + b"\xd2\xff", "không phải UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel kiểu cũ"),
        (b"PK\x03\x04 khong phai zip", "tệp XLSX hỏng"),
        (b'{"ma_thu_tuc": "1.0', "tệp JSON hỏng"),
        (b"[]", "không có thủ tục nào"),
        (b'{"a": 1}', "không phải trang chi tiết"),
        (b"[1, 2]", "không phải trang chi tiết"),
        (b"<html>ma, ten</html>", "không nhận ra"),
        (b"ma,linh_vuc\n1.000001,A", "không nhận ra"),
        (b"ma,ten\n", "chỉ có dòng tiêu đề"),
        (b'ma,ten\n1.000001,"A', "tệp CSV hỏng"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_sentence(data, says, tmp_path):
    (tmp_path / "la.dat").write_bytes(data)

    with pytest.raises(FileFault, match=says) as fault:
        importing.read_files([tmp_path / "la.dat"])

    assert str(fault.value).startswith("la.dat")
    assert "\n" not in str(fault.value)


def test_a_missing_file_an_empty_folder_and_a_sheet_without_heads_are_named(tmp_path, sheet):
    (tmp_path / "trong").mkdir()
    for path, says in [
        (tmp_path / "khong-co.csv", "không có tệp này"),
        (tmp_path / "trong", "thư mục không có tệp nào"),
        (sheet(["a", "b"], heads=["Cột 1", "Cột 2"], name="la.xlsx"), "không thấy dòng tiêu đề"),
        (sheet(), "chỉ có dòng tiêu đề"),
    ]:
        with pytest.raises(FileFault, match=says):
            importing.read_files([path])


def test_files_are_recognised_by_what_they_hold(sheet, page, table, tmp_path):
    sheet(LISTED, name="a.csv")
    page(name="b.xlsx", ma_thu_tuc="1.000002")
    table({**ROW, "ma": "1.000003"}, name="c.json")

    codes = {record.code for record in importing.read_files([tmp_path])}

    assert codes == {"1.001193", "1.000002", "1.000003"}


def test_a_folder_and_a_list_of_pages_are_read_whole(tmp_path, page):
    page(name="a.json")
    other = {**PAGE, "ma_thu_tuc": "1.000002"}
    (tmp_path / "b.json").write_text(json.dumps([other, {**other, "ma_thu_tuc": "1.000003"}]))

    records = importing.read_files([tmp_path])

    assert [str(record.origins[0]) for record in records] == [
        "a.json", "b.json, dòng 1", "b.json, dòng 2",
    ]  # fmt: skip


# Several files about one procedure ---------------------------------------------------------------


def test_the_formats_complement_each_other(sheet, page, table):
    record = read_one_of(sheet(LISTED), page(co_quan_thuc_hien="Sở khác"), table(ROW))

    assert record.content["implementer"] == "UBND cấp xã"
    assert record.content["sequence"] == "Nộp hồ sơ, nhận kết quả."
    assert record.content["channels"][0].number == 5


def read_one_of(*paths):
    (record,) = importing.read_files(paths)
    return record


def test_blanks_and_doubts_of_one_file_give_way_to_another(sheet, page, table):
    listed = [*LISTED[:3], "", "Hộ tịch"]
    stuck = flat_channels.HEAD + "Trực tiếp1200 VNĐ"

    record = read_one_of(
        sheet(listed), page(co_quan_thuc_hien="Sở Tư pháp", cach_thuc_thuc_hien=stuck), table(ROW)
    )

    assert record.content["implementer"] == "Sở Tư pháp"
    assert record.content["channels"][0].number == 5
    assert not record.unsure


def test_a_note_cut_off_in_one_file_is_whole_in_another(page, table):
    whole = flat_channels.HEAD + f"Trực tiếp5 Ngày làm việcMiễn phí(Theo {'x' * 400})"
    cut = table({**ROW, "mo_ta_phi_thoi_han": f"(Theo {'x' * 294}"})

    record = read_one_of(cut, page(cach_thuc_thuc_hien=whole))

    assert record.content["fees"][0].note == f"Theo {'x' * 400}"


def test_files_that_disagree_on_a_title_are_reported(sheet, page):
    record = read_one_of(sheet(LISTED), page(ten_thu_tuc="Hỗ trợ phát triển sản xuất cộng đồng."))

    assert record.title == "Thủ tục đăng ký khai sinh"
    assert "Hỗ trợ phát triển sản xuất cộng đồng." in " ".join(record.doubts)


# Refused rows ------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ma": ""}, "thiếu mã thủ tục"),
        ({"ma": "T-KHA-123456-TT"}, "không theo mẫu N.NNNNNN"),
        ({"ma": "1.00119"}, "không theo mẫu N.NNNNNN"),
        ({"ma": "chuyen-muc-dich-su-dung-dat"}, "không theo mẫu N.NNNNNN"),
        ({"ten": " "}, "thiếu tên thủ tục"),
        ({"ten": "x" * 1501}, "tên thủ tục dài 1501 ký tự, quá 1500"),
        ({"linh_vuc": ""}, "thiếu lĩnh vực"),
        ({"so_thoi_gian": "năm"}, "dòng 3: không đọc được số thời hạn “năm”"),
        ({"kenh": "Bồ câu"}, "dòng 3: không hiểu hình thức nộp “Bồ câu”"),
        ({"kenh": ""}, "dòng 3: có thời hạn hoặc mức thu mà không ghi hình thức nộp"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_and_leaves_nothing(change, says, table):
    path = table({**ROW, "ma": "1.000002", "ten": "Đứng được"}, {**ROW, **change})

    plan = bring(path)

    assert verdicts(plan) == {"new": 1, "refused": 1}
    (refused,) = plan.of(Verdict.REFUSED)
    assert says in "; ".join(refused.reasons)
    assert "bang.csv, dòng 3" in wording.line(refused)
    assert list(Procedure.objects.values_list("code", flat=True)) == ["1.000002"]


@pytest.mark.django_db
def test_each_row_without_a_code_is_refused_by_itself(table):
    plan = bring(table({**ROW, "ma": ""}, {**ROW, "ma": "", "ten": "Khác"}))

    assert [item.reasons for item in plan.items] == [("thiếu mã thủ tục",)] * 2
    assert [item.record.place for item in plan.items] == ["bang.csv, dòng 2", "bang.csv, dòng 3"]


@pytest.mark.django_db
def test_two_titles_for_one_code_are_refused(sheet, table):
    two = [LISTED, [LISTED[0], "Tên khác", *LISTED[2:]]]
    for path in (sheet(*two), table(ROW, {**ROW, "ten": "Tên khác"})):
        (item,) = importing.plan(importing.read_files([path])).items

        assert item.verdict == Verdict.REFUSED
        assert "một mã mà có 2 tên khác nhau" in item.reasons[0]


@pytest.mark.django_db
def test_one_code_twice_with_other_contents_is_refused(sheet):
    path = sheet(LISTED, [*LISTED[:3], "Sở Tư pháp", "Hộ tịch"])

    (item,) = importing.plan(importing.read_files([path])).items

    assert item.reasons == (
        "một mã có 2 lần với nội dung khác nhau (danh-sach.xlsx, dòng 3, danh-sach.xlsx, dòng 4)",
    )


@pytest.mark.django_db
def test_a_row_with_a_wrong_number_of_cells_is_refused(tmp_path):
    path = tmp_path / "lech.csv"
    path.write_text("ma,ten,linh_vuc\n1.000001,Thủ tục, cải chính,Hộ tịch\n")

    (item,) = importing.plan(importing.read_files([path])).items

    assert item.reasons[0] == "dòng 2: có 4 ô trong khi tiêu đề có 3 ô"


@pytest.mark.django_db
def test_a_procedure_may_stand_under_its_own_name_in_a_list_kept_with_care(table):
    own = {**CARED, "ma": "chuyen-muc-dich-su-dung-dat"}

    assert verdicts(bring(table(own, heads=CARED_HEADS))) == {"new": 1}
    # Once it is known, other lists may speak of it too.
    other = {**ROW, "ma": own["ma"], "so_thoi_gian": "15"}
    assert verdicts(bring(table(other))) == {"changed": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(("head", "value"), [("do_tin_cay", "chắc"), ("hieu_luc_tu", "1/13/2018")])
def test_marks_nobody_understands_are_refused(head, value, table):
    plan = bring(table({**CARED, head: value}, heads=CARED_HEADS))

    assert verdicts(plan) == {"refused": 1}
    assert value in plan.items[0].reasons[0]


# The plan and what it writes -------------------------------------------------------------------


@pytest.mark.django_db
def test_a_plan_writes_nothing(table):
    plan = importing.plan(importing.read_files([table(ROW)]))

    assert verdicts(plan) == {"new": 1}
    assert not Procedure.objects.exists()
    assert not Field.objects.exists()


@pytest.mark.django_db
def test_a_new_procedure_becomes_the_draft_of_version_1(table):
    bring(table(ROW), valid_from=date(2018, 5, 1))

    made = version()
    assert (made.number, made.approval, made.valid_from) == (1, "draft", date(2018, 5, 1))
    assert made.field.slug == "ho-tich"
    assert made.levels == ["commune"]
    (case,) = made.cases.all()
    assert str(case.channels.get()) == "Trực tiếp: 5 ngày làm việc"
    assert case.fees.get().state == FeeState.FREE
    assert "khai sinh" in made.search_text
    assert made.sort_key


@pytest.mark.django_db
def test_new_versions_begin_today_unless_told_otherwise(table):
    bring(table(ROW))

    assert version().valid_from == localdate()


@pytest.mark.django_db
def test_nothing_known_is_not_free(table):
    bring(table({**ROW, "phi_hien_thi": "", "so_thoi_gian": "", "don_vi_thoi_gian": ""}))

    (case,) = version().cases.all()
    assert case.fees.get().state == FeeState.UNKNOWN
    assert case.channels.get().unit == Unit.UNKNOWN


@pytest.mark.django_db
def test_a_procedure_of_a_mere_list_still_has_its_one_case(sheet):
    bring(sheet(LISTED))

    assert [case.name for case in version().cases.all()] == [""]


@pytest.mark.django_db
def test_two_spellings_that_fold_alike_are_one_field(table):
    make_field("Hộ tịch")
    rows = [{**ROW, "ma": f"1.00000{n}", "linh_vuc": name}
            for n, name in enumerate(["HỘ TỊCH", "Hoà giải", "Hòa giải", "Đất đai"])]  # fmt: skip

    bring(table(*rows))

    assert sorted(Field.objects.values_list("name", flat=True)) == [
        "Hoà giải", "Hộ tịch", "Đất đai",
    ]  # fmt: skip
    assert Field.objects.get(name="Đất đai").slug == "dat-dai"


@pytest.mark.django_db
def test_a_second_run_changes_nothing(sheet, page, table):
    paths = [sheet(LISTED), page(), table(ROW)]
    bring(*paths)

    plan = importing.plan(importing.read_files(paths))
    report = importing.apply(plan)

    assert verdicts(plan) == {"unchanged": 1}
    assert report.wrote_nothing
    assert ProcedureVersion.objects.count() == 1


@pytest.mark.django_db
def test_one_format_after_another_and_again_changes_nothing_more(sheet, page, table):
    paths = [sheet(LISTED), page(co_quan_thuc_hien="Sở Tư pháp"), table(ROW)]
    for path in paths:
        bring(path)

    again = [verdicts(bring(path)) for path in paths]

    assert again == [{"unchanged": 1}] * 3
    assert ProcedureVersion.objects.count() == 3


@pytest.mark.django_db
def test_a_changed_file_gives_a_diff_and_a_new_draft(table):
    approver = make_officer_of_catalogue()
    bring(table(ROW), valid_from=date(2018, 1, 1), approve_by=approver)
    before = version()

    plan = bring(table({**ROW, "so_thoi_gian": "3"}), valid_from=date(2018, 6, 1))

    (change,) = plan.items[0].changes
    assert (change.label, change.old_words, change.new_words) == (
        "thời hạn theo hình thức nộp",
        "Trực tiếp: 5 ngày làm việc",
        "Trực tiếp: 3 ngày làm việc",
    )
    draft = version(number=2)
    assert (draft.approval, draft.valid_from) == (Approval.DRAFT, date(2018, 6, 1))
    after = version(number=1)
    assert (after.approval, after.valid_to) == (Approval.APPROVED, None)
    assert str(after.cases.get().channels.get()) == "Trực tiếp: 5 ngày làm việc"
    assert after.approved_at == before.approved_at


@pytest.mark.django_db
def test_a_draft_of_the_same_source_is_updated_in_place(table):
    bring(table(ROW))

    bring(table({**ROW, "ten": "Đăng ký khai sinh"}))

    only = version()
    assert (only.number, only.title) == (1, "Đăng ký khai sinh")
    assert "dang ki khai sinh" in only.search_text
    assert ProcedureVersion.objects.count() == 1
    assert only.cases.count() == 1


@pytest.mark.django_db
def test_a_draft_of_another_source_is_left_and_built_upon(page, table):
    bring(page())

    bring(table(ROW))

    first, second = version(number=1), version(number=2)
    assert not first.cases.get().channels.exists()
    assert second.sequence == "Nộp hồ sơ, nhận kết quả."
    assert [paper.name for paper in second.cases.get().papers.all()] == ["Giấy chứng sinh"]
    assert second.results.get().code == "KQ.G15.000031"
    assert second.cases.get().channels.get().number == 5


@pytest.mark.django_db
def test_what_people_added_is_carried_over(table):
    old = make_procedure(code="1.001193", title=ROW["ten"], papers=("Tờ khai",))
    case = old.cases.get()
    case.papers.update(form_file="forms/to-khai.pdf")
    InternalStep.objects.create(case=case, order=1, name="Thẩm định", role=Role.SPECIALIST)
    OnlineLevel.objects.create(version=old, value="4")
    ProcedureVersion.objects.filter(pk=old.pk).update(linked=True, reply_window=10)

    bring(table({**ROW, "so_thoi_gian": "3"}))

    new = version(number=2)
    assert (new.linked, new.reply_window) == (True, 10)
    assert new.cases.get().papers.get().form_file.name == "forms/to-khai.pdf"
    assert new.cases.get().steps.get().name == "Thẩm định"
    assert new.online_levels.get().value == "4"
    assert old.cases.get().channels.get().number == 10


@pytest.mark.django_db
def test_a_form_stays_with_its_paper_when_the_papers_change(page):
    old = make_procedure(code="1.001193", papers=("Giấy chứng sinh", "Tờ khai"))
    old.cases.get().papers.filter(name="Giấy chứng sinh").update(form_file="forms/mau.pdf")

    bring(page())

    assert version(number=2).cases.get().papers.get().form_file.name == "forms/mau.pdf"


@pytest.mark.django_db
def test_a_list_does_not_blank_out_what_a_page_knew(page, sheet):
    bring(page(co_quan_thuc_hien="Ủy ban nhân dân cấp xã"))

    plan = bring(sheet([*LISTED[:3], "", "Hộ tịch"]))

    assert verdicts(plan) == {"unchanged": 1}
    assert version().implementer == "Ủy ban nhân dân cấp xã"


@pytest.mark.django_db
def test_capitals_and_commas_between_agencies_are_no_change(page, sheet):
    bring(sheet([*LISTED[:3], "Chủ tịch UBND cấp tỉnh\nSở Tư Pháp", "Hộ tịch"]))

    plan = bring(page(co_quan_thuc_hien="Chủ tịch UBND cấp tỉnh, Sở Tư pháp"))

    assert "implementer" not in [change.aspect for change in plan.items[0].changes]


@pytest.mark.django_db
def test_a_source_that_takes_back_its_own_words_is_heard(page):
    bring(page(yeu_cau_dieu_kien="Đủ 18 tuổi"))

    bring(page(yeu_cau_dieu_kien=""))

    assert version().conditions == ""


@pytest.mark.django_db
def test_what_was_read_with_doubt_does_not_push_aside_what_another_source_knew(page, table):
    bring(table(ROW))

    plan = bring(page(cach_thuc_thuc_hien=flat_channels.HEAD + "Trực tiếp1200 VNĐ"))

    assert version().cases.get().channels.get().number == 5
    assert "đọc còn nghi vấn" in "; ".join(plan.items[0].reasons)


@pytest.mark.django_db
def test_what_people_corrected_is_not_undone_by_the_same_file(table):
    path = table(ROW)
    bring(path)
    imported = version()
    make = ProcedureVersion(
        procedure=imported.procedure, number=2, title="Tên đã sửa", field=imported.field,
        valid_from=imported.valid_from, source="Người kiểm soát sửa",
    )  # fmt: skip
    make.refresh_keys()
    make.save()

    assert verdicts(bring(path)) == {"unchanged": 1}


@pytest.mark.django_db
def test_a_rejected_draft_does_not_come_back(table):
    path = table(ROW)
    bring(path)
    ProcedureVersion.objects.update(approval=Approval.REJECTED)

    assert verdicts(bring(path)) == {"unchanged": 1}


@pytest.mark.django_db
def test_periods_of_one_list_become_versions_in_order(table):
    now = {**CARED, "hieu_luc_tu": "01/07/2025", "so_thoi_gian": "1", "nguon": "Danh mục 2026"}
    path = table(now, CARED, heads=CARED_HEADS)

    assert verdicts(bring(path)) == {"new": 1, "changed": 1}
    assert verdicts(bring(path)) == {"unchanged": 2}
    assert [(v.number, v.valid_from.year) for v in ProcedureVersion.objects.order_by("number")] == [
        (1, 2018), (2, 2025),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_fee_of_another_time_is_not_carried_into_silence(table):
    bring(table({**CARED, "phi_hien_thi": "8.000 đồng"}, heads=CARED_HEADS))

    later = {**CARED, "phi_hien_thi": "", "hieu_luc_tu": "2025-07-01", "nguon": "Danh mục 2026"}
    bring(table(later, heads=CARED_HEADS))

    assert version(number=2).cases.get().fees.get().state == FeeState.UNKNOWN


@pytest.mark.django_db
def test_a_failure_half_way_leaves_nothing(table, monkeypatch):
    def fail(*_args):
        raise RuntimeError("mất điện")

    monkeypatch.setattr(storing, "_save_contents", fail)

    with pytest.raises(RuntimeError):
        bring(table(ROW))

    assert not Procedure.objects.exists()
    assert not Field.objects.exists()


@pytest.mark.django_db
def test_a_plan_made_before_the_catalogue_changed_is_not_carried_out(table):
    plan = importing.plan(importing.read_files([table(ROW)]))
    make_procedure(code="1.001193")

    with pytest.raises(PlanOutdated):
        importing.apply(plan)

    assert ProcedureVersion.objects.count() == 1


@pytest.mark.django_db
def test_a_draft_approved_meanwhile_is_not_touched(table):
    bring(table(ROW))
    plan = importing.plan(importing.read_files([table({**ROW, "ten": "Tên mới"})]))
    ProcedureVersion.objects.update(approval=Approval.APPROVED)

    with pytest.raises(PlanOutdated):
        importing.apply(plan)

    assert version().title == ROW["ten"]


# Approving ---------------------------------------------------------------------------------------


def make_officer_of_catalogue():
    """Somebody whose name stands under approvals; who may approve is asked by page and command."""
    number = Officer.objects.count()
    return Officer.objects.create_user(f"kiemsoat{number}", full_name="Trần Thị Soạn")


@pytest.mark.django_db
def test_an_approval_ends_the_version_before_on_the_day_before(table):
    old = make_procedure(code="1.001193")
    approver = make_officer_of_catalogue()

    bring(table(ROW), valid_from=date(2018, 6, 1), approve_by=approver)

    old.refresh_from_db()
    assert old.valid_to == date(2018, 5, 31)
    new = version(number=2)
    assert (new.approval, new.approved_by, new.valid_to) == (Approval.APPROVED, approver, None)
    assert new.approved_at


@pytest.mark.django_db
def test_a_version_for_an_earlier_time_ends_before_the_next_begins(table):
    make_procedure(code="1.001193", valid_from=date(2025, 7, 1))

    bring(table(CARED, heads=CARED_HEADS), approve_by=make_officer_of_catalogue())

    early = version(number=2)
    assert early.approval == Approval.APPROVED
    assert (early.valid_from, early.valid_to) == (date(2018, 1, 1), date(2025, 6, 30))


@pytest.mark.django_db
def test_periods_approved_together_follow_each_other(table):
    now = {**CARED, "hieu_luc_tu": "2025-07-01", "so_thoi_gian": "1"}

    bring(table(now, CARED, heads=CARED_HEADS), approve_by=make_officer_of_catalogue())

    assert [(v.approval, v.valid_to) for v in ProcedureVersion.objects.order_by("number")] == [
        ("approved", date(2025, 6, 30)), ("approved", None),
    ]  # fmt: skip


@pytest.mark.django_db
def test_two_versions_cannot_be_approved_for_one_day(table):
    make_procedure(code="1.001193", valid_from=date(2018, 6, 1))
    plan = importing.plan(importing.read_files([table(ROW)]), valid_from=date(2018, 6, 1))

    report = importing.apply(plan, approve_by=make_officer_of_catalogue())

    assert version(number=2).approval == Approval.DRAFT
    ((_, reason),) = report.held
    assert "đúng ngày 01/06/2018" in reason


@pytest.mark.django_db
def test_the_approver_may_let_a_draft_correct_another_source_of_the_same_day(table):
    make_procedure(code="1.001193", valid_from=date(2018, 6, 1), valid_to=date(2025, 6, 30))
    plan = importing.plan(importing.read_files([table(ROW)]), valid_from=date(2018, 6, 1))

    report = importing.apply(plan, approve_by=make_officer_of_catalogue(), correcting=True)

    assert (report.approved, report.replaced, report.held) == (1, 1, [])
    assert version(number=1).approval == Approval.REPLACED
    new = version(number=2)
    assert (new.approval, new.valid_to) == (Approval.APPROVED, date(2025, 6, 30))


@pytest.mark.django_db
def test_a_source_corrects_its_own_words_of_the_same_day(table):
    since, approver = date(2018, 6, 1), make_officer_of_catalogue()
    bring(table(ROW), valid_from=since, approve_by=approver)

    again = bring(table({**ROW, "so_thoi_gian": "3"}), valid_from=since, approve_by=approver)

    assert "đính chính phiên bản 1 đã duyệt cùng ngày" in wording.line(again.items[0])
    assert "5 ngày làm việc” → “Trực tiếp: 3 ngày" in wording.line(again.items[0])
    assert [(v.number, v.approval, v.valid_from) for v in ProcedureVersion.objects.all()[::-1]] == [
        (1, "replaced", since), (2, "approved", since),
    ]  # fmt: skip
    assert verdicts(bring(table({**ROW, "so_thoi_gian": "3"}), valid_from=since)) == {
        "unchanged": 1
    }


@pytest.mark.django_db
def test_a_draft_left_by_an_earlier_run_shows_again_what_it_would_correct(table):
    make_procedure(code="1.001193", valid_from=date(2018, 6, 1))
    bring(table(ROW), valid_from=date(2018, 6, 1))

    (item,) = importing.plan(importing.read_files([table(ROW)])).items

    assert item.verdict == Verdict.UNCHANGED
    assert "Trực tiếp: 10 ngày làm việc" in wording.line(item)


@pytest.mark.django_db
def test_two_drafts_of_one_run_cannot_be_approved_for_one_day(table, page):
    listed = table({**CARED, "hieu_luc_tu": "2018-06-01"}, heads=CARED_HEADS)
    plan = importing.plan(importing.read_files([listed, page()]), valid_from=date(2018, 6, 1))

    report = importing.apply(plan, approve_by=make_officer_of_catalogue())

    assert (report.approved, len(report.held)) == (1, 1)


@pytest.mark.django_db
def test_low_confidence_stays_a_draft(table):
    path = table({**CARED, "do_tin_cay": "low"}, heads=CARED_HEADS)

    report = importing.apply(
        importing.plan(importing.read_files([path])), approve_by=make_officer_of_catalogue()
    )

    assert version().approval == Approval.DRAFT
    assert report.approved == 0
    assert "độ tin cậy thấp" in report.held[0][1]


@pytest.mark.django_db
def test_drafts_of_an_earlier_run_are_approved_by_a_later_one(table):
    path = table(ROW)
    bring(path)

    plan = bring(path, approve_by=make_officer_of_catalogue())

    assert verdicts(plan) == {"unchanged": 1}
    assert version().approval == Approval.APPROVED


# Defects of the source ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([{}], ""),
        ([{"don_vi_thoi_gian": ""}], "thời hạn có số mà không có đơn vị"),
        (
            [{"so_thoi_gian": "", "don_vi_thoi_gian": ""}],
            "không có thời hạn ở hình thức nộp nào",
        ),
        (
            [{}, {"kenh": "Dịch vụ bưu chính", "so_thoi_gian": "7"}],
            "thời hạn khác nhau giữa các dòng",
        ),
        (
            [{}, {"kenh": "Trực tiếp", "don_vi_thoi_gian": "Ngày"}],
            "thời hạn khác nhau giữa các dòng",
        ),
        (
            [{"mo_ta_phi_thoi_han": "(Do Hội đồng nhân dân tỉnh)"}],
            "ghi “Miễn phí” trong khi mô tả nói HĐND quy định",
        ),
        ([{"phi_hien_thi": "8,000 VNĐ", "mo_ta_phi_thoi_han": "(Hội đồng nhân dân)"}], ""),
        ([{}, {}], "một hình thức nộp có nhiều dòng"),
        ([{"kenh": "Trực tiếp"}], "không có hình thức trực tuyến"),
        ([{"kenh": "", "so_thoi_gian": "", "don_vi_thoi_gian": "", "phi_hien_thi": ""}], ""),
    ],
)
def test_defects_are_counted_per_procedure(rows, found, table):
    plain = {**ROW, "kenh": "Trực tuyến"}
    records = importing.read_files([table(*({**plain, **row} for row in rows))])

    defects = [defect.label for defect in importing.count_defects(records) if defect.count]

    assert defects == list(filter(None, [found]))


def test_codes_that_share_a_title_and_pages_without_agency_are_counted(table, page):
    records = importing.read_files(
        [table(ROW, {**ROW, "ma": "1.000002"}, {**ROW, "ma": "1.000003", "ten": "Khác"}),
         page(ma_thu_tuc="1.000004", ten_thu_tuc="Trang", co_quan_thuc_hien="")]
    )  # fmt: skip

    defects = {defect.label: defect.codes for defect in importing.count_defects(records)}

    assert defects["nhiều mã chung một tên"] == ("1.001193", "1.000002")
    assert defects["không có cơ quan thực hiện"] == ("1.000004",)


# The command -----------------------------------------------------------------------------------


def run(*arguments, **options):
    out = io.StringIO()
    call_command("import_procedures", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_only_shows_unless_told_to_apply(table):
    path = table(ROW, {**ROW, "ma": "sai", "ten": "Sai"})

    shown = run(path)

    assert "Đọc 2 thủ tục: mới 1, thay đổi 0, giữ nguyên 0, từ chối 1" in shown
    assert "1.001193  mới: Thủ tục đăng ký khai sinh" in shown
    assert "sai  từ chối: bang.csv, dòng 3: mã “sai” không theo mẫu N.NNNNNN" in shown
    assert "chưa ghi gì" in shown
    assert not Procedure.objects.exists()
    assert "Đã ghi: 1 thủ tục mới, 1 phiên bản mới" in run(path, "--apply")
    assert "không có gì phải ghi" in run(path, "--apply")


@pytest.mark.django_db
def test_the_command_shortens_long_lists_unless_asked(table):
    path = table(*({**ROW, "ma": f"1.{n:06}"} for n in range(30)))

    assert "… và 10 dòng nữa" in run(path)
    assert "1.000029  mới" in run(path, verbosity=2)


def test_the_command_approves_only_for_one_who_may(table, district):
    path = table(ROW)
    stranger, controller = district.specialist, district.controller

    for arguments, says in [
        (["--approve"], "cần --by"),
        (["--by", controller.username], "chỉ dùng cùng --approve"),
        (["--approve", "--by", "khong-ai"], "Không có cán bộ"),
        (["--approve", "--by", stranger.username], "cần vai trò “Kiểm soát thủ tục hành chính”"),
    ]:
        with pytest.raises(CommandError, match=says):
            run(path, "--apply", *arguments)
    run(path, "--apply", "--approve", "--by", controller.username, "--valid-from", "01/06/2018")

    assert version().approved_by == controller
    assert version().valid_from == date(2018, 6, 1)


def test_a_dry_run_tells_what_an_approval_would_not_reach(table, district):
    path = table({**CARED, "do_tin_cay": "low"}, heads=CARED_HEADS)

    shown = run(path, "--approve", "--by", district.controller.username)

    assert "1.001193  còn là bản nháp: độ tin cậy thấp" in shown


@pytest.mark.django_db
def test_the_command_ends_with_one_sentence_for_what_it_cannot_do(table, tmp_path):
    (tmp_path / "hong.json").write_text("{")
    for arguments, says in [
        ([table(ROW), tmp_path / "hong.json"], "hong.json: tệp JSON hỏng"),
        ([table(ROW), "--valid-from", "2018-06-01"], "dd/mm/yyyy"),
        ([table(ROW), "--report", tmp_path / "khong" / "co.csv"], "không ghi được báo cáo"),
    ]:
        with pytest.raises(CommandError, match=says):
            run(*arguments, "--apply")
    assert not Procedure.objects.exists()


@pytest.mark.django_db
def test_the_report_is_a_table_that_no_spreadsheet_calculates(table, tmp_path):
    path = table({**ROW, "ten": "=1+1", "don_vi_thoi_gian": ""})

    run(path, "--report", tmp_path / "bao-cao.csv")

    with (tmp_path / "bao-cao.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["ten"] == "'=1+1"
    assert rows[0]["noi_doc"] == "bang.csv, dòng 2"
    assert "không có đơn vị" in rows[0]["nghi_van"]
    assert rows[-2]["ly_do"] == "thời hạn có số mà không có đơn vị"


# The project's own lists -------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_lists_of_the_project_load_and_low_confidence_waits():
    paths = [OWN / "procedures-2018.csv", OWN / "procedures-2026.csv"]

    first = bring(*paths, approve_by=make_officer_of_catalogue())
    second = bring(*paths)

    assert not first.of(Verdict.REFUSED)
    assert verdicts(second) == {"unchanged": len(first.items)}
    low = ProcedureVersion.objects.filter(confidence="low")
    assert low.exists()
    assert set(low.values_list("approval", flat=True)) == {Approval.DRAFT}
    birth = Procedure.objects.get(code="1.001193")
    of_2018 = ProcedureVersion.holding(birth.pk, date(2018, 5, 2))
    assert of_2018.cases.get().channels.get().unit == Unit.SAME_DAY
    assert of_2018.valid_to == date(2025, 6, 30)


# The real files --------------------------------------------------------------------------------


@pytest.fixture
def catalogue():
    folder = os.environ.get("PORTAL_SHARED_DATA")
    if not folder:
        pytest.skip("PORTAL_SHARED_DATA is not set: the real catalogue files are not here")
    return Path(folder) / "catalogue"


def test_the_real_table_has_the_defects_that_were_measured(catalogue):
    records = importing.read_files([catalogue / "thu-tuc-cap-xa-2026.csv"])

    counted = {defect.label: defect.count for defect in importing.count_defects(records)}

    assert len(records) == 585
    assert counted == {
        "thời hạn có số mà không có đơn vị": 161,
        "không có thời hạn ở hình thức nộp nào": 26,
        "thời hạn khác nhau giữa các dòng": 63,
        "ghi “Miễn phí” trong khi mô tả nói HĐND quy định": 58,
        "một hình thức nộp có nhiều dòng": 21,
        "không có hình thức trực tuyến": 73,
        "không có cơ quan thực hiện": 0,
        "nhiều mã chung một tên": 17,
    }


def test_the_real_pages_are_taken_apart_or_kept_whole(catalogue):
    records = importing.read_files([catalogue / "bo-tu-phap"])

    assert len(records) == 271
    assert all(record.content["channels"] for record in records)
    whole = [record for record in records if not record.content["papers"]]
    assert all(record.content["papers_text"] for record in whole)
    assert len(whole) < 10
    names = [result.name for record in records for result in record.content["results"]]
    assert not [name for name in names if "Chọn cơ quan" in name]


@pytest.mark.django_db
def test_all_real_files_load_and_load_again_unchanged(catalogue):
    files = ["danh-sach-tthc-BoTuPhap.xlsx", "bo-tu-phap", "thu-tuc-cap-xa-2026.csv"]

    first = [verdicts(bring(catalogue / name)) for name in files]
    second = [verdicts(bring(catalogue / name)) for name in files]

    assert first[0] == {"new": 271}
    assert first[1] == {"changed": 271}
    assert "refused" not in first[2]
    assert sum(first[2].values()) == 585
    assert second == [{"unchanged": 271}, {"unchanged": 271}, {"unchanged": 585}]
    assert Procedure.objects.count() == 790
    assert not Fee.objects.filter(state=FeeState.KNOWN, amount=None).exists()


@pytest.mark.django_db
def test_the_whole_folder_loads_at_once_and_knows_the_land_certificate(catalogue):
    assert verdicts(bring(catalogue)) == {"new": 790}
    assert verdicts(bring(catalogue)) == {"unchanged": 790}

    land = version("1.013978").cases.get().channels.all()
    assert [(row.channel, row.number) for row in land] == [
        ("direct", 27), ("online", 17), ("post", 20),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_real_list_beside_our_own_of_the_same_day_leaves_no_draft_for_ever(catalogue):
    approver = make_officer_of_catalogue()
    bring(OWN / "procedures-2026.csv", approve_by=approver)
    path, since = catalogue / "thu-tuc-cap-xa-2026.csv", date(2025, 7, 1)

    left = importing.apply(
        importing.plan(importing.read_files([path]), valid_from=since), approve_by=approver
    )
    shown = importing.plan(importing.read_files([path]), valid_from=since)
    done = importing.apply(shown, approve_by=approver, correcting=True)

    assert len(left.held) == 215
    assert sum(bool(item.shown_changes) for item in shown.items) == 215
    assert (done.approved, done.replaced, done.held) == (215, 215, [])
    assert not ProcedureVersion.objects.drafts().exists()


@pytest.mark.django_db
def test_a_change_in_the_real_list_is_one_draft(catalogue, tmp_path):
    real = (catalogue / "thu-tuc-cap-xa-2026.csv").read_text(encoding="utf-8-sig")
    old = "Giao khu vực biển cho cá nhân Việt Nam để nuôi trồng thủy sản"
    assert real.count(old) == 1
    (tmp_path / "moi.csv").write_text(real.replace(old, f"{old} (sửa đổi)"))
    since = localdate() - timedelta(days=30)
    bring(catalogue / "thu-tuc-cap-xa-2026.csv", valid_from=since,
          approve_by=make_officer_of_catalogue())  # fmt: skip

    plan = bring(tmp_path / "moi.csv")

    assert verdicts(plan) == {"changed": 1, "unchanged": 584}
    assert ProcedureVersion.objects.drafts().get().title.endswith("(sửa đổi)")
    assert version("3.000439", number=1).title == old
