"""Handing over many at once: each dossier answers for itself, and pressing twice is once."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connections

from dossiers import acts
from dossiers.acts.bulk import hand_over_many
from dossiers.models import Dossier, Event
from tests import processes
from tests.factories import MONDAY, make_district, make_dossier, make_hand, make_procedure

ADDRESS = "/mot-cua/ban-giao/"


@pytest.fixture
def three(district):
    version = make_procedure(district.desk, district.office)
    return [make_dossier(district, version) for _ in range(3)]


def loaded(dossiers) -> list[Dossier]:
    keys = [dossier.pk for dossier in dossiers]
    return list(Dossier.objects.filter(pk__in=keys).for_listing().order_by("pk"))


def test_each_goes_to_who_solves_it_and_a_refusal_stops_no_other(three, district):
    acts.finish(
        three[1].pk,
        make_hand(district.receiver),
        result=acts.ResultDocument("1/KQ", MONDAY.date(), "Người ký"),
    )

    answers = hand_over_many(loaded(three), make_hand(district.receiver), to=None, press=uuid4())

    assert [answer.to for answer in answers] == [district.office, None, district.office]
    assert "Đã có kết quả" in answers[1].refusal


def test_pressing_twice_hands_over_once(three, district):
    press = uuid4()
    for _ in range(2):
        answers = hand_over_many(loaded(three), make_hand(district.receiver), to=None, press=press)

    assert all(answer.to for answer in answers)
    assert Event.objects.filter(act="hand_over").count() == 3


def test_the_page_shows_what_was_ticked_and_then_the_sheet(three, district, client, time_machine):
    time_machine.move_to(MONDAY)
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    ticked = {"ho-so": [three[0].pk, three[2].pk]}

    asked = client.get(ADDRESS, ticked).content.decode()
    answer = client.post(ADDRESS, {**ticked, "press": str(uuid4()), "to": ""}).content.decode()

    assert three[0].code in asked
    assert three[1].code not in asked
    assert "Đã chuyển 2 trong 2 hồ sơ" in answer


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "1;2", ""])
def test_any_number_in_the_address_gives_a_page(value, district, client):
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")

    assert client.get(ADDRESS, {"ho-so": value}).status_code == 200


def test_an_officer_of_another_agency_sees_and_moves_nothing(three, district, client):
    client.force_login(district.stranger, backend="procedures.offices.access.PostBackend")

    client.post(ADDRESS, {"ho-so": [three[0].pk], "press": str(uuid4())})

    assert not Event.objects.filter(act="hand_over").exists()


@pytest.fixture
def emptied(transactional_db):
    yield from processes.emptied_afterwards()


def test_of_two_officers_who_press_at_once_one_wins_and_the_other_is_told(emptied):
    district = make_district()
    dossier = make_dossier(district)
    said: list[str] = []

    def press() -> None:
        hand = acts.Hand(district.receiver, MONDAY, uuid4(), seen=1)
        try:
            acts.hand_over(dossier.pk, hand, to=district.office)
            said.append("done")
        except acts.ActRefused as refusal:
            said.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert "done" in said
    said.remove("done")
    assert "vừa thay đổi" in said[0] or "đang ở trạng thái" in said[0]
    assert Event.objects.filter(act="hand_over").count() == 1
