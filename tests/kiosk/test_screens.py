"""The staff's page of the screens: each officer sees and changes what is theirs, and no more."""

from __future__ import annotations

import re

import pytest

from khanhson_portal.kiosk.models import Screen
from procedures.offices import Role
from tests.factories import local, make_officer

PAGE = "/kiosk/quan-ly/"


@pytest.fixture
def chief(district):
    return make_officer(district.desk, Role.DESK_HEAD)


@pytest.fixture
def screen(district):
    return Screen.objects.create(name="Cửa vào", desk=district.desk, key="abcdefghkmnp")


def acts(screen) -> list[str]:
    return [f"{PAGE}{screen.pk}/thoi-dung/", f"{PAGE}{screen.pk}/doi-dia-chi/"]


def test_strangers_sign_in_and_officers_without_the_role_are_refused(client, district, screen):
    for path in [PAGE, f"{PAGE}them/", *acts(screen)]:
        method = client.get if path == PAGE else client.post
        client.logout()
        assert method(path).headers["Location"].startswith("/dang-nhap/"), path
        client.force_login(district.receiver)
        assert method(path).status_code == 403, path


def test_another_desks_head_sees_nothing_of_it_and_may_not_touch_it(client, district, screen):
    client.force_login(make_officer(district.commune_desk, Role.DESK_HEAD))

    assert "Cửa vào" not in client.get(PAGE).content.decode()
    assert [client.post(path).status_code for path in acts(screen)] == [403, 403]
    refused = client.post(f"{PAGE}them/", {"desk": district.desk.pk, "name": "Của người khác"})
    assert refused.status_code == 400
    assert Screen.objects.count() == 1


def test_the_desks_head_adds_renews_and_retires(client, district, chief, screen):
    client.force_login(chief)

    client.post(f"{PAGE}them/", {"desk": district.desk.pk, "name": " Tầng  hai "})
    twice = client.post(f"{PAGE}them/", {"desk": district.desk.pk, "name": "Tầng hai"})
    client.post(acts(screen)[1])
    renewed = Screen.objects.get(pk=screen.pk).key
    client.post(acts(screen)[0])

    assert "đặt tên khác" in twice.content.decode()
    assert renewed != "abcdefghkmnp"
    assert [s.name for s in Screen.objects.in_use()] == ["Tầng hai"]
    assert client.get("/kiosk/m/abcdefghkmnp/").status_code == 404


def test_acts_need_a_post(client, district, chief, screen):
    client.force_login(chief)

    assert [client.get(path).status_code for path in acts(screen)] == [405, 405]


def test_the_leader_sees_which_screens_are_silent(
    client, district, screen, time_machine, django_assert_max_num_queries
):
    client.force_login(district.leader)
    time_machine.move_to(local(2018, 5, 2, 8), tick=False)
    client.post(f"{screen.get_absolute_url()}nhip/", {"viec": "bat-dau"})
    alive = client.get(PAGE).content.decode()
    time_machine.move_to(local(2018, 5, 2, 8, 5), tick=False)

    with django_assert_max_num_queries(15):
        silent = client.get(f"{PAGE}?thang=2018-05").content.decode()

    assert "Đang chạy" in alive
    assert "Mất tín hiệu" in silent
    assert "từ 8 giờ 00 phút, 02/05/2018" in silent
    assert "1 (1)" in silent
    assert "Thêm màn hình" not in silent


@pytest.mark.parametrize("month", ["x", "2018-13", "9999-12", "0001-01", "%00"])
def test_a_nonsense_month_is_this_month(month, client, chief):
    client.force_login(chief)

    assert client.get(PAGE, {"thang": month}).status_code == 200


def test_the_days_of_a_month_are_summed_over_the_screens(client, district, screen, chief):
    other = Screen.objects.create(name="Tầng hai", desk=district.desk)
    for one, starts in ((screen, 3), (other, 4)):
        one.days.create(day=local(2018, 5, 2).date(), starts=starts, minutes=100)
    client.force_login(chief)

    page = client.get(f"{PAGE}?thang=2018-05").content.decode()

    row = '<td>02/05/2018</td><td class="num">200</td><td class="num">7</td>'
    assert row in re.sub(r">\s+<", "><", page)
    assert row not in client.get(f"{PAGE}?thang=2018-06").content.decode()
