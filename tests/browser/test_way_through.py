"""One way through the whole portal, as people walk it: from the counter to the public month."""

from __future__ import annotations

from playwright.sync_api import expect

from dossiers.models import Dossier
from khanhson_portal.publication.models import MonthReport
from procedures.catalogue import Field
from tests.browser.conftest import PHONE, sign_in
from tests.factories import local, make_procedure


def test_from_the_counter_to_the_public_month(town, open_page, time_machine):
    make_procedure(town.desk, town.office, title="Đăng ký thành lập hộ kinh doanh")
    time_machine.move_to(local(2018, 4, 16, 9, 12))

    # the officer takes a dossier in, with the keyboard alone
    desk = sign_in(open_page(), town.receiver)
    desk.keyboard.press("F2")
    desk.wait_for_url("**/tiep-nhan/")
    desk.keyboard.type("ho kinh doanh")
    desk.get_by_role("option", name="Đăng ký thành lập hộ kinh doanh").wait_for()
    desk.keyboard.press("Enter")
    desk.get_by_text("03/05/2018").first.wait_for()
    expect(desk.get_by_label("Chủ hồ sơ", exact=True)).to_be_focused()
    desk.keyboard.type("Mấu Thị Hoa")
    desk.keyboard.press("Enter")
    desk.get_by_text("Đã tiếp nhận hồ sơ 000.00.20.H32-180416-0001").wait_for()

    # the receipt in one click
    receipt = desk.get_by_role("link", name="In giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    assert receipt.evaluate("link => link === document.activeElement")
    content = desk.request.get(receipt.get_attribute("href")).body()
    assert content.startswith(b"%PDF-")

    # the citizen follows the code on the receipt: a phone, no script
    dossier = Dossier.objects.get()
    phone = open_page(dossier.tracking_url, script=False, size=PHONE)
    assert phone.get_by_text("03/05/2018").first.is_visible()
    assert phone.get_by_text("Mấu Thị H.").is_visible()
    assert "Mấu Thị Hoa" not in phone.content()
    phone.get_by_text("Vì sao là ngày này?").click()
    assert phone.get_by_text("Giỗ Tổ Hùng Vương").first.is_visible()

    # to the office, which finishes; the desk returns
    desk.get_by_role("link", name="Chuyển hồ sơ").click()
    desk.get_by_role("button", name="Chuyển hồ sơ").click()
    desk.get_by_text("Chuyển hồ sơ: xong").wait_for()
    time_machine.move_to(local(2018, 4, 27, 10))
    office = sign_in(open_page(), town.specialist)
    office.goto(dossier.get_absolute_url())
    office.get_by_role("link", name="Ghi kết quả").click()
    office.get_by_label("Số văn bản kết quả").fill("15/GCN-HKD")
    office.get_by_label("Người ký").fill("Nguyễn Văn Lãnh")
    office.get_by_role("button", name="Ghi kết quả").click()
    office.get_by_text("đã có kết quả").wait_for()
    counter = sign_in(open_page(), town.returner)
    counter.get_by_role("link", name="Trả kết quả").first.click()
    counter.get_by_role("button", name="Trả kết quả").click()
    counter.get_by_text("Đã trả kết quả").first.wait_for()
    phone.reload()
    assert phone.get_by_text("Đã trả kết quả").first.is_visible()

    # the month is drafted, approved, and read in public without script
    time_machine.move_to(local(2018, 5, 2, 8))
    leader = sign_in(open_page(), town.leader)
    leader.get_by_role("link", name="Tháng thống kê").click()
    leader.get_by_role("row", name="Tháng 4/2018").get_by_role(
        "button", name="Lập bản nháp"
    ).click()
    leader.get_by_role("button", name="Duyệt và công bố").click()
    leader.get_by_text("Đã công bố Tháng 4/2018").wait_for()
    phone.goto("/thong-ke/")
    phone.get_by_role("link", name="Tháng 4/2018").click()
    assert phone.get_by_text("giải quyết xong 1 hồ sơ (không quá hạn").is_visible()
    assert MonthReport.objects.get().sha256 in phone.content()
    assert Field.objects.exists()
