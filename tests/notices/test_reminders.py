"""Alarms, the morning's letter and the page of reminders: in time, once, to the right people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from dossiers import acts
from dossiers.models import Dossier, Notice, State
from dossiers.notices import jobs
from dossiers.notices.alarms import raise_alarms
from dossiers.notices.digest import write_digests
from dossiers.notices.duties import apology_due
from dossiers.notices.sending import send_waiting
from procedures.offices import Officer, Role
from procedures.worktime import Holiday
from tests.factories import local, make_dossier, make_hand, make_officer, make_procedure

STAFF_LIMIT = 15
RECEIVED = local(2018, 4, 16, 7)  # ten working days: due on 3 May, 25 and 30 April, 1 May are off
DUE_DAY = local(2018, 5, 3, 8)


@pytest.fixture
def version(district):
    return make_procedure(district.desk, district.office)


@pytest.fixture
def dossier(district, version):
    """A dossier that the specialist has in hand."""
    dossier = make_dossier(district, version, now=RECEIVED)
    hand = make_hand(district.receiver, RECEIVED + timedelta(hours=2))
    return acts.hand_over(dossier.pk, hand, to=district.office, officer=district.specialist)


@pytest.fixture
def desk_head(district):
    return make_officer(district.desk, Role.DESK_HEAD, name="Lê Văn Định")


def thresholds(dossier) -> list[int]:
    return list(dossier.alarms.values_list("threshold", flat=True))


def give_addresses() -> None:
    for officer in Officer.objects.all():
        officer.email = f"{officer.username}@khanhson.vn"
        officer.save(update_fields=["email"])


def enter(client, officer):
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


# Alarms ----------------------------------------------------------------------------------------


def test_a_dossier_raises_its_hand_once_per_threshold(dossier):
    assert raise_alarms(local(2018, 4, 19)) == 0
    assert raise_alarms(local(2018, 4, 23, 15)) == 1
    assert raise_alarms(local(2018, 4, 24)) == 0
    assert raise_alarms(local(2018, 4, 27, 16)) == 1
    assert raise_alarms(local(2018, 5, 3, 17)) == 1
    assert raise_alarms(local(2018, 5, 9)) == 0
    assert thresholds(dossier) == [50, 80, 100]


def test_an_office_that_looks_late_gets_every_alarm_at_once(dossier):
    assert raise_alarms(local(2018, 5, 9)) == 3
    assert raise_alarms(local(2018, 5, 9)) == 0


def test_what_waits_for_the_citizen_or_is_done_raises_nothing(dossier, district):
    Dossier.objects.filter(pk=dossier.pk).update(state=State.AWAITING_SUPPLEMENT, standing=True)
    assert raise_alarms(local(2018, 5, 9)) == 0


def test_a_due_date_that_moved_has_alarms_of_its_own(dossier):
    raise_alarms(local(2018, 4, 24))
    Dossier.objects.filter(pk=dossier.pk).update(due_at=local(2018, 5, 31, 17))

    assert raise_alarms(local(2018, 4, 24)) == 0
    assert raise_alarms(local(2018, 5, 14)) == 1


def test_after_an_apology_only_the_new_day_counts(dossier):
    raise_alarms(local(2018, 5, 4))
    Dossier.objects.filter(pk=dossier.pk).update(promised_at=local(2018, 5, 10, 17))

    assert raise_alarms(local(2018, 5, 9)) == 0
    assert raise_alarms(local(2018, 5, 11)) == 1


def test_alarms_cost_the_same_for_three_and_for_thirty(
    district, version, django_assert_max_num_queries
):
    for _ in range(30):
        make_dossier(district, version, now=RECEIVED)

    with django_assert_max_num_queries(7):
        assert raise_alarms(local(2018, 4, 24)) == 30


# Apologies -------------------------------------------------------------------------------------


def due_for_apology(now) -> list[Dossier]:
    calendar = Holiday.objects.calendar(None, now.date())
    return list(apology_due(Dossier.objects.all(), now, calendar))


def test_an_apology_is_proposed_on_the_last_working_day_before_the_due_day(dossier):
    assert due_for_apology(local(2018, 4, 27)) == []
    assert due_for_apology(local(2018, 5, 2)) == [dossier]  # the working day before 3 May
    assert due_for_apology(local(2018, 5, 3)) == [dossier]
    assert due_for_apology(local(2018, 6, 3)) == [dossier]


def test_before_a_long_holiday_the_apology_is_proposed_before_it(dossier):
    Dossier.objects.filter(pk=dossier.pk).update(due_at=local(2018, 5, 2, 17))

    assert due_for_apology(local(2018, 4, 27)) == [dossier]  # 28 April to 1 May nobody works


def test_a_new_date_or_a_result_ends_the_need_for_an_apology(dossier, district):
    Dossier.objects.filter(pk=dossier.pk).update(promised_at=local(2018, 5, 10, 17))
    assert due_for_apology(local(2018, 5, 4)) == []

    other = make_dossier(district, now=RECEIVED)
    result = acts.ResultDocument("1/KQ", RECEIVED.date(), "Nguyễn Văn Lãnh")
    acts.finish(other.pk, make_hand(district.receiver, RECEIVED), result=result)
    assert due_for_apology(local(2018, 5, 4)) == []


def test_what_came_in_today_needs_no_apology_yet(district):
    short = make_procedure(district.desk, district.office, number=1)
    make_dossier(district, short, now=local(2018, 5, 2, 8))

    assert due_for_apology(local(2018, 5, 2, 9)) == []
    assert len(due_for_apology(local(2018, 5, 3, 9))) == 1


# The morning's letter --------------------------------------------------------------------------


def test_officer_and_heads_get_one_letter_on_a_working_morning(dossier, desk_head, district):
    give_addresses()

    assert write_digests(local(2018, 4, 24, 6, 30)) == 3
    assert write_digests(local(2018, 4, 24, 6, 40)) == 0

    told = {notice.officer for notice in Notice.objects.all()}
    assert told == {district.specialist, district.head, desk_head}
    send_waiting(local(2018, 4, 24, 6, 41))
    assert len(mail.outbox) == 3
    assert dossier.code in mail.outbox[0].body
    assert mail.outbox[0].subject == "Nhắc việc 24/04/2018: 1 hồ sơ"


def test_letters_name_no_citizen_and_nobody_but_the_reader(dossier, desk_head, district):
    give_addresses()
    write_digests(local(2018, 5, 2, 6, 30))

    assert "hộ kinh doanh" in Notice.objects.get(officer=district.head).body
    for notice in Notice.objects.all():
        names = {o.full_name for o in Officer.objects.exclude(pk=notice.officer_id)}
        assert not [name for name in {dossier.owner.name, *names} if name in notice.body]
        assert notice.officer.full_name in notice.body


def test_a_sensitive_procedure_is_named_by_the_code_alone(dossier, version, district):
    version.procedure.sensitive = True
    version.procedure.save()
    give_addresses()
    write_digests(local(2018, 5, 2, 6, 30))

    body = Notice.objects.get(officer=district.head).body
    assert dossier.code in body
    assert version.title not in body


def test_no_letter_on_days_off_nor_when_nothing_is_new(dossier, desk_head):
    give_addresses()

    assert write_digests(local(2018, 4, 25, 6, 30)) == 0  # Giỗ Tổ Hùng Vương
    assert write_digests(local(2018, 4, 26, 6, 30)) == 3
    assert write_digests(local(2018, 4, 27, 6, 30)) == 0


def test_a_dossier_stands_once_in_a_letter(dossier, desk_head, district):
    give_addresses()
    write_digests(local(2018, 5, 4, 6, 30))

    for officer in [desk_head, district.head, district.specialist]:
        assert Notice.objects.get(officer=officer).body.count(dossier.code) == 1


def test_a_leader_is_told_of_lateness_and_apologies_only(dossier, district):
    give_addresses()

    write_digests(local(2018, 4, 24, 6, 30))
    assert not Notice.objects.filter(officer=district.leader).exists()
    write_digests(local(2018, 5, 4, 6, 30))
    assert "Cần xin lỗi" in Notice.objects.get(officer=district.leader).body


def test_who_has_no_address_gets_no_letter_and_the_alarm_stays_on_the_page(
    dossier, district, client, time_machine
):
    time_machine.move_to(local(2018, 4, 24, 8))
    assert jobs.write_digests() == "0 letters"

    page = enter(client, district.specialist).get(reverse("dossiers:reminders"))
    assert dossier.code in page.content.decode()


def test_a_long_letter_ends_with_a_number_and_a_link(district, version, desk_head):
    for _ in range(32):
        make_dossier(district, version, now=RECEIVED)
    give_addresses()

    write_digests(local(2018, 4, 24, 6, 30))

    body = Notice.objects.get(officer=desk_head).body
    assert "và 2 hồ sơ khác" in body
    assert body.count("Một cửa huyện") == 30


# The page --------------------------------------------------------------------------------------


def listed(client, officer, dossier, **query) -> bool:
    page = enter(client, officer).get(reverse("dossiers:reminders"), query)
    assert page.status_code == 200
    return f"{dossier.get_absolute_url()}" in page.content.decode()


def test_everybody_sees_their_own_alarms_and_nobody_elses(
    dossier, district, desk_head, client, time_machine
):
    time_machine.move_to(local(2018, 4, 24, 8))
    jobs.raise_alarms()

    assert listed(client, district.specialist, dossier)
    assert listed(client, district.head, dossier)
    assert listed(client, desk_head, dossier)
    assert listed(client, district.head, dossier, loc="hon-mot-nua")
    assert not listed(client, district.head, dossier, loc="hon-80")
    for other in [district.receiver, district.leader, district.stranger]:
        assert not listed(client, other, dossier)


def test_apologies_are_for_those_who_sign_them(dossier, district, desk_head, client, time_machine):
    time_machine.move_to(local(2018, 5, 2, 8))
    for officer in [district.head, district.leader, desk_head]:
        assert listed(client, officer, dossier, loc="can-xin-loi")
    assert not listed(client, district.specialist, dossier, loc="can-xin-loi")
    assert not listed(client, district.stranger, dossier, loc="can-xin-loi")

    page = enter(client, district.head).get(reverse("dossiers:reminders"), {"loc": "can-xin-loi"})
    assert f"{dossier.get_absolute_url()}xin-loi/" in page.content.decode()


def test_each_number_opens_as_many_rows(district, version, client, time_machine):
    for start in [local(2018, 4, 16), local(2018, 4, 20), local(2018, 4, 26), local(2018, 5, 2)]:
        make_dossier(district, version, now=start)
    time_machine.move_to(local(2018, 5, 4, 8))
    jobs.raise_alarms()
    enter(client, district.leader)

    for officer in [district.leader, make_officer(district.desk, Role.DESK_HEAD)]:
        shown = enter(client, officer).get(reverse("dossiers:reminders")).context["figures"]
        assert any(figure.count for figure in shown)
        for figure in shown:
            page = client.get(reverse("dossiers:reminders"), {"loc": figure.slug})
            assert page.context["page"].paginator.count == figure.count, figure


def test_strangers_sign_in_first(client, db):
    assert client.get(reverse("dossiers:reminders")).status_code == 302


@pytest.mark.parametrize("loc", ["", "can-xin-loi", "het-gio"])
def test_the_page_costs_the_same_for_one_and_for_thirty(
    loc, district, version, client, time_machine, django_assert_max_num_queries
):
    for _ in range(30):
        make_dossier(district, version, now=RECEIVED)
    time_machine.move_to(DUE_DAY + timedelta(days=2))
    jobs.raise_alarms()
    enter(client, district.leader)

    with django_assert_max_num_queries(STAFF_LIMIT):
        page = client.get(reverse("dossiers:reminders"), {"loc": loc}).content.decode()
    assert page.count("<tr>") == 31
