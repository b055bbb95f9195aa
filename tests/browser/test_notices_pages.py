"""Notices, reminders and the controller's pages: clean for axe, no wider than the screen."""

from __future__ import annotations

from dossiers.models import Party, ViewLog
from dossiers.notices import feeds, jobs
from procedures.offices import Role
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import inspect
from tests.factories import local, make_dossier, make_officer, make_procedure

NOW = local(2018, 5, 2, 8)


def test_the_pages_of_notices_are_clean_and_fit_every_screen(town, open_page, time_machine):
    time_machine.move_to(NOW)
    head = make_officer(town.desk, Role.DESK_HEAD, Role.CONTROLLER)
    version = make_procedure(town.desk, town.office, title="Thủ tục có tên rất dài " * 9)
    owner = Party(name="Mấu Thị Hoa", phone="0912345678")
    dossier = make_dossier(town, version, now=local(2018, 4, 16), notify_wish="phone", owner=owner)
    ViewLog.objects.create(officer=head, dossier=dossier, page="hồ sơ")
    feeds.make_feed(town.desk, "màn hình phòng họp", by=head, now=NOW)
    jobs.raise_alarms()

    inspect(
        sign_in(open_page(), head),
        [
            "/mot-cua/nhac-viec/", "/mot-cua/nhac-viec/?loc=can-xin-loi", "/mot-cua/tin-bao/",
            "/mot-cua/tin-bao/?loc=khong-gui", "/mot-cua/tin-bao/loi/", "/mot-cua/lich-hen/",
            "/mot-cua/bat-thuong/", "/mot-cua/bat-thuong/?loc=khong-nguoi",
            "/mot-cua/ai-da-xem/", "/mot-cua/ai-da-xem/?ngay=khong",
        ],
    )  # fmt: skip
