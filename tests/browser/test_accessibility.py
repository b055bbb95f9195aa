"""Every page: nothing for axe to find, nothing wider than the screen, usable at 320 px."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from dossiers import acts
from dossiers.acts import reserving, visits
from khanhson_portal.publication import months
from procedures.offices import Role
from tests.browser.conftest import sign_in
from tests.factories import local, make_dossier, make_hand, make_officer, make_procedure

TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter((e) => !e.closest(".scroll, .places"))
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .map((e) => e.outerHTML.slice(0, 90))"""
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1366, "height": 768}


@pytest.fixture
def busy_town(town):
    """Long titles, a dossier under way, one on the shelf, a published month."""
    title = "Thủ tục đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con có yếu tố nước ngoài " * 2
    version = make_procedure(
        town.desk,
        town.office,
        code="1.000001",
        title=title,
        papers=tuple(f"{title} {n}" for n in range(4)),
    )
    dossier = make_dossier(town, version, now=local(2018, 4, 16))
    done = make_dossier(town, version, now=local(2018, 4, 17))
    result = acts.ResultDocument("1/KQ", local(2018, 4, 18).date(), "Nguyễn Văn Lãnh")
    acts.finish(done.pk, make_hand(town.receiver, local(2018, 4, 18)), result=result)
    now = local(2018, 5, 1, 8)
    months.publish(months.draft(2018, 4, now).pk, by=town.leader, now=now)
    town.dossier, town.done = dossier, done
    morning = local(2018, 5, 2, 7, 30)
    town.intake_paths = intake_paths(town, make_dossier(town, version, now=morning), morning)
    return town


def intake_paths(town, dossier, morning) -> list[str]:
    """The intake of a visitor's second dossier and of a paper slip; the slips; writing one off."""
    head = make_officer(town.desk, Role.DESK_HEAD)
    batch = reserving.reserve(
        town.desk, local(2018, 5, 2).date(), 2, make_hand(head, local(2018, 5, 1))
    )
    slip = batch.slips.first().code
    visit = visits.start_visit(dossier, make_hand(town.receiver, morning))
    return [
        f"{reverse('dossiers:intake_visit', args=[visit.pk])}?thu-tuc=1.000001",
        f"{reverse('dossiers:intake_slip', args=[slip])}?thu-tuc=1.000001",
        reverse("dossiers:intake_slip", args=[slip]),
        reverse("dossiers:spoil_slip", args=[slip]),
    ]


def citizen_paths(town) -> list[str]:
    return [
        "/", "/thu-tuc/", "/thu-tuc/?q=khong-co-gi", "/thu-tuc/?q=khai+sihn",
        "/thu-tuc/1.000001/", "/tra-cuu/",
        reverse("dossiers:track_by_token", args=[town.dossier.token]),
        "/duong-day-nong/", "/thong-ke/", "/thong-ke/2018/4/", "/dang-nhap/", "/khong-co/",
    ]  # fmt: skip


def staff_paths(town) -> list[str]:
    page = town.dossier.get_absolute_url()
    return [
        "/mot-cua/", "/mot-cua/?q=Mau", "/mot-cua/tiep-nhan/",
        "/mot-cua/tiep-nhan/?thu-tuc=1.000001", page, f"{page}chuyen/", f"{page}ket-qua/",
        f"{town.done.get_absolute_url()}tra/", f"{page}?moi=1", "/mot-cua/phieu-du-phong/",
        *town.intake_paths,
    ]  # fmt: skip


def inspect(page, paths: list[str]) -> None:
    """Look at every page on both screens; everything found is told at once."""
    faults = []
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        for path in paths:
            page.goto(path)
            found = Axe().run(page).response["violations"]
            if found:
                named = [(f["id"], [n["html"][:120] for n in f["nodes"]]) for f in found]
                faults.append((path, named))
            wide = page.evaluate(TOO_WIDE)
            if wide:
                faults.append((path, size, wide))
    assert not faults


def test_citizen_pages_are_clean_and_fit_every_screen(busy_town, open_page):
    inspect(open_page(), citizen_paths(busy_town))


def test_staff_pages_are_clean_and_fit_every_screen(busy_town, open_page, time_machine):
    time_machine.move_to(local(2018, 5, 2, 8))
    page = sign_in(open_page(), busy_town.receiver)

    inspect(page, staff_paths(busy_town))


def test_the_leaders_pages_are_clean_and_fit_every_screen(busy_town, open_page, time_machine):
    time_machine.move_to(local(2018, 5, 2, 8))
    page = sign_in(open_page(), busy_town.leader)

    inspect(page, ["/dieu-hanh/", "/dieu-hanh/thang/2018/4/"])
