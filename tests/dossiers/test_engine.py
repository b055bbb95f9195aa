"""The engine of acts, run on a subject that is no dossier: a loan of a book (``tests.loans``)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError
from django.db.transaction import atomic

from dossiers import journal
from dossiers.acts import ActRefused, AlreadyDone, Citizen, Hand, Job
from dossiers.declaring import Assurance
from dossiers.models import Counter
from tests import processes
from tests.factories import MONDAY, make_district, make_hand
from tests.loans.acts import ENGINE, LOANS, lend, prolong, remind, take_back
from tests.loans.models import Loan, LoanEvent, LoanSlip, LoanState

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def loan(district):
    return lend(district.desk, "Dế mèn phiêu lưu ký", "Mấu Hoa", make_hand(district.receiver))


def traces():
    counted = (Loan.objects.count(), LoanEvent.objects.count(), LoanSlip.objects.count())
    return *counted, list(Counter.objects.values_list("series", "last"))


def test_an_act_leaves_its_event_its_numbered_slip_and_its_summary(loan, district):
    take_back(loan.pk, make_hand(district.receiver, TUESDAY), condition="còn nguyên")

    loan.refresh_from_db()
    first, last = loan.events.all()
    assert (loan.state, loan.events_count, loan.last_hash) == (LoanState.RETURNED, 2, last.hash)
    assert (last.act, last.from_state, last.state) == ("take_back", "lent", "returned")
    assert (last.by, last.post.agency, last.actor) == (district.receiver, district.desk, "officer")
    assert [first.slip.number, last.slip.number] == ["01/PM", "02/PM"]
    assert first.told == "Cho Mấu Hoa mượn “Dế mèn phiêu lưu ký”, trả trước ngày 30/04/2018"
    assert (last.told, last.told_publicly) == (
        "Nhận lại “Dế mèn phiêu lưu ký”, sách còn nguyên",
        "Đã trả sách",
    )


def test_its_journal_is_chained_and_closed(loan, district):
    prolong(loan.pk, make_hand(district.receiver))

    first, last = loan.events.all()
    assert last.previous_hash == first.hash == journal.hash_of(first)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), atomic():
        loan.events.update(note="khác")
    first.due_on = TUESDAY.date()
    assert journal.hash_of(first) != first.hash


@pytest.mark.parametrize(
    ("who", "condition", "why"),
    [("receiver", "", "còn nguyên hay hư"), ("stranger", "còn nguyên", "không có vai trò")],
)
def test_a_refusal_leaves_no_trace(who, condition, why, loan, district):
    before = traces()

    with pytest.raises(ActRefused, match=why):
        take_back(loan.pk, make_hand(getattr(district, who)), condition=condition)

    loan.refresh_from_db()
    assert (traces(), loan.state) == (before, LoanState.LENT)


def test_a_slip_that_cannot_be_issued_takes_the_act_back(loan, district, monkeypatch):
    def torn(step, kind):
        raise ActRefused("Máy in hết giấy.")

    before = traces()
    monkeypatch.setattr(ENGINE, "issue", torn)

    with pytest.raises(ActRefused, match="hết giấy"):
        take_back(loan.pk, make_hand(district.receiver), condition="còn nguyên")
    assert traces() == before


def test_the_same_press_is_done_already_whatever_else_would_be_refused(loan, district):
    hand = replace(make_hand(district.receiver), seen=1)
    take_back(loan.pk, hand, condition="còn nguyên")

    for later in [hand, replace(hand, by=district.stranger), replace(hand, seen=0)]:
        with pytest.raises(AlreadyDone) as done:
            take_back(loan.pk, later, condition="")
        assert done.value.event == loan.events.last()


def test_an_old_page_is_told_what_happened_before_its_state_is_judged(loan, district):
    take_back(loan.pk, make_hand(district.receiver), condition="còn nguyên")
    late = replace(make_hand(district.stranger), seen=1)

    with pytest.raises(ActRefused, match="vừa thay đổi: Cao Thị Mấu đã “Nhận lại sách” lúc 09:12"):
        take_back(loan.pk, late, condition="còn nguyên")


def test_the_state_is_judged_before_the_right(loan, district):
    take_back(loan.pk, make_hand(district.receiver), condition="còn nguyên")

    with pytest.raises(ActRefused, match="Phiếu mượn PM-.* đang ở trạng thái “Đã trả sách”"):
        take_back(loan.pk, make_hand(district.stranger), condition="còn nguyên")


def test_a_citizen_acts_in_their_own_matter_as_surely_as_the_act_wants(loan, monkeypatch):
    own = Hand(Citizen(Assurance.HOLDS_THE_CODE), TUESDAY, uuid4())
    prolong(loan.pk, own)

    event = loan.events.last()
    assert (event.actor, event.actor_detail) == ("citizen", "holds_the_code")
    assert (event.by, event.post) == (None, None)
    assert event.who == "Người dân (mã tra cứu in trên giấy)"
    with pytest.raises(ActRefused, match="do cán bộ làm"):
        take_back(loan.pk, replace(own, nonce=uuid4()), condition="còn nguyên")
    strict = replace(LOANS["prolong"], citizen=Assurance.IDENTITY_2)
    monkeypatch.setitem(LOANS, "prolong", strict)
    with pytest.raises(ActRefused, match="cần tài khoản định danh điện tử mức độ 2"):
        prolong(loan.pk, replace(own, nonce=uuid4()))


def test_what_nobody_presses_may_be_done_again_by_the_same_hand(loan):
    hand = Hand(Job("remind_readers"), TUESDAY, uuid4())
    remind(loan.pk, hand)
    remind(loan.pk, hand)

    assert [event.nonce for event in loan.events.filter(act="remind")] == [None, None]


def test_a_job_does_what_may_run_by_itself_and_nothing_else(loan):
    remind(loan.pk, Hand(Job("remind_readers"), TUESDAY))
    remind(loan.pk, Hand(Job("remind_readers"), TUESDAY))

    event = loan.events.last()
    assert (event.told, event.who, event.actor_detail) == (
        "Nhắc trả sách lần 2", "Hệ thống", "remind_readers",
    )  # fmt: skip
    with pytest.raises(ActRefused, match="không tự chạy"):
        prolong(loan.pk, Hand(Job("remind_readers"), TUESDAY))


@pytest.mark.parametrize("actor", ["officer", "job", "citizen"])
def test_the_database_keeps_no_event_of_nobody(actor, loan):
    event = LoanEvent(loan=loan, act="remind", at=MONDAY, recorded_at=MONDAY, due_on=loan.due_on)
    event.actor = actor

    with pytest.raises(IntegrityError, match="has_its_actor"), atomic():
        journal.append(event, loan)


def test_buttons_are_what_state_right_and_sense_allow(loan, district):
    assert list(ENGINE.buttons(loan, district.receiver, MONDAY)) == [
        "take_back", "prolong", "remind",
    ]  # fmt: skip
    assert ENGINE.buttons(loan, district.stranger, MONDAY) == {}
    loan.events_count = 5
    assert "prolong" not in ENGINE.buttons(loan, district.receiver, MONDAY)


# Twelve at once ----------------------------------------------------------------------------------


@pytest.fixture
def emptied(transactional_db):
    yield from processes.emptied_afterwards()


@pytest.mark.processes
def test_twelve_presses_make_one_loan_and_one_return(emptied):
    district = make_district()
    hand = make_hand(district.receiver)
    lent = processes.at_once(lambda: lend(district.desk, "Dế mèn", "Mấu Hoa", hand))

    loan = Loan.objects.get()
    assert [answer for answer in lent if isinstance(answer, Loan)] == [loan]
    others = [answer for answer in lent if not isinstance(answer, Loan)]
    assert [type(answer) for answer in others] == [AlreadyDone] * 11
    assert {answer.event for answer in others} == {loan.events.get()}

    back = make_hand(district.receiver, TUESDAY)
    taken = processes.at_once(lambda: take_back(loan.pk, back, condition="còn nguyên"))
    assert sorted(type(answer).__name__ for answer in taken) == ["AlreadyDone"] * 11 + ["Loan"]
    assert LoanSlip.objects.count() == 2
    assert loan.events.count() == 2
