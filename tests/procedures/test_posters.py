"""What hangs on the board and what people take home: read back from the PDFs themselves."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from khanhson_portal.ground import files
from procedures import jobs
from procedures.catalogue import (
    CaseChannel,
    Competence,
    LegalBasis,
    OnlineLevel,
    ProcedureCase,
    RequiredPaper,
)
from procedures.noticeboard import Printout, PrintoutKind, PrintoutState
from procedures.noticeboard.models.printouts import LOST_AFTER
from procedures.noticeboard.printouts import folding, keeping, listing, views
from procedures.offices import Hotline, Post
from procedures.worktime import Unit
from tests.factories import make_field, make_procedure

A4 = (595, 842)  # points
LONG = ("Thủ tục " + "rất dài " * 180)[:1094]


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def place_of(printout: Printout) -> Path:
    return Path(settings.MEDIA_ROOT) / files.name_of(keeping.SHELF, printout.sha256)


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader(content).pages).split())


def size(page) -> tuple[int, int]:
    return round(page.mediabox.width), round(page.mediabox.height)


def fonts(pdf: PdfReader) -> dict[str, bool]:
    """Every font that a page uses, and whether its outlines are inside the file."""
    found = {}
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            inside = any(key.startswith("/FontFile") for key in descriptor)
            found[str(inner["/BaseFont"])] = inside
    return found


def assert_official(content: bytes) -> PdfReader:
    """Tagged, titled, in Vietnamese, its one family of letters embedded."""
    pdf = reader(content)
    assert pdf.metadata.title
    assert pdf.trailer["/Root"]["/Lang"] == "vi"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert all(fonts(pdf).values())
    assert all("Liberation-Serif" in name for name in fonts(pdf))
    return pdf


@pytest.fixture
def two_fields(district):
    """Two procedures of one field, one of another, whose desk and solver are known."""
    born = make_field("Hộ tịch")
    make_procedure(
        district.desk, district.other_office, title="Đăng ký khai sinh", code="1.000001", field=born
    )
    make_procedure(
        district.desk,
        district.other_office,
        title="Đăng ký khai tử",
        code="1.000002",
        field=born,
        levels=["commune"],
    )
    make_procedure(district.desk, district.office, title="Đăng ký hộ kinh doanh", code="1.000003")
    return born


# The posted list ---------------------------------------------------------------------------------


def test_the_posted_list_is_laid_out_as_the_law_wants(client, two_fields):
    response = client.get("/thu-tuc/danh-muc.pdf")
    pdf = assert_official(response.content)
    text = words_of(response.content)

    assert response["Content-Type"] == "application/pdf"
    assert size(pdf.pages[0]) == (A4[1], A4[0])
    order = [
        "ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA",
        "ỦY BAN NHÂN DÂN HUYỆN KHÁNH SƠN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Khánh Sơn, ngày",
        "DANH MỤC THỦ TỤC HÀNH CHÍNH",
        "Lĩnh vực: Đăng ký kinh doanh",
        "Lĩnh vực: Hộ tịch",
        "Đăng ký khai sinh",
        "có 3 thủ tục hành chính",
        "TM. ỦY BAN NHÂN DÂN",
    ]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert "Trang" not in pdf.pages[0].extract_text()


def test_who_signs_comes_from_the_posts_and_stays_blank_when_uncertain(
    client, two_fields, district
):
    Post.objects.filter(officer=district.leader).update(
        title="Phó Chủ tịch", acting="KT.", acting_for="Chủ tịch"
    )
    text = words_of(client.get("/thu-tuc/danh-muc.pdf").content)
    assert "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Đinh Văn Chủ" in text

    Post.objects.filter(officer=district.leader).delete()
    blank = words_of(client.get("/thu-tuc/danh-muc.pdf").content)
    assert "Đinh Văn Chủ" not in blank
    assert "TM. ỦY BAN NHÂN DÂN ……" in blank


def test_the_list_of_an_office_is_the_offices_own(client, two_fields, district):
    text = words_of(client.get("/thu-tuc/danh-muc.pdf?co-quan=tu-phap").content)

    assert "ỦY BAN NHÂN DÂN HUYỆN KHÁNH SƠN PHÒNG TƯ PHÁP" in text
    assert "Giải quyết của Phòng Tư pháp" in text
    assert "hộ kinh doanh" not in text
    assert "TM." not in text


def test_filters_narrow_every_form_alike_and_unknown_values_are_ignored(client, two_fields):
    def codes(query: str) -> list[str]:
        rows = client.get(f"/thu-tuc/danh-muc.json{query}").json()["thu_tuc"]
        return [row["ma"] for row in rows]

    everything = ["1.000003", "1.000001", "1.000002"]
    assert codes("") == everything
    assert codes("?linh-vuc=khong-co&cap=x&muc-do=9&co-quan=%00&trang=7") == everything
    assert codes(f"?linh-vuc={two_fields.slug}") == ["1.000001", "1.000002"]
    assert codes("?cap=commune") == ["1.000002"]
    assert codes("?co-quan=tai-chinh-ke-hoach") == ["1.000003"]
    assert codes("?q=khai+tu") == ["1.000002"]
    assert client.get("/thu-tuc/danh-muc.doc").status_code == 404


def test_a_list_of_online_procedures_names_the_decision(client, two_fields):
    version = two_fields.versions.get(procedure__code="1.000001")
    OnlineLevel.objects.create(version=version, value="3", decision="QĐ 1234/QĐ-UBND")

    text = words_of(client.get("/thu-tuc/danh-muc.pdf?muc-do=3").content)

    assert "Dịch vụ công trực tuyến mức độ 3" in text
    assert "QĐ 1234/QĐ- UBND" in text or "1234" in text
    assert "khai tử" not in text


def test_nothing_found_is_still_a_paper(client, two_fields):
    text = words_of(client.get("/thu-tuc/danh-muc.pdf?q=zzzz").content)

    assert "Không có thủ tục nào theo lựa chọn này" in text
    assert "có 0 thủ tục" in text


def test_heads_are_repeated_pages_numbered_and_long_titles_stay_inside(client, district):
    for number in range(40):
        make_procedure(district.desk, title=f"{number:02} {LONG if number == 7 else 'Thủ tục'}")

    pdf = assert_official(client.get("/thu-tuc/danh-muc.pdf").content)

    pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) > 2
    for number, page in enumerate(pages[1:], 2):
        assert f"Trang {number}/{len(pages)}" in page
    with_rows = [page for page in pages if "Thủ tục" in page]
    assert all("Tên thủ tục hành chính" in page for page in with_rows)
    assert sum(page.count("rất dài") for page in pages) > 100


def test_a_list_in_pieces_is_numbered_as_one(district, monkeypatch):
    monkeypatch.setattr(listing, "PIECE", 10)
    rows = [
        dict.fromkeys(views.rows.HEADS, "") | {"ten": f"Thủ tục {n}", "linh_vuc": "Hộ tịch"}
        for n in range(25)
    ]
    data = {"title": "Danh mục", "about": [], "heading": [], "name": "", "rows": rows, "day": ""}
    heard: list[int] = []

    pages = [page.extract_text() for page in reader(listing.draw_list(data, heard.append)).pages]

    assert heard == [1, 2, 3, 4, 5, 6]
    assert listing.pieces(data) == 6
    assert "Trang" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert f"Trang {number}/{len(pages)}" in page
    assert "Thủ tục 24" in pages[-1]


def test_limits_and_money_of_cases_are_all_told_and_unknown_stays_unknown(client, district):
    version = make_procedure(district.desk, code="1.000009")
    case = version.cases.get()
    CaseChannel.objects.create(case=case, channel="online", number=5, unit=Unit.WORKING_DAY)
    other = ProcedureCase.objects.create(version=version, name="Cấp lại", order=1)
    CaseChannel.objects.create(case=other, channel="direct", number=2, unit=Unit.DAY)

    (row,) = client.get("/thu-tuc/danh-muc.json").json()["thu_tuc"]

    assert row["thoi_han"].split("\n") == [
        "Trực tiếp: 10 ngày làm việc",
        "Trực tuyến: 5 ngày làm việc",
        "Cấp lại, Trực tiếp: 2 ngày",
    ]
    assert row["phi_le_phi"] == "Chưa có thông tin"
    assert row["noi_nop"] == "Một cửa huyện"


@pytest.mark.parametrize("title", ["=1+1", "+84", "-HYPERLINK()", "@SUM(A1)", "\t=1"])
def test_a_title_that_a_spreadsheet_would_run_is_defused(client, district, title):
    version = make_procedure(district.desk)
    type(version).objects.update(title=title)

    text = client.get("/thu-tuc/danh-muc.csv").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/thu-tuc/danh-muc.xlsx").content)).active

    assert text.startswith("\ufeffSTT,")
    cell = next(iter(csv.DictReader(io.StringIO(text[1:]))))["Tên thủ tục hành chính"]
    assert cell == f"'{title.strip()}"
    assert sheet["C2"].value == f"'{title.strip()}"
    assert sheet["C2"].data_type == "s"


def test_a_stray_control_character_breaks_no_file(client, district):
    version = make_procedure(district.desk)
    type(version).objects.update(title="Cấp\x01 giấy\x1f phép")

    for ending in ("csv", "xlsx", "json", "pdf"):
        assert client.get(f"/thu-tuc/danh-muc.{ending}").status_code == 200


def test_the_list_costs_the_same_queries_whatever_its_length(
    client, district, django_assert_max_num_queries
):
    for _ in range(30):
        make_procedure(district.desk, district.office)

    for ending in ("json", "pdf"):
        with django_assert_max_num_queries(8):
            client.get(f"/thu-tuc/danh-muc.{ending}")


def test_a_machine_that_cannot_print_says_so(client, two_fields, monkeypatch):
    def no_pango(*_arguments, **_options):
        raise OSError("cannot load library libpango")

    monkeypatch.setattr("khanhson_portal.ground.pdf.lay_out", no_pango)

    for path in ("danh-muc.pdf", "1.000001/to-roi.pdf", "to-roi/buu-chinh.pdf"):
        response = client.get(f"/thu-tuc/{path}")
        assert response.status_code == 503
        assert "thiếu phần in ấn" in response.content.decode()


# Long printouts ----------------------------------------------------------------------------------


@pytest.fixture
def long_list(client, two_fields, monkeypatch) -> Printout:
    """A list beyond what is drawn while the visitor waits, ordered by a visitor."""
    monkeypatch.setattr(views, "AT_ONCE", 2)
    response = client.get("/thu-tuc/danh-muc.pdf")
    printout = Printout.objects.get()
    assert response.url == printout.get_absolute_url()
    return printout


def test_a_long_list_is_drawn_by_the_queue_and_kept(client, long_list):
    page = client.get(long_list.get_absolute_url())
    assert "Đang chờ đến lượt" in page.content.decode()
    assert page["Refresh"] == str(views.LOOK_AGAIN)
    assert "<script" not in page.content.decode()
    assert "Refresh" not in client.get(f"{long_list.get_absolute_url()}?dung=1")

    assert "bytes drawn" in jobs.draw_printout(long_list.pk)
    assert jobs.draw_printout(long_list.pk) == "nothing to draw"

    ready = client.get(long_list.get_absolute_url())
    assert "Bản in đã xong" in ready.content.decode()
    assert "Refresh" not in ready
    again = client.get("/thu-tuc/danh-muc.pdf", follow=True)
    assert Printout.objects.count() == 1
    assert "có 3 thủ tục" in words_of(again.content)


def test_a_lost_file_is_drawn_again(client, long_list):
    jobs.draw_printout(long_list.pk)
    long_list.refresh_from_db()
    place_of(long_list).write_bytes(b"x")

    assert client.get(f"/thu-tuc/ban-in/{long_list.key}.pdf").url == long_list.get_absolute_url()
    client.get("/thu-tuc/danh-muc.pdf")
    long_list.refresh_from_db()
    assert long_list.state == PrintoutState.WAITING


def test_only_staff_cancel_and_a_cancelled_printout_stops_being_drawn(
    client, long_list, district, monkeypatch
):
    address = f"{long_list.get_absolute_url()}huy/"
    assert client.post(address).url.startswith("/dang-nhap/")
    client.force_login(district.receiver)
    assert "Hủy bản in này" in client.get(long_list.get_absolute_url()).content.decode()

    def cancelled_meanwhile(data, progress):
        client.post(address)
        progress(1)
        raise AssertionError("drawn on")

    monkeypatch.setitem(keeping.DRAWERS, PrintoutKind.LIST, cancelled_meanwhile)
    assert jobs.draw_printout(long_list.pk) == "cancelled"
    assert "Bản in đã hủy" in client.get(long_list.get_absolute_url()).content.decode()
    assert jobs.draw_printout(long_list.pk) == "nothing to draw"

    client.get("/thu-tuc/danh-muc.pdf")
    long_list.refresh_from_db()
    assert long_list.state == PrintoutState.WAITING


def test_a_printout_that_fails_says_so_and_may_be_tried_again(client, long_list, monkeypatch):
    def broken(data, progress):
        raise OSError("no Pango")

    with monkeypatch.context() as patch:
        patch.setitem(keeping.DRAWERS, PrintoutKind.LIST, broken)
        with pytest.raises(OSError, match="no Pango"):
            jobs.draw_printout(long_list.pk)
    assert "Chưa in được" in client.get(long_list.get_absolute_url()).content.decode()

    assert "bytes drawn" in jobs.draw_printout(long_list.pk)


def test_the_work_of_a_dead_worker_is_taken_up(long_list):
    mine = Printout.objects.filter(pk=long_list.pk)
    mine.update(state=PrintoutState.DRAWING, touched_at=now())
    assert jobs.draw_printout(long_list.pk) == "nothing to draw"

    mine.update(touched_at=now() - 2 * LOST_AFTER)
    assert "bytes drawn" in jobs.draw_printout(long_list.pk)


def test_a_full_queue_is_said_plainly(client, long_list, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_WAITING", 1)
    make_procedure(title="Thêm một thủ tục")

    response = client.get("/thu-tuc/danh-muc.pdf?trang=1")

    assert response.status_code == 503
    assert "thử lại sau ít phút" in response.content.decode()


def test_old_printouts_are_forgotten_with_their_files(long_list):
    jobs.draw_printout(long_list.pk)
    long_list.refresh_from_db()
    place = place_of(long_list)
    assert place.exists()
    assert jobs.forget_printouts() == "0 printouts forgotten"

    Printout.objects.update(asked_at=now() - 2 * keeping.KEPT_FOR)
    assert jobs.forget_printouts() == "1 printouts forgotten"
    assert not place.exists()


def test_nobody_guesses_a_printout(client, db):
    assert client.get("/thu-tuc/ban-in/abc/").status_code == 404
    assert client.get("/thu-tuc/ban-in/abc.pdf").status_code == 404


# Leaflets ----------------------------------------------------------------------------------------


def test_a_leaflet_is_two_sides_in_plain_words(client, district):
    Hotline.objects.create(agency=district.desk, phone="0900000001")
    version = make_procedure(
        district.desk, code="1.000011", papers=("Tờ khai", "Giấy chứng sinh"), title="Khai sinh"
    )
    LegalBasis.objects.create(version=version, title="Luật Hộ tịch")

    response = client.get("/thu-tuc/1.000011/to-roi.pdf")
    pdf = assert_official(response.content)
    outside, inside = (" ".join(page.extract_text().split()) for page in pdf.pages)

    assert [size(page) for page in pdf.pages] == [(A4[1], A4[0])] * 2
    assert outside.index("Nộp ở đâu?") < outside.index("Khai sinh")
    assert "0900000001" in outside
    assert "/thu-tuc/1.000011/" in outside
    order = ["Cần mang gì?", "Tờ khai (1 bản chính)", "Bao lâu", "10 ngày làm việc", "bao nhiêu"]
    places = [inside.index(part) for part in [*order, "Chưa có thông tin", "Làm thế nào?"]]
    assert places == sorted(places)
    assert "Tờ rơi: Khai sinh" in pdf.metadata.title


def test_unknown_is_said_on_a_leaflet_too(client, district):
    make_procedure(code="1.000012", papers=())

    text = words_of(client.get("/thu-tuc/1.000012/to-roi.pdf").content)

    assert "chưa cập nhật" in text
    assert "hỏi bộ phận một cửa trước khi đi" in text


@pytest.mark.parametrize("papers", [0, 3, 12, 60, 200])
@pytest.mark.parametrize("title", ["Ngắn", LONG])
def test_whatever_the_contents_the_sheet_holds_them(client, district, papers, title):
    version = make_procedure(
        district.desk,
        code="1.000013",
        title=title,
        papers=tuple(f"Giấy tờ số {n}: {'mô tả dài dòng ' * 12}" for n in range(papers)),
    )
    RequiredPaper.objects.filter(case__version=version).update(group="Một trong các giấy tờ sau")

    pdf = reader(client.get("/thu-tuc/1.000013/to-roi.pdf").content)

    assert len(pdf.pages) == folding.SIDES
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Làm thế nào?" in text
    assert ("mục nữa" in text) == (papers >= 60)


def test_leaflets_of_fields_and_ways_to_file(client, two_fields):
    field = words_of(client.get(f"/thu-tuc/to-roi/linh-vuc/{two_fields.slug}.pdf").content)
    assert field.index("Các thủ tục của lĩnh vực") < field.index("Đăng ký khai sinh")
    assert "10 ngày làm việc" in field

    post = words_of(client.get("/thu-tuc/to-roi/buu-chinh.pdf").content)
    assert "45/2016/QĐ-TTg" in post
    assert "ba dịch vụ" in post
    assert "Danh mục chưa ghi thủ tục nào" in post

    version = two_fields.versions.get(procedure__code="1.000002")
    OnlineLevel.objects.create(version=version, value="3")
    CaseChannel.objects.create(case=version.cases.get(), channel="post", number=3, unit=Unit.DAY)
    online = words_of(client.get("/thu-tuc/to-roi/truc-tuyen.pdf").content)
    assert "trực tuyến mức độ 3" in online
    assert "Đăng ký khai tử" in online
    assert "Đăng ký khai tử" in words_of(client.get("/thu-tuc/to-roi/buu-chinh.pdf").content)

    for path in ("to-roi/khac.pdf", "to-roi/linh-vuc/khac.pdf", "1.999999/to-roi.pdf"):
        assert client.get(f"/thu-tuc/{path}").status_code == 404


def test_all_leaflets_of_a_field_are_one_printout(client, two_fields, district):
    address = f"/thu-tuc/to-roi/linh-vuc/{two_fields.slug}/"
    assert client.get(address).status_code == 405
    assert client.post(address).url.startswith("/dang-nhap/")
    client.force_login(district.receiver)
    assert "Làm cả tập" in client.get("/thu-tuc/to-roi/").content.decode()

    printout_page = client.post(address).url
    printout = Printout.objects.get()
    assert printout.total == 2
    jobs.draw_printout(printout.pk)

    pdf = assert_official(client.get(f"/thu-tuc/ban-in/{printout.key}.pdf").content)
    assert len(pdf.pages) == 2 * 2
    assert "Mở bản in" in client.get(printout_page).content.decode()
    assert printout.title in client.get("/thu-tuc/to-roi/").content.decode()


def test_the_workshop_and_a_stack_cost_few_queries(
    client, two_fields, district, django_assert_max_num_queries
):
    for number in range(20):
        make_procedure(district.desk, title=f"Thủ tục {number}", field=two_fields)
    client.force_login(district.receiver)

    with django_assert_max_num_queries(15):
        client.get("/thu-tuc/to-roi/")
    with django_assert_max_num_queries(24):  # an act: savepoints and the actor's mark count too
        client.post(f"/thu-tuc/to-roi/linh-vuc/{two_fields.slug}/")
    assert Printout.objects.get().total == 22


def test_the_frozen_content_is_plain_data(long_list):
    frozen = json.dumps(long_list.data, ensure_ascii=False)

    assert "Đăng ký khai sinh" in frozen
    assert Competence.objects.in_force(localdate()).exists()
