"""A bad day, walked by each role: papers missing, late, an apology, a wrong procedure, the post."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from dossiers.models import Dossier
from procedures.offices import Role
from tests.browser.conftest import PHONE, sign_in
from tests.factories import local, make_dossier, make_officer, make_procedure

REASON = "Bản sao giấy tờ mờ, chưa đọc được số; mang bản chính đến đối chiếu."


def act(page: Page, dossier: Dossier, label: str, **typed: str) -> None:
    """Open the file, choose an act, type what it asks, press its button."""
    page.goto(dossier.get_absolute_url())
    others = page.locator("details.others summary")
    link = page.get_by_role("link", name=label, exact=True)
    if not link.is_visible() and others.count():
        others.click()
    link.click()
    for field, text in typed.items():
        page.locator(f"[name={field}]").fill(text)
    page.get_by_role("button", name=label, exact=True).click()


def done(page: Page, label: str) -> None:
    page.get_by_text(f"{label}: xong").wait_for()


def test_a_bad_day_ends_with_a_result_by_post(town, open_page, time_machine):
    make_procedure(town.desk, town.office, title="Thủ tục chọn nhầm", code="1.000001", number=3)
    right = make_procedure(town.desk, town.office, title="Thủ tục đúng", code="1.000002")
    time_machine.move_to(local(2018, 4, 16, 9, 12))
    wrong = make_dossier(
        town,
        type(right).objects.get(procedure__code="1.000001"),
        delivery="post",
        delivery_address="thôn Dốc Trầu",
    )

    # the counter chose the wrong procedure: mended, with a new receipt
    counter = sign_in(open_page(), town.receiver)
    act(
        counter,
        wrong,
        "Sửa nhầm thủ tục",
        procedure="1.000002",
        reason="Cán bộ chọn nhầm thủ tục khi tiếp nhận.",
    )
    done(counter, "Sửa nhầm thủ tục")
    expect(counter.get_by_role("heading", name="Thủ tục đúng")).to_be_visible()
    act(counter, wrong, "Chuyển hồ sơ")
    done(counter, "Chuyển hồ sơ")

    # the office asks for papers; the citizen reads what to do, with no script on an old phone
    office = sign_in(open_page(), town.specialist)
    act(office, wrong, "Yêu cầu bổ sung", papers="Bản sao căn cước", reason=REASON)
    done(office, "Yêu cầu bổ sung")
    phone = open_page(wrong.tracking_url, script=False, size=PHONE)
    expect(phone.get_by_text("Việc bà con cần làm:")).to_be_visible()
    expect(phone.get_by_text("Thời hạn đang dừng")).to_be_visible()
    time_machine.move_to(local(2018, 4, 18, 9))
    counter = sign_in(open_page(), town.receiver)
    act(counter, wrong, "Nhận đủ bổ sung", note="Bản sao căn cước")
    done(counter, "Nhận đủ bổ sung")

    # late: one apology with one new day, a second one is refused
    time_machine.move_to(local(2018, 5, 10, 9))
    head = sign_in(open_page(), make_officer(town.desk, Role.DESK_HEAD, name="Lê Văn Đích"))
    letter = "Hồ sơ phải xác minh tại thôn, đường sạt lở."
    act(head, wrong, "Xin lỗi và hẹn lại", days="5", reason=letter)
    done(head, "Xin lỗi và hẹn lại")
    expect(head.get_by_text("đã xin lỗi")).to_be_visible()
    expect(head.get_by_role("link", name="Xin lỗi và hẹn lại", exact=True)).to_have_count(0)
    head.goto(f"{wrong.get_absolute_url()}xin-loi/")
    head.locator("[name=days]").fill("3")
    head.locator("[name=reason]").fill(letter)
    head.get_by_role("button", name="Xin lỗi và hẹn lại").click()
    expect(head.get_by_role("alert")).to_contain_text("không quá một lần")
    expect(head.locator("[name=reason]")).to_have_value(letter)

    # the result goes by post, with the number of the letter
    office = sign_in(open_page(), town.specialist)
    act(office, wrong, "Ghi kết quả", number="15/GCN", signer="Nguyễn Văn Lãnh")
    office.get_by_text("đã có kết quả").first.wait_for()
    back = sign_in(open_page(), town.returner)
    act(back, wrong, "Trả kết quả")
    expect(back.get_by_text("ghi số hiệu bưu gửi")).to_be_visible()
    back.locator("[name=postal_number]").fill("RM123456789VN")
    back.get_by_role("button", name="Trả kết quả").click()
    done(back, "Trả kết quả")

    wrong.refresh_from_db()
    assert wrong.state == "returned"
    assert [paper.kind for paper in wrong.papers.order_by("pk")] == [
        "tiep-nhan", "tiep-nhan", "bo-sung", "xin-loi", "tra-ket-qua",
    ]  # fmt: skip
