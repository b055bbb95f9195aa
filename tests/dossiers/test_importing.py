"""Carrying running dossiers over: what is read, what is refused with its cell, what is promised."""

from __future__ import annotations

import io
import re
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from dossiers import acts, importing, journal
from dossiers.importing import Verdict
from dossiers.importing.cells import CellFault, address_and_phone, when
from dossiers.importing.template import template
from dossiers.models import Dossier, DossierImport, Event, ImportedDossier, KeptPromise, State
from procedures.catalogue import Competence
from procedures.offices import Role
from tests.factories import (
    MONDAY,
    PASSWORD,
    day,
    local,
    make_dossier,
    make_hand,
    make_officer,
    make_procedure,
)

NOW = local(2018, 4, 27, 10)
HEADS = [
    "Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ", "Ngày nhận", "Ngày hẹn trả", "Trạng thái",
    "Ngày yêu cầu bổ sung", "Ngày kết thúc xử lý", "Đơn vị tiếp nhận", "Địa chỉ", "Ghi chú",
]  # fmt: skip
TITLE = "Đăng ký thành lập hộ kinh doanh"


def book(*rows: list, heads: list | None = None, above: list[list] = ()) -> bytes:
    sheet_book = Workbook()
    for row in [*above, heads or HEADS, *rows]:
        sheet_book.active.append(row)
    out = io.BytesIO()
    sheet_book.save(out)
    return out.getvalue()


def row(code="HKD-0001", title=TITLE, owner="Bo Bo Thị Nga", received="16/04/2018 09:12", **more):
    values = {
        "Mã hồ sơ": code, "Tên TTHC": title, "Chủ hồ sơ": owner, "Ngày nhận": received,
        "Trạng thái": "Đang xử lý", "Đơn vị tiếp nhận": "Một cửa huyện", **more,
    }  # fmt: skip
    return [values.get(head) for head in HEADS]


@pytest.fixture
def version(district):
    return make_procedure(district.desk, district.office)


@pytest.fixture
def controller(district):
    return district.controller


def planned(*rows: list, **options) -> importing.ImportPlan:
    data = options.pop("data", None) or book(*rows)
    options = {"source": "Hệ thống cũ", "desk": None, "now": NOW, **options}
    return importing.plan(importing.read(data, "tep.xlsx"), **options)


def written(controller, *rows: list, **options) -> int:
    made = planned(*rows, **options)
    batch = importing.keep_file(
        b"x", "tep.xlsx", source=made.source, desk=None, by=controller, now=NOW
    )
    return importing.apply(made, batch, by=controller, now=NOW)


# Reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected", "hour"),
    [
        ("5/3/2018", "5/3/2018", None),
        ("16/04/2018 09:12", "16/4/2018", "09:12"),
        ("08:30 16/04/2018", "16/4/2018", "08:30"),
        ("16-04-2018 9h05", "16/4/2018", "09:05"),
        ("8 giờ 30 phút, ngày 16 tháng 4 năm 2018", "16/4/2018", "08:30"),
        ("2018-04-16T09:12:00", "16/4/2018", "09:12"),
        (datetime(2018, 4, 16, 9, 12), "16/4/2018", "09:12"),  # noqa: DTZ001 - as openpyxl gives it
        (datetime(2018, 4, 16), "16/4/2018", None),  # noqa: DTZ001
        (43206, "16/4/2018", None),
    ],
)
def test_a_day_is_read_as_people_and_spreadsheets_write_it(value, expected, hour):
    found = when(value)

    assert found.day == day(expected)
    assert (found.hour.strftime("%H:%M") if found.hour else None) == hour


@pytest.mark.parametrize("value", ["hôm qua", "31/02/2018", "16/4/18", 12, "2018"])
def test_a_day_that_is_none_is_refused_in_words(value):
    with pytest.raises(CellFault):
        when(value)


def test_the_one_cell_of_the_register_is_taken_apart():
    assert address_and_phone("thôn Dốc Trầu, xã Ba Cụm Bắc; ĐT: 0912 345 678") == (
        "thôn Dốc Trầu, xã Ba Cụm Bắc",
        "0912345678",
    )
    assert address_and_phone("thôn 2, Sơn Hiệp") == ("thôn 2, Sơn Hiệp", "")


def test_the_register_of_the_official_form_is_read_below_its_banner(version, district):
    """Mẫu 06: a title, heads in two rows, a line that numbers the columns, a field across."""
    upper = ["STT", "Mã hồ sơ", "TÊN THỦ TỤC\nHÀNH CHÍNH", "Số lượng hồ sơ (bộ)",
             "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại", "Cơ quan chủ trì giải quyết",
             "Nhận và Trả kết quả", None, None, None, None, "Ghi chú"]  # fmt: skip
    lower = [None] * 7 + ["Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả",
                          "Phương thức nhận kết quả", "Ký nhận", None]  # fmt: skip
    body = [1, "HS-77", TITLE.upper(), 2, "Katơr Thị Hồng", "Tô Hạp, 0905111222",
            "Phòng Tài chính – Kế hoạch", "16/04/2018", "03/05/2018", None,
            "Bưu chính"]  # fmt: skip
    data = book(
        lower,
        [f"({n})" for n in range(1, 14)],
        ["I. Lĩnh vực đăng ký kinh doanh"],
        body,
        ["Tổng cộng: 1 hồ sơ"],
        heads=upper,
        above=[["SỔ THEO DÕI HỒ SƠ"], ["Từ ngày 01/01/2018"]],
    )

    (item,) = planned(data=data, desk=district.desk).items

    assert item.verdict == Verdict.NEW, item.faults
    intake = item.arriving.intake
    assert (intake.owner.phone, intake.owner.address) == ("0905111222", "Tô Hạp")
    assert (intake.sets, intake.delivery) == (2, "post")
    assert item.arriving.holder == district.office


def test_a_csv_with_semicolons_is_read_alike(version):
    lines = ["Mã hồ sơ;Tên TTHC;Người nộp;Ngày nhận;Đơn vị tiếp nhận"]
    lines.append(f"A-1;{TITLE};Mấu Thị Hoa;16/04/2018;Một cửa huyện")

    (item,) = planned(data="\n".join(lines).encode("utf-8-sig")).items

    assert item.verdict == Verdict.NEW, item.faults
    assert item.arriving.intake.received_at == local(2018, 4, 16, 7)  # the office opens


def test_a_file_without_a_needed_column_says_which():
    with pytest.raises(importing.FileFault, match="“Ngày nhận”"):
        importing.read(book(heads=["Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ"]), "tep.xlsx")


def test_a_file_that_is_nothing_is_refused_in_words():
    for data in (b"", b"PK\x03\x04 rot", b"\xff\xfe1", b"\xd0\xcf\x11\xe0x"):
        with pytest.raises(importing.FileFault, match="tep.xlsx"):
            importing.read(data, "tep.xlsx")


def test_the_template_can_be_filled_and_read(version):
    filled = load_workbook(io.BytesIO(template()))
    sheet = filled["Hồ sơ"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for head, value in [("Mã hồ sơ", "T-1"), ("Tên thủ tục hành chính", TITLE),
                        ("Chủ hồ sơ", "Pinăng Thị Sa"), ("Ngày nhận", "16/04/2018"),
                        ("Đơn vị tiếp nhận", "Một cửa huyện")]:  # fmt: skip
        sheet.cell(2, heads[head], value)
    out = io.BytesIO()
    filled.save(out)

    (item,) = planned(data=out.getvalue()).items
    assert item.verdict == Verdict.NEW, item.faults


# Judging ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "Đăng ký thành lập hộ kinh doan"}, f"ô B2.*Gần nhất: “{TITLE}”"),
        ({"Đơn vị tiếp nhận": "Một của huyệnn"}, "ô I2.*Gần nhất: “Một cửa huyện”"),
        ({"received": "32/04/2018"}, "ô D2.*không có trong lịch"),
        ({"received": "16/04/2019"}, "ô D2.*tương lai"),
        ({"received": None}, "thiếu ngày nhận"),
        ({"code": ""}, "ô A2.*thiếu mã hồ sơ"),
        ({"owner": ""}, "ô C2.*thiếu tên"),
        ({"Trạng thái": "Chờ bổ sun"}, "ô F2.*Gần nhất: “Chờ bổ sung”"),
        ({"Trạng thái": "Chờ bổ sung"}, "ô G2.*thiếu ngày yêu cầu"),
        ({"Trạng thái": "Đã xử lý xong"}, "ô H2.*thiếu ngày kết thúc"),
        ({"Trạng thái": "Đã xử lý xong", "Ngày kết thúc xử lý": "1/4/2018"}, "trước ngày nhận"),
        ({"received": "16/04/2014"}, "không có phiên bản có hiệu lực"),
    ],
)
def test_a_row_that_cannot_be_taken_says_cell_and_reason(changes, words, version):
    (item,) = planned(row(**changes)).items

    assert item.verdict == Verdict.REFUSED
    assert re.search(words, "; ".join(item.faults)), item.faults


def test_names_and_titles_are_compared_without_marks_and_kept_as_typed(version):
    typed = row(title="DANG KY  thành lập hộ kinh doanh", owner="  Chamaléa\u00a0Thị Hoà ")

    (item,) = planned(typed).items

    assert item.verdict == Verdict.NEW, item.faults
    assert item.arriving.intake.owner.name == "Chamaléa Thị Hoà"


def test_without_a_day_of_reception_the_day_of_filing_counts_and_is_told(version):
    heads = ["Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ", "Ngày nhận", "Ngày nộp", "Đơn vị tiếp nhận"]
    values = ["A", TITLE, "Mấu Thị Hoa", None, "16/04/2018", "UBND huyện Khánh Sơn"]

    (item,) = planned(data=book(values, heads=heads)).items
    assert item.verdict == Verdict.NEW, item.faults
    assert "lấy ngày nộp" in item.notes[0]


def test_two_rows_with_one_code_are_both_refused(version):
    made = planned(row(), row(owner="Mấu Văn Xa"))

    assert len(made.of(Verdict.REFUSED)) == 2
    assert "2 dòng" in made.items[0].faults[0]


def test_a_code_of_this_portal_is_not_taken_twice(version, district):
    ours = make_dossier(district, version)

    (item,) = planned(row(code=ours.code.lower())).items
    assert "mã của một hồ sơ khác" in item.faults[0]


def test_dossiers_closed_long_ago_are_left_out_and_hinder_nothing(version):
    made = planned(row(code="A"), row(code="B", **{"Trạng thái": "Đã trả kết quả"}))

    assert [item.verdict for item in made.items] == [Verdict.NEW, Verdict.LEFT_OUT]
    assert made.can_apply


def test_of_two_procedures_with_one_name_the_desk_s_own_is_meant(version, district):
    make_procedure(district.commune_desk)

    (item,) = planned(row()).items
    assert item.arriving.intake.version == version

    namesake = make_procedure(district.desk)
    (item,) = planned(row()).items
    assert namesake.procedure.code in item.faults[0]


# Promises --------------------------------------------------------------------------------------


def test_the_due_date_is_counted_anew_and_an_earlier_printed_day_is_kept(version, controller):
    written(controller, row(**{"Ngày hẹn trả": "27/04/2018"}))

    dossier = Dossier.objects.get()
    assert dossier.due_at == local(2018, 5, 3, 17)
    assert dossier.promised_at is None  # nobody apologised
    assert dossier.kept_promise.day_at == local(2018, 4, 27, 17)


def test_a_later_printed_day_gives_way_to_the_law_and_the_report_says_so(version, controller):
    made = planned(row(**{"Ngày hẹn trả": "10/05/2018"}))

    assert len(made.moved) == 1
    assert "phải xong theo luật" in made.items[0].notes[0]
    written(controller, row(**{"Ngày hẹn trả": "10/05/2018"}))
    assert not KeptPromise.objects.exists()


def test_the_citizen_reads_the_day_on_their_own_paper(version, controller, client):
    written(controller, row(**{"Ngày hẹn trả": "27/04/2018"}))

    page = client.get(Dossier.objects.get().tracking_url).content.decode()
    assert "27/04/2018" in page
    assert "giữ ngày đã hẹn" in page


# Writing ---------------------------------------------------------------------------------------


def test_an_imported_dossier_is_a_dossier_like_any_other(version, district, controller):
    assert written(controller, row()) == 1

    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.holder) == (State.IN_PROGRESS, district.office)
    assert dossier.code == "000.00.20.H32-180427-0001"
    assert (dossier.reference, dossier.imported.old_code) == ("HKD-0001", "HKD-0001")
    assert (dossier.received_at, dossier.entered_at) == (MONDAY, NOW)
    assert dossier.legs.get(ended_at=None).holder == district.office
    event = dossier.events.get()
    assert (event.act, event.label, event.by) == ("import", "Chuyển từ hệ thống cũ", controller)
    assert not dossier.papers.exists()  # the old receipt stays the citizen's
    assert list(journal.faults()) == []


def test_a_finished_row_waits_on_the_shelf_and_is_not_late_because_it_came_late(
    version, district, controller
):
    more = {"Trạng thái": "Chờ trả kết quả", "Ngày kết thúc xử lý": "20/04/2018"}
    written(controller, row(**more))

    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.holder) == (State.FINISHED, district.desk)
    assert dossier.finished_at.date() == day("20/4/2018")
    assert dossier.closed_at == NOW
    assert Dossier.objects.awaiting_return().count() == 1


def test_a_row_waiting_for_papers_has_its_clock_stopped_until_they_come(
    version, district, controller
):
    written(controller, row(**{"Trạng thái": "Chờ bổ sung", "Ngày yêu cầu bổ sung": "20/04/2018"}))

    dossier = Dossier.objects.get()
    assert dossier.state == State.AWAITING_SUPPLEMENT
    assert dossier.standing

    acts.receive_supplement(dossier.pk, make_hand(district.receiver, local(2018, 5, 4)), note="Đủ")
    dossier.refresh_from_db()
    assert dossier.due_at == local(2018, 5, 15, 17)


def test_a_second_run_finds_everything_there(version, controller):
    written(controller, row())
    again = planned(row(), row(code="HKD-0002"))

    assert [item.verdict for item in again.items] == [Verdict.KNOWN, Verdict.NEW]
    assert written(controller, row(), row(code="HKD-0002")) == 1
    assert ImportedDossier.objects.count() == Dossier.objects.count() == 2


def test_one_bad_row_keeps_the_whole_file_out(version, controller):
    with pytest.raises(importing.ImportFault, match="không ghi một phần"):
        written(controller, row(), row(code="HKD-0002", received="mai"))

    assert not Dossier.objects.exists()


def test_a_row_refused_while_writing_takes_the_others_back(version, controller):
    made = planned(row(), row(code="HKD-0002"))
    Competence.objects.all().delete()
    batch = importing.keep_file(b"x", "t", source="cũ", desk=None, by=controller, now=NOW)

    with pytest.raises(importing.ImportFault, match="Dòng 2"):
        importing.apply(made, batch, by=controller, now=NOW)
    assert not Event.objects.exists()


def test_a_number_of_the_old_system_is_never_given_out_again(version, district, controller):
    written(controller, row(code="000.00.20.H32-180427-0041"))

    codes = set(Dossier.objects.values_list("code", flat=True))
    assert codes == {"000.00.20.H32-180427-0042"}


def test_who_is_not_in_charge_writes_nothing(version, district):
    with pytest.raises(importing.ImportFault, match="cần vai trò"):
        written(district.receiver, row())


# The command and the page ----------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ho-so.xlsx"
    path.write_bytes(book(row(), row(code="HKD-0002", **{"Ngày hẹn trả": "27/04/2018"})))
    return path


def test_the_command_only_reports_until_it_is_told(version, controller, file, capsys):
    call_command("import_dossiers", str(file))

    out = capsys.readouterr().out
    assert "2 dòng: 2 mới" in out
    assert "giữ ngày trên giấy" in out
    assert not Dossier.objects.exists()

    call_command("import_dossiers", str(file), "--apply", by=controller.username)
    assert Dossier.objects.count() == 2
    call_command("import_dossiers", str(file), "--apply", by=controller.username)
    assert Dossier.objects.count() == 2


def test_the_command_tells_what_is_wrong_with_its_words(file, tmp_path, db):
    for words, match in [
        ([str(tmp_path / "khong.xlsx")], "khong.xlsx"),
        ([str(file), "--apply"], "--by"),
        ([str(file), "--desk", "x"], "bộ phận một cửa"),
    ]:
        with pytest.raises(CommandError, match=match):
            call_command("import_dossiers", *words)


def test_the_report_of_the_command_has_a_line_per_row(version, file, tmp_path):
    call_command("import_dossiers", str(file), report=str(tmp_path / "bao-cao.csv"))

    lines = (tmp_path / "bao-cao.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "03/05/2018,27/04/2018" in lines[2]


def sign_in(client, officer):
    client.login(username=officer.username, password=PASSWORD)


def test_a_file_is_shown_first_and_written_on_a_press(version, controller, client, file):
    sign_in(client, controller)
    with file.open("rb") as upload:
        shown = client.post(
            "/mot-cua/chuyen-ho-so/", {"file": upload, "source": "Một cửa 2016"}, follow=True
        )
    address = shown.request["PATH_INFO"]

    assert "Ghi 2 hồ sơ vào sổ" in shown.content.decode()
    assert not Dossier.objects.exists()
    client.post(address)
    client.post(address)
    assert Dossier.objects.count() == 2
    assert DossierImport.objects.get().content == b""


def test_a_file_nobody_confirms_is_forgotten_after_a_day(controller):
    for at in (NOW, local(2018, 4, 29)):
        importing.keep_file(b"x", "t.xlsx", source="cũ", desk=None, by=controller, now=at)

    importing.forget_files(local(2018, 4, 29, 12))
    assert DossierImport.objects.get().uploaded_at == local(2018, 4, 29)


def test_a_file_that_cannot_be_read_is_told_on_the_page(controller, client, tmp_path):
    sign_in(client, controller)
    path = tmp_path / "so.xlsx"
    path.write_bytes(b"khong phai")
    with path.open("rb") as upload:
        page = client.post("/mot-cua/chuyen-ho-so/", {"file": upload, "source": "Sổ cũ"})

    assert "không thấy hồ sơ nào" in page.content.decode()
    assert "Sổ cũ" in page.content.decode()


def test_only_those_in_charge_open_the_page(district, client):
    sign_in(client, district.receiver)
    assert client.get("/mot-cua/chuyen-ho-so/").status_code == 403
    administrator = make_officer(district.committee, Role.ADMINISTRATOR)
    sign_in(client, administrator)
    assert client.get("/mot-cua/chuyen-ho-so/").status_code == 200
    assert client.get("/mot-cua/chuyen-ho-so/tep-mau.xlsx").content.startswith(b"PK")
    assert client.get("/mot-cua/chuyen-ho-so/99/").status_code == 404
