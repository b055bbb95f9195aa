"""The guidance team: its log, its timetable, and the weeks in which nobody came."""

from __future__ import annotations

import gzip
import re

import pytest

from procedures.noticeboard import GuidanceMember, GuidanceSession, GuidanceSlot, GuidanceTeam
from procedures.noticeboard.guidance import weeks
from procedures.offices import Agency
from procedures.worktime import Holiday
from tests.factories import day, local, make_procedure

LOG, TEAMS, WATCH = "/huong-dan/so/", "/huong-dan/to/", "/huong-dan/theo-doi/"


@pytest.fixture
def team(district):
    return GuidanceTeam.objects.create(
        desk=district.desk,
        decision="512/QĐ-UBND",
        decided_on=day("2/5/2018"),
        decided_by="UBND huyện",
        valid_from=day("2/5/2018"),
    )


@pytest.fixture
def may(time_machine):
    """Wednesday 16/5/2018: the weeks of 30/4 (holidays), 7/5 and 14/5 lie around it."""
    time_machine.move_to(local(2018, 5, 16))


def hold(district, *days: str, **fields) -> None:
    for text in days:
        GuidanceSession.objects.create(
            **{"desk": district.desk, "day": day(text), "helpers": "Tổ", "helped": 3}
            | {"by": district.receiver}
            | fields
        )


def line(district, **fields) -> dict:
    form = {
        "desk": district.desk.pk, "day": "15/05/2018", "helpers": "Cao Thị Mấu", "helped": "6",
        "codes": "", "place": "", "note": "",
    }  # fmt: skip
    return form | fields


def paths(team, session) -> list[tuple[str, str]]:
    return [
        ("get", LOG), ("post", LOG), ("post", f"{LOG}{session.pk}/gach-bo/"), ("get", TEAMS),
        ("get", f"{TEAMS}{team.desk.slug}/them/"), ("post", f"{TEAMS}{team.desk.slug}/them/"),
        ("get", f"{TEAMS}{team.pk}/"), ("post", f"{TEAMS}{team.pk}/"), ("get", WATCH),
    ]  # fmt: skip


def test_strangers_sign_in_and_officers_without_the_role_are_refused(client, district, team):
    hold(district, "15/5/2018")
    for method, path in paths(team, GuidanceSession.objects.get()):
        client.logout()
        assert getattr(client, method)(path).headers["Location"].startswith("/dang-nhap/"), path
        client.force_login(district.specialist)
        assert getattr(client, method)(path).status_code == 403, path


def test_the_counter_writes_the_log_but_not_the_team(client, district, team, may):
    hold(district, "15/5/2018")
    client.force_login(district.receiver)

    allowed = [
        getattr(client, method)(path).status_code
        for method, path in paths(team, GuidanceSession.objects.get())
    ]

    assert allowed == [200, 200, 302, 403, 403, 403, 403, 403, 403]


def test_another_desks_head_may_touch_nothing(client, district, team, other_chief, may):
    hold(district, "15/5/2018")
    session = GuidanceSession.objects.get()
    client.force_login(other_chief)

    assert "15/05/2018" not in client.get(LOG).content.decode()
    assert "512/QĐ-UBND" not in client.get(TEAMS).content.decode()
    for method, path in [paths(team, session)[2], *paths(team, session)[4:8]]:
        assert getattr(client, method)(path).status_code == 403, path
    page = client.post(LOG, line(district)).content.decode()
    assert "không ghi sổ cho bộ phận này" in page
    assert GuidanceSession.objects.count() == 1


def test_a_session_is_logged_with_its_procedures(client, district, may):
    version = make_procedure(district.desk, code="1.001193")
    client.force_login(district.receiver)

    client.post(LOG, line(district, codes=" 1.001193; 1.001193"))

    session = GuidanceSession.objects.get()
    assert (session.helped, session.by, session.day) == (6, district.receiver, day("15/5/2018"))
    assert list(session.procedures.all()) == [version.procedure]
    assert "1.001193" in client.get(LOG).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "17/05/2018"}, "chưa diễn ra"),
        ({"day": "15/05/2015"}, "quá hai tháng"),
        ({"day": "hôm qua"}, "Ngày chưa đúng"),
        ({"helped": "-1"}, "không thể nhỏ hơn 0"),
        ({"helped": "99999"}, "Xem lại số vừa gõ"),
        ({"helped": ""}, "thì ghi 0"),
        ({"codes": "9.999999"}, "không có mã 9.999999"),
        ({"helpers": " "}, "Ghi họ tên người hướng dẫn"),
    ],
)
def test_a_slip_is_said_and_nothing_typed_is_lost(client, district, may, fields, words):
    client.force_login(district.receiver)

    page = client.post(LOG, line(district, note="ghi chú dài", **fields)).content.decode()

    assert words in page
    assert 'value="ghi chú dài"' in page
    assert not GuidanceSession.objects.exists()


def test_a_week_needs_two_sessions_and_the_running_week_is_not_yet_short(district, may):
    hold(district, "8/5/2018", "11/5/2018", "14/5/2018")

    found = weeks.weeks([district.desk], day("7/5/2018"), day("16/5/2018"), day("16/5/2018"))

    assert [(w.number, w.held, w.wanted, w.short) for w in found] == [
        (20, 1, 2, False),
        (19, 2, 2, False),
    ]


def test_one_session_or_a_struck_line_is_too_few(district, may):
    hold(district, "8/5/2018")
    hold(district, "9/5/2018", struck_at=local(2018, 5, 9))

    (short,) = weeks.short_weeks(
        [district.desk], day("7/5/2018"), day("16/5/2018"), day("16/5/2018")
    )

    assert (short.number, short.held, short.missing, short.has_team) == (19, 1, 1, False)


def test_a_week_of_tet_asks_for_no_more_than_its_working_days(district):
    found = weeks.weeks([district.desk], day("12/2/2018"), day("19/2/2018"), day("1/3/2018"))

    assert {week.monday: week.wanted for week in found} == {
        day("19/2/2018"): 2,  # Wednesday to Friday are worked
        day("12/2/2018"): 2,  # Monday and Tuesday are worked
    }
    Holiday.objects.create(day=day("12/2/2018"), kind="off", name="nghỉ thêm")
    (week,) = weeks.weeks([district.desk], day("12/2/2018"), day("12/2/2018"), day("1/3/2018"))
    assert week.wanted < 2


def test_weeks_cross_the_year_by_the_iso_count(district):
    hold(district, "31/12/2018", "3/1/2019")

    (week,) = weeks.weeks([district.desk], day("1/1/2019"), day("1/1/2019"), day("20/1/2019"))

    assert (week.year, week.number, week.monday, week.held) == (2019, 1, day("31/12/2018"), 2)


def test_the_district_office_reads_who_was_short(
    client, district, team, may, django_assert_max_num_queries
):
    hold(district, "8/5/2018")
    client.force_login(district.controller)

    with django_assert_max_num_queries(15):
        page = client.get(WATCH).content.decode()

    assert "Tuần 19/2018 (07/05 – 13/05/2018): 1/2 buổi" in " ".join(page.split())
    assert "Chưa có tổ" in page


def test_a_commune_sees_only_its_own_weeks(client, district, other_chief, may):
    client.force_login(other_chief)

    page = client.get(WATCH).content.decode()

    assert district.commune_desk.issuer.name in page
    assert not re.search(rf"<t[dh][^>]*>\s*{district.committee.name}", page)


def test_the_team_is_founded_with_people_and_hours_and_posted(client, district, chief, may):
    client.force_login(chief)
    form = {
        "decision": "512/QĐ-UBND", "decided_on": "02/05/2018", "decided_by": "UBND huyện",
        "valid_from": "02/05/2018", "valid_to": "",
        "gio-TOTAL_FORMS": "1", "gio-INITIAL_FORMS": "0", "gio-0-weekday": "1",
        "gio-0-opens": "07:30", "gio-0-closes": "10:30", "gio-0-place": "Tại quầy 2",
        "nguoi-TOTAL_FORMS": "1", "nguoi-INITIAL_FORMS": "0", "nguoi-0-name": "Bo Bo Thị Nga",
        "nguoi-0-title": "Bí thư Đoàn xã", "nguoi-0-part": "",
    }  # fmt: skip

    wrong = client.post(f"{TEAMS}{district.desk.slug}/them/", form | {"gio-0-closes": "06:00"})
    client.post(f"{TEAMS}{district.desk.slug}/them/", form)
    client.logout()
    page = client.get("/huong-dan/").content.decode()

    assert "Giờ bắt đầu phải trước giờ kết thúc" in wrong.content.decode()
    assert GuidanceTeam.objects.count() == 1
    assert GuidanceMember.objects.get().name == "Bo Bo Thị Nga"
    assert "Thứ Ba, 07:30 – 10:30" in page
    assert "Tại quầy 2" in page
    assert "512/QĐ-UBND ngày 02/05/2018" in page


def test_a_form_without_its_counters_is_refused_not_an_accident(client, district, chief):
    client.force_login(chief)

    response = client.post(f"{TEAMS}{district.desk.slug}/them/", {"decision": "1"})

    assert response.status_code == 200
    assert not GuidanceTeam.objects.exists()


def test_the_timetable_keeps_its_budget(client, district, django_assert_max_num_queries):
    for desk in Agency.objects.desks():
        team = GuidanceTeam.objects.create(
            desk=desk, decision="1/QĐ", decided_on=day("2/5/2018"), decided_by="UBND"
        )
        for weekday in range(5):
            GuidanceSlot.objects.create(team=team, weekday=weekday, opens="07:30", closes="10:00")
            GuidanceMember.objects.create(team=team, name=f"Người {weekday}")

    with django_assert_max_num_queries(8):
        page = client.get("/huong-dan/").content

    assert len(gzip.compress(page)) <= 14_000
    assert b"<script" not in page
