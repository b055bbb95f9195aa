"""The kiosk by touch alone: a procedure, its checklist, a receipt; then nobody, and it forgets."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from khanhson_portal.kiosk.models import Screen, ScreenDay
from procedures.catalogue import Field
from tests.factories import make_dossier, make_procedure

PORTRAIT, LANDSCAPE = {"width": 1080, "height": 1920}, {"width": 1366, "height": 768}
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden])")]
  .filter((e) => e.offsetParent)
  .filter((e) => Math.min(e.offsetHeight, e.offsetWidth) < 48).map((e) => e.outerHTML)"""


@pytest.fixture
def screen(town):
    make_procedure(
        town.desk,
        town.office,
        code="1.001612",
        papers=("Giấy đề nghị đăng ký hộ kinh doanh", "Giấy tờ pháp lý của chủ hộ"),
    )
    Field.objects.update(prominent=True)
    return Screen.objects.create(name="Cửa vào", desk=town.desk, key="abcdefghkmnp")


@pytest.fixture
def open_kiosk(open_page, screen):
    def open_kiosk(size=PORTRAIT):
        return open_page(screen.get_absolute_url(), size=size, has_touch=True)

    return open_kiosk


def test_by_touch_alone_to_a_printed_checklist(town, screen, open_kiosk):
    page = open_kiosk()
    page.evaluate("() => { window.printed = 0; }")

    page.get_by_role("link", name="Thủ tục").tap()
    page.get_by_role("link", name="Chạm vào đây để gõ").tap()
    for key in "ho kinh doan":
        name = "dấu cách" if key == " " else key
        page.get_by_role("button", name=name, exact=True).tap()
    page.get_by_role("link", name="Đăng ký thành lập hộ kinh doanh").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký thành lập hộ kinh doanh")
    page.evaluate("() => { window.print = () => { window.printed = 1; }; }")
    page.get_by_role("button", name="In danh sách giấy tờ").tap()

    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    assert page.get_by_text("Giấy tờ pháp lý của chủ hộ").is_visible()
    assert page.get_by_text("Mã thủ tục 1.001612").is_visible()
    assert not page.get_by_role("link", name="Quay lại").is_visible()
    page.wait_for_load_state("networkidle")
    row = ScreenDay.objects.get()
    assert (row.starts, row.procedures, row.prints, row.minutes) == (1, 1, 1, 1)


def test_tone_keys_put_the_mark_on_the_last_vowel(open_kiosk):
    page = open_kiosk(LANDSCAPE)
    page.get_by_role("link", name="Thủ tục").tap()
    page.get_by_role("link", name="Chạm vào đây để gõ").tap()

    for key in ["đ", "ấ", "xoa", "â", "dấu sắc", "t", "dấu cách", "o", "a", "dấu huyền"]:
        name = {"xoa": "‹ Xóa chữ", "ấ": "a"}.get(key, key)
        page.get_by_role("button", name=name, exact=True).tap()

    assert page.get_by_role("textbox").input_value() == "đất oà"
    page.get_by_role("button", name="Xóa hết").tap()
    assert page.get_by_role("textbox").input_value() == ""


def test_a_receipt_is_scanned_from_any_page_and_read_with_its_name_masked(town, screen, open_kiosk):
    dossier = make_dossier(town)
    page = open_kiosk()
    page.wait_for_load_state("networkidle")

    page.keyboard.type(dossier.tracking_url)
    page.keyboard.press("Enter")

    page.get_by_text("Mấu Thị H.").wait_for()
    assert dossier.token not in page.url
    page.get_by_role("link", name="Xong, về đầu").tap()
    page.get_by_role("heading", name="Bà con cần làm gì hôm nay?").wait_for()
    assert page.evaluate("history.length") <= 3


def test_a_code_needs_the_digits_on_the_paper(town, open_kiosk):
    dossier = make_dossier(town)
    page = open_kiosk(LANDSCAPE)
    page.get_by_role("link", name="Hồ sơ của tôi").tap()
    page.get_by_role("textbox").wait_for()
    page.wait_for_load_state("networkidle")

    page.keyboard.type(dossier.code)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Gõ 8 số của mã tra cứu").wait_for()
    for digit in dossier.secret:
        page.get_by_role("button", name=digit, exact=True).tap()
    page.get_by_role("button", name="Xem hồ sơ").tap()

    page.get_by_text("Mấu Thị H.").wait_for()


def test_left_alone_it_warns_and_forgets(town, open_kiosk, settings):
    settings.KIOSK_IDLE_SECONDS = 4
    dossier = make_dossier(town)
    page = open_kiosk()
    page.wait_for_load_state("networkidle")
    page.keyboard.type(dossier.tracking_url)
    page.keyboard.press("Enter")
    page.get_by_text("Mấu Thị H.").wait_for()

    page.get_by_text("về đầu sau").wait_for()
    page.get_by_role("heading", name="Bà con cần làm gì hôm nay?").wait_for()

    page.go_back()
    assert page.get_by_text("Mấu Thị H.").count() == 0


def test_without_script_it_turns_back_by_itself(town, screen, open_page, settings):
    settings.KIOSK_IDLE_SECONDS = 2
    page = open_page(f"{screen.get_absolute_url()}gop-y/", script=False, size=PORTRAIT)

    page.wait_for_url(f"**{screen.get_absolute_url()}")
    page.get_by_role("link", name="Thủ tục").click()
    page.get_by_role("heading", name="Bà con cần thủ tục nào?").wait_for()


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_targets_are_large_and_axe_finds_nothing(town, open_kiosk, screen, size):
    page = open_kiosk(size)
    root = screen.get_absolute_url()
    paths = ["", "thu-tuc/", "thu-tuc/tim/?q=ho", "thu-tuc/?q=ho", "thu-tuc/1.001612/"]
    for path in [*paths, "ho-so/", "gop-y/", "thu-tuc/9.999999/"]:
        page.goto(f"{root}{path}")
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(f["id"], f["nodes"][0]["html"]) for f in found])
        assert page.evaluate(TOO_SMALL) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path


def test_without_network_it_still_forgets_and_comes_back(town, open_kiosk, settings):
    settings.KIOSK_IDLE_SECONDS = 3
    dossier = make_dossier(town)
    page = open_kiosk()
    page.wait_for_load_state("networkidle")
    page.keyboard.type(dossier.tracking_url)
    page.keyboard.press("Enter")
    page.get_by_text("Mấu Thị H.").wait_for()

    page.context.set_offline(True)
    page.get_by_role("link", name="Quay lại").tap()
    page.get_by_text("Đang mất mạng").wait_for()
    page.get_by_text("Mấu Thị H.").wait_for(state="detached")
    page.context.set_offline(False)

    page.get_by_role("heading", name="Bà con cần làm gì hôm nay?").wait_for()
