"""The controller's pages: what looks wrong, who looked; for the controller's eyes, at one price."""

from __future__ import annotations

from datetime import timedelta

import pgtrigger
import pytest
from django.urls import reverse

from dossiers import acts, journal
from dossiers.models import Dossier, Event, ViewLog
from dossiers.notices.anomalies import groundless, too_fast, uncollected, unheld
from khanhson_portal.ground import machine
from procedures.offices import Role
from procedures.worktime import Holiday
from tests.factories import local, make_dossier, make_hand, make_officer, make_procedure

STAFF_LIMIT = 15
RECEIVED = local(2018, 4, 16, 8)
NOW = local(2018, 4, 24, 8)


@pytest.fixture
def version(district):
    return make_procedure(district.desk, district.office)


@pytest.fixture
def dossier(district, version):
    return make_dossier(district, version, now=RECEIVED)


def desks(district) -> set[int]:
    return {district.desk.pk}


def hand_over(dossier, by, moment, to, officer=None):
    return acts.hand_over(dossier.pk, make_hand(by, moment), to=to, officer=officer)


def finish(dossier, by, moment, **words):
    result = acts.ResultDocument("1/KQ", moment.date(), "Nguyễn Văn Lãnh")
    return acts.finish(dossier.pk, make_hand(by, moment), result=result, **words)


def enter(client, officer):
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


# What looks wrong ------------------------------------------------------------------------------


def test_a_step_closed_within_a_minute_is_seen_and_a_quick_counter_is_not(dossier, district):
    hand_over(dossier, district.receiver, RECEIVED + timedelta(seconds=30), district.office)
    assert not too_fast(desks(district), RECEIVED)

    hand_over(dossier, district.specialist, RECEIVED + timedelta(seconds=80), district.other_office)
    assert [leg.holder for leg in too_fast(desks(district), RECEIVED)] == [district.office]


def test_a_step_of_two_minutes_is_a_step(dossier, district):
    hand_over(dossier, district.receiver, RECEIVED, district.office)
    hand_over(dossier, district.specialist, RECEIVED + timedelta(minutes=2), district.other_office)

    assert not too_fast(desks(district), RECEIVED)


def refuse(dossier, **words) -> None:
    """Append a refusal to the journal as the act of that name does."""
    row = Dossier.objects.get(pk=dossier.pk)
    journal.append(
        Event(
            dossier=row, act="refuse", at=NOW, recorded_at=NOW, state=row.state,
            desk_id=row.desk_id, version_id=row.version_id, holder_id=row.holder_id,
            actor="job", actor_detail="test", **words,
        ),
        row,
    )  # fmt: skip
    row.save()


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ({}, 1),
        ({"reason_code": "thieu-dieu-kien"}, 1),
        ({"note": "Không đủ điều kiện theo Điều 5"}, 1),
        ({"reason_code": "thieu-dieu-kien", "note": "Không đủ điều kiện theo Điều 5"}, 0),
    ],
)
def test_a_refusal_needs_its_reason_code_and_its_words(words, seen, dossier, district):
    refuse(dossier, **words)

    assert groundless(desks(district), RECEIVED).count() == seen


def test_a_result_may_lie_for_five_working_days(dossier, district):
    finish(dossier, district.receiver, local(2018, 4, 17, 16))  # then 18, 19, 20, 23, 24 April
    calendar = Holiday.objects.calendar(None, RECEIVED.date())

    assert not uncollected(desks(district), local(2018, 4, 24, 16), calendar)
    assert not uncollected(desks(district), local(2018, 4, 25, 16), calendar)  # a day off
    assert uncollected(desks(district), local(2018, 4, 26, 8), calendar).get() == dossier


def test_a_dossier_in_nobodys_hands_since_yesterday_is_seen(dossier, district):
    hand_over(dossier, district.receiver, RECEIVED, district.office)

    assert not unheld(desks(district), RECEIVED + timedelta(hours=3))
    assert unheld(desks(district), RECEIVED + timedelta(days=1)).get() == dossier
    hand_over(dossier, district.specialist, NOW, district.office, district.specialist)
    assert not unheld(desks(district), NOW + timedelta(days=1))


@pytest.mark.parametrize(
    "slug", ["", "qua-nhanh", "tu-choi-thieu-can-cu", "chua-tra", "khong-nguoi", "' OR 1=1"]
)
def test_each_list_costs_the_same_for_one_and_for_twenty(
    slug, district, version, client, time_machine, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setitem(acts.ACTS, "refuse", acts.ACTS["finish"])
    for _ in range(10):
        quick = make_dossier(district, version, now=RECEIVED)
        hand_over(quick, district.receiver, RECEIVED, district.office)
        hand_over(quick, district.specialist, RECEIVED, district.other_office)
        refuse(quick)
        finish(make_dossier(district, version, now=RECEIVED), district.receiver, RECEIVED)
    time_machine.move_to(local(2018, 5, 7))
    enter(client, district.controller)

    with django_assert_max_num_queries(STAFF_LIMIT):
        page = client.get(reverse("dossiers:anomalies"), {"loc": slug}).content.decode()
    assert page.count("<tr>") == 11


@pytest.mark.parametrize("name", ["anomalies", "lookers"])
def test_only_the_controller_opens_these_pages(name, district, client):
    address = reverse(f"dossiers:{name}")
    assert client.get(address).status_code == 302
    for officer in [district.receiver, district.leader, district.head]:
        assert enter(client, officer).get(address).status_code == 403
    assert enter(client, district.controller).get(address).status_code == 200


def test_a_controller_watches_only_what_lies_beneath(dossier, district, client, time_machine):
    elsewhere = make_officer(district.commune_desk, Role.CONTROLLER)
    ViewLog.objects.create(officer=district.receiver, dossier=dossier, page="hồ sơ")

    for name in ["anomalies", "lookers"]:
        page = enter(client, elsewhere).get(reverse(f"dossiers:{name}"))
        assert dossier.code not in page.content.decode()


# Who looked ------------------------------------------------------------------------------------


@pytest.fixture
def views(dossier, district, version):
    """Two looks by the receiver, who acted, one by the returner, who did not, on other days."""
    other = make_dossier(district, version, now=RECEIVED)
    looks = [
        (district.receiver, dossier, local(2018, 4, 16)),
        (district.receiver, other, local(2018, 4, 17)),
        (district.returner, dossier, local(2018, 4, 17, 23)),
    ]
    for officer, seen, moment in looks:
        row = ViewLog.objects.create(officer=officer, dossier=seen, page="hồ sơ")
        with pgtrigger.ignore("dossiers.ViewLog:append_only"):
            ViewLog.objects.filter(pk=row.pk).update(at=moment)
    return looks


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3),
        ({"can-bo": "returner"}, 1),
        ({"ngay": "17/04/2018"}, 2),
        ({"ngay": "2018-04-16"}, 1),
        ({"ho-so": "code"}, 2),
        ({"ho-so": "code", "ngay": "17/04/2018", "can-bo": "receiver"}, 0),
        ({"ngoai-viec": "1"}, 1),
        ({"can-bo": "x", "ho-so": "\x00", "trang": "999"}, 3),
    ],
)
def test_views_are_found_by_officer_day_dossier_and_need(
    query, count, views, dossier, district, client, time_machine
):
    time_machine.move_to(NOW)
    query = {name: getattr(district, value, value) for name, value in query.items()}
    query = {name: getattr(value, "pk", value) for name, value in query.items()}
    query = {name: dossier.code.lower() if v == "code" else v for name, v in query.items()}

    page = enter(client, district.controller).get(reverse("dossiers:lookers"), query)

    assert page.context["page"].paginator.count == count


def test_without_a_day_the_last_month_is_shown_and_a_code_reaches_further_back(
    views, dossier, district, client, time_machine
):
    time_machine.move_to(local(2018, 9, 3))
    enter(client, district.controller)

    page = client.get(reverse("dossiers:lookers"))
    assert page.context["page"].paginator.count == 0
    page = client.get(reverse("dossiers:lookers"), {"ho-so": dossier.code})
    assert page.context["page"].paginator.count == 2


def test_a_day_that_is_none_is_explained_and_kept(district, client):
    page = enter(client, district.controller).get(reverse("dossiers:lookers"), {"ngay": "31/02"})

    assert "“31/02” không phải ngày" in page.content.decode()
    assert 'value="31/02"' in page.content.decode()


def test_the_list_of_views_has_fifty_rows_and_one_price(
    dossier, district, client, django_assert_max_num_queries
):
    for _ in range(60):
        ViewLog.objects.create(officer=district.receiver, dossier=dossier, page="hồ sơ")
    enter(client, district.controller)

    with django_assert_max_num_queries(STAFF_LIMIT):
        page = client.get(reverse("dossiers:lookers")).content.decode()
    assert page.count("<tr>") == 51
    assert "Trang 1/2" in page


@pytest.mark.parametrize("typed", ["9999-12-31", "31/12/9999", "01/01/0001", "29/02/2018"])
def test_a_day_that_cannot_be_meant_never_breaks_the_page(typed, client, district):
    page = enter(client, district.controller).get(reverse("dossiers:lookers"), {"ngay": typed})

    assert page.status_code == 200


# The clock --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ahead", "up_for", "warned"),
    [
        (timedelta(days=3), timedelta(hours=1), True),
        (timedelta(days=3), timedelta(days=4), False),  # no start since: days without work
        (timedelta(hours=23), timedelta(hours=1), False),
    ],
)
def test_a_clock_that_jumped_ahead_over_a_start_is_a_warning(
    ahead, up_for, warned, dossier, district, client, time_machine, monkeypatch, tmp_path
):
    (tmp_path / "uptime").write_text(f"{up_for.total_seconds()} 1.00\n")
    monkeypatch.setattr(machine, "UPTIME", tmp_path / "uptime")
    time_machine.move_to(RECEIVED + ahead)

    page = enter(client, district.controller).get(reverse("dossiers:anomalies")).content.decode()

    assert ("Xem lại đồng hồ máy chủ" in page) is warned


def test_a_machine_that_does_not_tell_its_start_warns_of_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "UPTIME", tmp_path / "none")

    assert machine.started(NOW) is None
