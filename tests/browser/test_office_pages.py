"""Pages of the desks, the guidance team and the review: nothing for axe, nothing too wide."""

from __future__ import annotations

from procedures.noticeboard import Duty, GuidanceSession, GuidanceSlot, GuidanceTeam
from procedures.noticeboard.reception.place import load_facility_items
from procedures.offices import Role
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import inspect
from tests.factories import day, local, make_officer, make_procedure
from tests.office.test_review import make_proposal


def furnish(town) -> Duty:
    load_facility_items()
    version = make_procedure(town.desk, code="1.000001", title="Thủ tục đăng ký " * 12)
    team = GuidanceTeam.objects.create(
        desk=town.desk, decision="512/QĐ-UBND", decided_on=day("2/5/2018"), decided_by="UBND"
    )
    GuidanceSlot.objects.create(team=team, weekday=1, opens="07:30", closes="10:00")
    GuidanceSession.objects.create(
        desk=town.desk, day=day("2/5/2018"), helpers="Tổ", helped=3, by=town.receiver
    )
    answer = {"state": "adopted", "answer": "Đã bỏ.", "shown": True}
    make_proposal(version, local(2018, 5, 2), part="Giấy tờ " * 30, **answer)
    return Duty.objects.create(post=town.receiver.posts.get(), desk=town.desk, counter="Quầy 2")


def test_public_pages_are_clean_and_fit_every_screen(town, open_page):
    furnish(town)

    inspect(
        open_page(),
        ["/can-bo/", "/huong-dan/", "/ra-soat/", "/ra-soat/thu-tuc/1.000001/"]
        + ["/ra-soat/ma/RS-2018-0001/"],
    )


def test_staff_pages_are_clean_and_fit_every_screen(town, open_page):
    duty = furnish(town)
    chief = make_officer(town.desk, Role.DESK_HEAD, Role.CONTROLLER)
    team = GuidanceTeam.objects.get()
    manage = "/can-bo/quan-ly/"

    inspect(
        sign_in(open_page(), chief),
        [
            manage, f"{manage}{town.desk.slug}/phan-cong/", f"{manage}phan-cong/{duty.pk}/",
            f"{manage}{town.desk.slug}/kiem-tra/", "/huong-dan/so/", "/huong-dan/to/",
            f"/huong-dan/to/{team.pk}/", "/huong-dan/theo-doi/", "/ra-soat/xu-ly/",
            "/ra-soat/xu-ly/them/", "/ra-soat/xu-ly/RS-2018-0001/", "/kiosk/quan-ly/",
        ],
    )  # fmt: skip
