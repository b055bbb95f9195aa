"""A changed calendar: shown before it is saved, counted once, nobody's printed day made later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command

from dossiers import acts, jobs, journal, recounting
from dossiers.models import CalendarChange, Dossier, Event, KeptPromise
from dossiers.recounting import Edit, ImpactMoved, additions
from procedures.offices import Agency, Role
from procedures.worktime import Holiday, HolidayKind
from tests.factories import (
    MONDAY,
    PASSWORD,
    day,
    local,
    make_dossier,
    make_hand,
    make_intake,
    make_officer,
    make_procedure,
)

NOW = local(2018, 4, 17, 8)
STORM = "26/4/2018"


def off(text: str = STORM, **fields) -> list[Edit]:
    values = {"kind": HolidayKind.OFF, "name": "Nghỉ bù", **fields}
    return additions([Holiday(day=day(text), **values)])


def shut(district, text: str = STORM) -> list[Edit]:
    return off(text, kind=HolidayKind.CLOSURE, name="nghỉ do bão", agency=district.desk)


def saved(edits: list[Edit], by=None, now=NOW) -> CalendarChange:
    change = recounting.confirm(edits, by=by, now=now)
    recounting.go_on(change.pk, now)
    change.refresh_from_db()
    return change


@pytest.fixture
def dossier(district):
    return make_dossier(district)  # received 16/4, due 3/5/2018


def test_the_preview_moves_the_same_day_as_the_clock_and_saves_nothing(dossier):
    found = recounting.impact(off(), NOW)

    (one,) = found.moved
    assert (one.before, one.after) == (local(2018, 5, 3, 17), local(2018, 5, 4, 17))
    assert one.needs_apology
    assert not one.becomes_late
    assert not Holiday.objects.filter(day=day(STORM)).exists()
    dossier.refresh_from_db()
    assert dossier.due_at == local(2018, 5, 3, 17)


@pytest.mark.parametrize("text", ["13/4/2018", "4/5/2018", "21/4/2018"])
def test_a_day_outside_the_count_touches_nobody(text, dossier):
    assert recounting.impact(off(text), NOW).moved == []


@pytest.mark.parametrize("text", ["17/4/2018", "18/4/2018", "2/5/2018", "3/5/2018"])
def test_the_first_and_the_last_day_of_the_count_touch_it(text, dossier):
    (one,) = recounting.impact(off(text), NOW).moved
    assert one.after == local(2018, 5, 4, 17)


def test_a_holiday_taken_back_brings_the_day_nearer_and_may_make_it_late(dossier):
    row = Holiday.objects.get(day=day("30/4/2018"))
    now = local(2018, 5, 3, 8)

    (one,) = recounting.impact([Edit(row, None)], now).moved

    assert one.after == local(2018, 5, 2, 17)
    assert one.becomes_late
    assert not one.needs_apology


def test_a_worked_saturday_brings_the_day_nearer(dossier):
    (one,) = recounting.impact(off("21/4/2018", kind=HolidayKind.WORKED), NOW).moved

    assert one.after == local(2018, 5, 2, 17)


def test_a_closure_counts_only_for_its_own_desk(dossier, district):
    version = make_procedure(district.commune_desk)
    intake = make_intake(district, version, desk=district.commune_desk)
    elsewhere = acts.accept(intake, make_hand(district.stranger))

    (one,) = recounting.impact(shut(district), NOW).moved
    saved(shut(district))

    assert one.dossier == dossier
    elsewhere.refresh_from_db()
    assert elsewhere.due_at == local(2018, 5, 3, 17)
    dossier.refresh_from_db()
    assert dossier.due_at == local(2018, 5, 4, 17)


def test_saving_writes_an_event_with_both_dates_and_keeps_the_printed_day(dossier, district):
    change = saved(off(basis="Thông báo 1"), by=district.controller)

    dossier.refresh_from_db()
    event = dossier.events.last()
    assert (event.act, event.by, event.state) == ("recount", district.controller, dossier.state)
    assert event.due_before == local(2018, 5, 3, 17)
    assert event.due_at == dossier.due_at == local(2018, 5, 4, 17)
    assert dossier.deadline["due"].startswith("2018-05-04")
    assert "26/04/2018 Nghỉ bù" in event.note
    assert dossier.promised_at is None
    assert dossier.kept_promise.day_at == local(2018, 5, 3, 17)
    assert (change.touched, change.waiting, change.basis) == (1, [], "Thông báo 1")
    assert list(Dossier.objects.owed_an_apology()) == [dossier]
    assert list(journal.faults()) == []


def test_the_citizen_reads_the_day_on_their_paper_and_both_reasons(dossier, client):
    saved(off())

    page = client.get(dossier.tracking_url).content.decode()
    assert '<p class="big-date">03/05/2018' in page
    assert "hạn theo luật nay là 04/05/2018" in page


def test_moved_there_and_back_nothing_is_owed(dossier):
    saved(off())
    saved([Edit(Holiday.objects.get(day=day(STORM)), None)])

    dossier.refresh_from_db()
    assert dossier.due_at == local(2018, 5, 3, 17)
    assert not Dossier.objects.owed_an_apology().exists()
    assert [event.act for event in dossier.events.all()] == ["accept", "recount", "recount"]


def test_twice_moved_later_the_first_printed_day_stays(dossier):
    saved(off("26/4/2018"))
    saved(off("27/4/2018"))

    assert KeptPromise.objects.get().day_at == local(2018, 5, 3, 17)


def test_a_finished_dossier_is_left_alone(dossier, district):
    result = acts.ResultDocument("1/GCN", MONDAY.date(), "Nguyễn Văn Lãnh")
    acts.finish(dossier.pk, make_hand(district.receiver), result=result)

    assert recounting.impact(off(), NOW).moved == []


def test_an_open_supplement_keeps_its_stop(dossier):
    asked = local(2018, 4, 20).isoformat()
    stop = {"asked": asked, "answered": local(2018, 5, 4).isoformat(), "effect": "pause",
            "why": "chờ bổ sung"}  # fmt: skip
    Dossier.objects.filter(pk=dossier.pk).update(stops=[stop], due_at=local(2018, 5, 15, 17))

    (one,) = recounting.impact(off("8/5/2018"), NOW).moved
    assert (one.before, one.after) == (local(2018, 5, 15, 17), local(2018, 5, 16, 17))


def test_what_was_shown_must_still_be_so_when_it_is_saved(dossier, district):
    seen = recounting.impact(off(), NOW).digest
    make_dossier(district, dossier.version)

    with pytest.raises(ImpactMoved) as refusal:
        recounting.confirm(off(), by=None, now=NOW, seen=seen)
    assert len(refusal.value.impact.moved) == 2
    assert not Holiday.objects.filter(day=day(STORM)).exists()


def test_counting_is_cut_off_and_goes_on_and_twice_is_once(district, monkeypatch):
    version = make_procedure(district.desk)
    for _ in range(7):
        make_dossier(district, version)
    monkeypatch.setattr("dossiers.recounting.saving.BATCH", 2)
    change = recounting.confirm(off(), by=None, now=NOW)
    from dossiers.recounting import saving

    saving._batch(change.pk, NOW)  # and the power fails
    assert Event.objects.filter(act="recount").count() == 2

    jobs.recount_unfinished()
    jobs.recount_change(change.pk)
    assert Event.objects.filter(act="recount").count() == 7
    assert not CalendarChange.objects.unfinished().exists()


def test_a_dossier_taken_in_while_the_change_was_saved_is_counted_too(district):
    change = recounting.confirm(off(), by=None, now=MONDAY + timedelta(seconds=30))
    late_comer = make_dossier(district)
    Dossier.objects.filter(pk=late_comer.pk).update(due_at=local(2018, 5, 3, 17))

    recounting.go_on(change.pk, NOW)

    late_comer.refresh_from_db()
    assert late_comer.due_at == local(2018, 5, 4, 17)


# Pages -----------------------------------------------------------------------------------------


@pytest.fixture
def page(client, district):
    client.login(username=district.controller.username, password=PASSWORD)
    return client


TYPED = {"kind": "off", "day": "26/04/2018", "name": "Nghỉ bù", "basis": "Thông báo 1"}


def test_a_change_is_shown_then_saved_on_a_second_press(page, dossier, time_machine):
    time_machine.move_to(NOW)

    shown = page.post("/mot-cua/lich-lam-viec/them/", TYPED)
    text = shown.content.decode()
    assert "và tính lại 1 hồ sơ" in text
    assert "04/05/2018" in text
    assert not Holiday.objects.filter(day=day(STORM)).exists()

    seen = shown.context["impact"].digest
    done = page.post(
        "/mot-cua/lich-lam-viec/them/", {**TYPED, "seen": seen, "save": "1"}, follow=True
    )
    assert "tính lại hạn của 1 hồ sơ" in done.content.decode()
    assert dossier.code in done.content.decode()
    assert Holiday.objects.get(day=day(STORM)).basis == "Thông báo 1"


def test_a_changed_mind_between_two_presses_is_shown_again(page, dossier, time_machine):
    time_machine.move_to(NOW)
    seen = page.post("/mot-cua/lich-lam-viec/them/", TYPED).context["impact"].digest

    other = {**TYPED, "day": "27/04/2018", "seen": seen, "save": "1"}
    again = page.post("/mot-cua/lich-lam-viec/them/", other)

    assert "danh sách đã khác" in again.content.decode()
    assert not Holiday.objects.filter(day=day("27/4/2018")).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2018-13-40"}, "ngày/tháng/năm"),
        ({"day": "30/04/2018"}, "đã có trong lịch"),
        ({"until": "25/04/2018"}, "từ 26/04/2018 trở đi"),
        ({"until": "26/04/2019"}, "nhiều nhất 31 ngày"),
        ({"kind": "closure"}, "Chọn nơi tạm nghỉ"),
        ({"kind": "worked"}, "vốn đã là ngày làm việc"),
        ({"name": ""}, "Ghi tên gọi"),
        ({"day": "26/04/0201"}, "không đúng"),
    ],
)
def test_a_slip_is_told_and_nothing_typed_is_lost(changes, sentence, page):
    text = page.post("/mot-cua/lich-lam-viec/them/", {**TYPED, **changes}).content.decode()

    assert sentence in text
    assert "Thông báo 1" in text


def test_a_stretch_of_days_is_one_change(page, time_machine):
    time_machine.move_to(NOW)
    typed = {**TYPED, "day": "07/05/2018", "until": "09/05/2018"}
    seen = page.post("/mot-cua/lich-lam-viec/them/", typed).context["impact"].digest

    page.post("/mot-cua/lich-lam-viec/them/", {**typed, "seen": seen, "save": "1"})

    assert Holiday.objects.filter(day__range=(day("7/5/2018"), day("9/5/2018"))).count() == 3
    assert CalendarChange.objects.count() == 1


def test_a_row_is_changed_and_taken_out_through_its_own_pages(page, dossier, time_machine):
    time_machine.move_to(NOW)
    row = Holiday.objects.get(day=day("30/4/2018"))
    address = f"/mot-cua/lich-lam-viec/{row.pk}/"
    typed = {"kind": "off", "day": "02/05/2018", "name": row.name, "basis": ""}
    seen = page.post(address, typed).context["impact"].digest
    page.post(address, {**typed, "seen": seen, "save": "1"})
    row.refresh_from_db()
    assert row.day == day("2/5/2018")

    shown = page.get(f"{address}bo/")
    page.post(f"{address}bo/", {"seen": shown.context["impact"].digest, "save": "1"})
    assert not Holiday.objects.filter(pk=row.pk).exists()
    dossier.refresh_from_db()
    assert dossier.due_at == local(2018, 5, 2, 17)


def test_a_large_change_is_left_to_the_queue(page, dossier, time_machine, monkeypatch):
    time_machine.move_to(NOW)
    queued = []
    monkeypatch.setattr("dossiers.counter.views.calendar.AT_ONCE", 0)
    monkeypatch.setattr(
        "dossiers.counter.views.calendar.async_task", lambda *call: queued.append(call)
    )
    seen = page.post("/mot-cua/lich-lam-viec/them/", TYPED).context["impact"].digest

    page.post("/mot-cua/lich-lam-viec/them/", {**TYPED, "seen": seen, "save": "1"})

    change = CalendarChange.objects.get()
    assert queued == [("dossiers.jobs.recount_change", change.pk)]
    assert change.waiting == [dossier.pk]
    assert (
        "Đang tính lại"
        in page.get(f"/mot-cua/lich-lam-viec/thay-doi/{change.pk}/").content.decode()
    )


def test_the_admin_leads_to_this_page_and_saves_nothing_itself(client, district):
    row = Holiday.objects.first()
    administrator = make_officer(district.committee, Role.ADMINISTRATOR)
    administrator.is_staff = True
    administrator.save()
    client.login(username=administrator.username, password=PASSWORD)

    for path, target in [
        ("add/", "them/"),
        (f"{row.pk}/change/", f"{row.pk}/"),
        (f"{row.pk}/delete/", f"{row.pk}/bo/"),
    ]:
        answer = client.post(f"/quan-tri/procedures/holiday/{path}", {"post": "yes"})
        assert answer["Location"] == f"/mot-cua/lich-lam-viec/{target}"
    assert Holiday.objects.filter(pk=row.pk).exists()


def test_who_is_owed_an_apology_is_listed(page, dossier):
    assert "Không có hồ sơ nào" in page.get("/mot-cua/lich-lam-viec/can-xin-loi/").content.decode()
    saved(off())

    text = page.get("/mot-cua/lich-lam-viec/can-xin-loi/").content.decode()
    assert dossier.code in text
    assert "03/05/2018" in text


def test_others_may_not_touch_the_calendar(client, district):
    client.login(username=district.receiver.username, password=PASSWORD)
    for path in ("", "them/", "thay-doi/1/", "can-xin-loi/"):
        assert client.get(f"/mot-cua/lich-lam-viec/{path}").status_code == 403


def test_the_list_of_a_year_costs_the_same_for_many_rows(
    page, district, django_assert_max_num_queries
):
    desks = Agency.objects.desks()
    Holiday.objects.bulk_create(
        Holiday(day=day("16/5/2018"), kind="closure", name="bão", agency=desk) for desk in desks
    )
    with django_assert_max_num_queries(15):
        assert page.get("/mot-cua/lich-lam-viec/?nam=2018").status_code == 200


def test_the_preview_costs_queries_per_desk_not_per_dossier(
    district, django_assert_max_num_queries
):
    version = make_procedure(district.desk)
    for _ in range(12):
        make_dossier(district, version)
    with django_assert_max_num_queries(16):
        assert len(recounting.impact(off(), NOW).moved) == 12


def test_loading_a_year_tells_whom_it_moves_and_counts_them(dossier, capsys):
    Holiday.objects.filter(day=day("30/4/2018")).delete()
    Dossier.objects.filter(pk=dossier.pk).update(due_at=local(2018, 5, 2, 17))

    call_command("load_holidays", "2018")
    assert "Dời hạn của 1 hồ sơ" in capsys.readouterr().out
    call_command("load_holidays", "2018", confirm="Thông báo")

    dossier.refresh_from_db()
    assert dossier.due_at == local(2018, 5, 3, 17)
    assert dossier.events.last().by is None
