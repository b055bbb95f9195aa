"""The procedure's page in a real browser: without script, on paper, with nothing for axe."""

from __future__ import annotations

import io

import pytest
from django.utils.timezone import now
from pypdf import PdfReader

from procedures.catalogue import CaseChannel, Fee, ProcedureCase
from procedures.noticeboard import Printout
from tests.browser.conftest import PHONE, sign_in
from tests.browser.test_accessibility import inspect
from tests.factories import make_procedure

CODE = "1.000001"


@pytest.fixture
def paged_town(town):
    version = make_procedure(
        town.desk,
        town.office,
        code=CODE,
        title="Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con có yếu tố nước ngoài " * 2,
        papers=("Tờ khai", "Giấy chứng sinh", "Giấy chứng nhận kết hôn"),
    )
    case = version.cases.get()
    Fee.objects.create(case=case, state="known", amount=8_000, per="bản", exemptions="Hộ nghèo")
    CaseChannel.objects.create(case=case, channel="online", number=1, unit="working_day", order=1)
    make_procedure(town.commune_desk, code="1.000002")
    other = ProcedureCase.objects.create(version=version, name="Cấp lại", order=1)
    CaseChannel.objects.create(case=other, channel="direct", number=2, unit="working_day")
    town.version = version
    return town


def make_printout(state: str, letter: str) -> str:
    printout = Printout.objects.create(
        key=letter * 64,
        kind="list",
        title="Danh mục thủ tục hành chính",
        data={"rows": []},
        state=state,
        total=4,
        done=1,
        asked_at=now(),
        touched_at=now(),
        sha256="0" * 64 if state == "ready" else "",
    )
    return f"{printout.get_absolute_url()}?dung=1"


def test_the_pages_are_clean_and_fit_every_screen(paged_town, open_page):
    states = ["waiting", "drawing", "ready", "failed", "cancelled"]
    printouts = [
        make_printout(state, letter) for state, letter in zip(states, "abcde", strict=True)
    ]
    page = f"/thu-tuc/{CODE}/"

    inspect(
        open_page(),
        [page, f"{page}?ngay=x&gio=y&so-1=z", f"{page}?ngay=16/4/2018&gio=9:00",
         f"{page}can-mang/", *printouts],
    )  # fmt: skip


def test_the_workshop_is_clean_and_fits_every_screen(paged_town, open_page):
    page = sign_in(open_page(), paged_town.receiver)

    inspect(page, ["/thu-tuc/to-roi/", make_printout("drawing", "f")])


def test_papers_are_ticked_and_the_day_found_without_script(paged_town, open_page):
    page = open_page(f"/thu-tuc/{CODE}/", script=False, size=PHONE)
    page.get_by_label("Tờ khai").check()
    page.get_by_label("Giấy chứng nhận kết hôn").check()
    page.get_by_role("button", name="Xem còn thiếu gì").click()

    assert "Còn thiếu 1 loại giấy tờ" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Sửa đánh dấu").click()
    assert page.get_by_label("Tờ khai").is_checked()

    page.get_by_label("Trường hợp").select_option("Cấp lại")
    page.get_by_label("Ngày nộp").fill("2018-04-27")
    page.get_by_label("Giờ nộp").fill("10:00")
    page.get_by_role("button", name="Tính").click()
    assert "thứ Năm, 03/05/2018" in page.locator("#tinh").inner_text().replace("Thứ", "thứ")


def test_what_is_missing_prints_on_one_page(paged_town, open_page):
    page = open_page(f"/thu-tuc/{CODE}/can-mang/")

    printed = PdfReader(io.BytesIO(page.pdf(format="A4")))

    assert len(printed.pages) == 1
    text = printed.pages[0].extract_text()
    assert "Giấy chứng sinh" in text
    assert "Sửa đánh dấu" not in text
