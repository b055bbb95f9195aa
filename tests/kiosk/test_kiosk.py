"""The kiosk: no session, no way out, nothing kept; a receipt is read, a stranger learns nothing."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings as plain_settings

from khanhson_portal.kiosk import counting, scanning
from khanhson_portal.kiosk.models import Screen, ScreenDay
from khanhson_portal.kiosk.pictograms import PICTOGRAMS, pictogram
from tests.factories import local, make_dossier, make_procedure

TOKEN = "Ab_d-efghijklmnopqrstu"


@pytest.fixture
def screen(district):
    return Screen.objects.create(name="Cửa vào", desk=district.desk, key="abcdefghkmnp")


@pytest.fixture
def kiosk_pages(district, screen):
    version = make_procedure(
        district.desk,
        district.office,
        code="1.001612",
        papers=tuple(f"Giấy {n}" for n in range(30)),
    )
    for number in range(40):
        make_procedure(district.desk, title=f"Thủ tục {number} " + "rất dài " * 20)
    root = screen.get_absolute_url()
    return [
        root, f"{root}thu-tuc/", f"{root}thu-tuc/tim/", f"{root}thu-tuc/tim/?q=thu+tuc",
        f"{root}thu-tuc/?q=rat+dai", f"{root}thu-tuc/?q=zzz", f"{root}thu-tuc/1.001612/",
        f"{root}thu-tuc/?linh-vuc={version.field.slug}&trang=2", f"{root}ho-so/", f"{root}gop-y/",
        f"{root}thu-tuc/9.999999/", "/kiosk/", "/kiosk/thu-tuc/",
    ]  # fmt: skip


def test_every_page_is_light_forgets_and_stays_inside(
    kiosk_pages, client, django_assert_max_num_queries
):
    for path in kiosk_pages:
        with django_assert_max_num_queries(8):
            response = client.get(path)
        page = response.content.decode()
        assert len(gzip.compress(response.content)) <= 14_000, path
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies, path
        assert page.count("<h1") == 1, path
        ways = re.findall(r'(?:href|action|src)="([^"#]+)', page)
        inside = ("/kiosk/", "/static/", "?", "data:image/svg+xml")
        assert all(way.startswith(inside) for way in ways), (path, ways)


def test_the_style_sheet_of_the_kiosk_is_small():
    sheet = (plain_settings.BASE_DIR / "static" / "css" / "kiosk.css").read_bytes()

    assert len(gzip.compress(sheet)) <= 4_000


def test_any_other_address_below_the_kiosk_leads_back_to_its_start(client, district):
    assert client.get("/kiosk/khong-co/gi/").headers["Location"] == "/kiosk/"


def test_a_retired_screen_says_so_and_offers_a_way_on(client, screen):
    screen.retired_at = local(2018, 5, 1)
    screen.save()

    response = client.get(screen.get_absolute_url())

    assert response.status_code == 404
    assert "Địa chỉ màn hình này không còn dùng" in response.content.decode()


def test_a_scanned_receipt_shows_the_state_and_a_masked_name(client, district, screen):
    dossier = make_dossier(district)

    response = client.post(f"{screen.get_absolute_url()}ho-so/", {"quet": dossier.tracking_url})

    page = response.content.decode()
    assert "Đã tiếp nhận" in page
    assert "Mấu Thị H." in page
    assert "Mấu Thị Hoa" not in page
    assert dossier.token not in page
    assert ScreenDay.objects.get().scans == 1


def test_a_scanned_code_alone_shows_nothing_but_asks_for_the_secret(client, district):
    dossier = make_dossier(district)

    page = client.post("/kiosk/ho-so/", {"quet": dossier.code}).content.decode()

    assert "Gõ 8 số của mã tra cứu" in page
    assert f'value="{dossier.code}"' in page
    assert "Mấu" not in page


def test_code_and_secret_open_the_dossier_and_a_wrong_secret_does_not(client, district):
    dossier = make_dossier(district)
    wrong = "00000000" if dossier.secret != "00000000" else "11111111"

    opened = client.post("/kiosk/ho-so/", {"ma": dossier.code, "ma-tra-cuu": dossier.secret})
    shut = client.post("/kiosk/ho-so/", {"ma": dossier.code, "ma-tra-cuu": wrong})
    short = client.post("/kiosk/ho-so/", {"ma": dossier.code, "ma-tra-cuu": "12"})

    assert "Mấu Thị H." in opened.content.decode()
    assert "Không tìm thấy hồ sơ nào" in shut.content.decode()
    assert "số vừa nhập có 2" in short.content.decode()


@pytest.mark.parametrize("text", ["", "x", "%00\x00", "https://example.org/h/", TOKEN, "đ" * 900])
def test_what_is_no_receipt_gives_a_sentence_not_an_accident(text, client, district):
    response = client.post("/kiosk/ho-so/", {"quet": text})

    assert response.status_code == 200
    assert "Không đọc được giấy này" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "token", "code"),
    [
        (f"http://127.0.0.1:8000/h/{TOKEN}/", TOKEN, ""),
        (f" HTTPS://mot-cua.example/h/{TOKEN}\r\n", TOKEN, ""),
        ("000.00.20.H32-180416-0001", "", "000.00.20.H32-180416-0001"),
        ("000.00.20.h32–180416–0001 ", "", "000.00.20.H32-180416-0001"),
        ("056190000123", "", ""),
        ("/h/../../x", "", ""),
    ],
)
def test_a_reader_types_links_and_codes(text, token, code):
    assert scanning.read(text) == scanning.Scan(token=token, code=code)


def test_each_use_is_counted_for_its_screen_and_day(client, district, screen, time_machine):
    make_procedure(district.desk, code="1.000001")
    root = screen.get_absolute_url()
    time_machine.move_to(local(2018, 5, 2, 8), tick=False)

    client.post(f"{root}nhip/", {"viec": "bat-dau"})
    client.post(f"{root}nhip/")
    client.post(f"{root}nhip/", {"viec": "in"})
    client.post(f"{root}nhip/", {"viec": "la"})
    client.get(f"{root}thu-tuc/1.000001/")
    client.get("/kiosk/thu-tuc/1.000001/")
    time_machine.move_to(local(2018, 5, 2, 8, 1), tick=False)
    client.post(f"{root}nhip/")

    row = ScreenDay.objects.get(screen=screen, day=local(2018, 5, 2).date())
    assert (row.minutes, row.starts, row.prints, row.procedures, row.scans) == (2, 1, 1, 1, 0)


def test_a_beat_is_a_post_and_a_stranger_is_not_counted(client, district, screen):
    assert client.get(f"{screen.get_absolute_url()}nhip/").status_code == 405
    assert client.post("/kiosk/m/zzzzzzzz/nhip/", {"viec": "in"}).status_code == 404
    assert client.post("/kiosk/nhip/", {"viec": "in"}).status_code == 204
    assert not ScreenDay.objects.exists()


def test_only_known_columns_are_counted(screen):
    with pytest.raises(ValueError, match="not in list"):
        counting.count(screen, "minutes = 0; --", local(2018, 5, 2))


def test_every_pictogram_is_drawn():
    sheet = (plain_settings.BASE_DIR / "static" / "img" / "kiosk.svg").read_text()

    assert all(f'id="{name}"' in sheet for name, _ in [*PICTOGRAMS, ("giay-to", ())])
    assert pictogram("Hộ tịch") == "ho-tich"
    assert pictogram("Lĩnh vực mới") == "giay-to"
