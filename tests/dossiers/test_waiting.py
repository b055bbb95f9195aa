"""Waiting, apologising and mending: what each does to the promised day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dossiers import acts, statistics
from dossiers.acts import ActRefused
from dossiers.models import Dossier, Form, Paper, State
from dossiers.papers.audit import proven_acts, without_paper
from khanhson_portal.ground.moments import month_bounds
from procedures.catalogue import InternalStep, approval, drafting
from procedures.offices import Role
from procedures.worktime import OnSupplement
from tests.dossiers.doing import ADVICE, RESULT, WHY, do, make_guided
from tests.factories import (
    MONDAY,
    local,
    make_dossier,
    make_hand,
    make_intake,
    make_officer,
    make_procedure,
)

ASKED, ANSWERED = local(2018, 4, 20, 10), local(2018, 5, 4, 10)


def waited(district, effect: OnSupplement) -> Dossier:
    """Example 11 of the worked deadlines, with papers asked for and brought."""
    version = make_procedure(district.desk, district.office, on_supplement=effect)
    dossier = make_dossier(district, version)
    do("hand_over", dossier, district.receiver, district)
    do("request_supplement", dossier, district.specialist, district, now=ASKED)
    return do("receive_supplement", dossier, district.receiver, district, now=ANSWERED)


@pytest.mark.parametrize(
    ("effect", "due"),
    [
        (OnSupplement.PAUSE, local(2018, 5, 15, 17)),
        (OnSupplement.RESTART, local(2018, 5, 18, 17)),
        (OnSupplement.NONE, local(2018, 5, 3, 17)),
    ],
)
def test_a_supplement_moves_the_day_as_the_procedure_says(effect, due, district):
    dossier = waited(district, effect)

    assert dossier.due_at == due
    event = dossier.events.get(act="receive_supplement")
    assert event.data["due"]["before"].startswith("2018-05-03")


def test_a_dossier_is_not_late_while_its_clock_stands_and_is_while_it_runs(district):
    for effect, late in [(OnSupplement.PAUSE, 0), (OnSupplement.NONE, 1)]:
        version = make_procedure(district.desk, district.office, on_supplement=effect)
        dossier = make_dossier(district, version)
        do("request_supplement", dossier, district.receiver, district, now=ASKED)

        assert Dossier.objects.overdue(local(2018, 5, 10)).count() == late


def test_papers_are_asked_for_once_where_the_procedure_says_once(district):
    version = make_procedure(district.desk, district.office, max_requests=1)
    dossier = make_dossier(district, version)
    do("request_supplement", dossier, district.receiver, district, now=ASKED)
    do("receive_supplement", dossier, district.receiver, district, now=ANSWERED)

    with pytest.raises(ActRefused, match="chỉ được yêu cầu bổ sung 1 lần"):
        do("request_supplement", dossier, district.receiver, district, now=ANSWERED)


def test_the_reply_window_ends_on_a_working_day_and_is_printed(district):
    version = make_procedure(district.desk, district.office, reply_window=10)
    dossier = make_dossier(district, version)
    dossier = do("request_supplement", dossier, district.receiver, district, now=ASKED)

    assert dossier.awaited_by == local(2018, 5, 9, 17)  # 25/4, 30/4 and 1/5 are off
    slip = Paper.objects.get(dossier=dossier, kind="bo-sung")
    assert slip.data["thoi_gian_bo_sung"] == "ngày 09 tháng 5 năm 2018"


def test_a_supplement_without_papers_or_reason_is_refused(district):
    dossier = make_dossier(district)

    with pytest.raises(ActRefused, match="đầy đủ trong một lần"):
        acts.request_supplement(
            dossier.pk, make_hand(district.receiver), advice=acts.Advice("  ", [])
        )


@pytest.mark.parametrize(("first_day", "refused"), [(20, True), (21, False)])
def test_what_the_state_holds_is_not_asked_for_from_its_first_day(district, first_day, refused):
    dossier = make_dossier(district)
    do("hand_over", dossier, district.receiver, district)
    dossier.case.papers.update(
        name="Căn cước",
        held_data="dữ liệu dân cư",
        held_from=date(2018, 4, first_day),
        held_basis="280/2025/NĐ-CP",
    )
    advice = acts.Advice("Thiếu giấy.", ["Bản chụp căn cước"])
    hand = make_hand(district.specialist, ASKED)

    if not refused:
        asked = acts.request_supplement(dossier.pk, hand, advice=advice)
        assert asked.state == State.AWAITING_SUPPLEMENT
        return
    with pytest.raises(ActRefused, match=r"từ 20/04/2018 .*280/2025/NĐ-CP") as said:
        acts.request_supplement(dossier.pk, hand, advice=advice)
    assert said.value.field == "papers"


def test_money_stops_the_clock_until_it_is_paid(district):
    dossier = make_dossier(district)
    do("request_payment", dossier, district.receiver, district, now=ASKED)

    dossier = do("confirm_payment", dossier, district.receiver, district, now=ANSWERED)

    assert dossier.due_at == local(2018, 5, 15, 17)
    assert dossier.state == "accepted"


def test_another_agency_s_opinion_does_not_stop_the_clock(district):
    dossier = make_dossier(district)
    do("hand_over", dossier, district.receiver, district)
    dossier = do("ask_partner", dossier, district.specialist, district, now=ASKED)

    assert dossier.awaited_by == local(2018, 4, 26, 17)  # 25/4 is off
    assert Dossier.objects.overdue(local(2018, 5, 10)).exists()


# Apology ---------------------------------------------------------------------------------------


def test_an_apology_gives_one_new_day_and_leaves_the_legal_one(district):
    dossier = make_dossier(district)

    dossier = do("apologise", dossier, make_head_of_desk(district), district, local(2018, 5, 2))

    assert dossier.promised_at == local(2018, 5, 8, 17)
    assert dossier.due_at == local(2018, 5, 3, 17)
    letter = Paper.objects.get(dossier=dossier, kind="xin-loi")
    assert letter.data["hen_lai"] == "ngày 08 tháng 5 năm 2018"
    assert Dossier.objects.overdue(local(2018, 5, 4)).exists()


def test_a_second_apology_is_refused(district):
    dossier, head = make_dossier(district), make_head_of_desk(district)
    do("apologise", dossier, head, district, local(2018, 5, 2))

    with pytest.raises(ActRefused, match="không quá một lần"):
        do("apologise", dossier, head, district, local(2018, 5, 7))


def test_a_letter_that_comes_too_late_is_written_and_says_so(district):
    dossier, head = make_dossier(district), make_head_of_desk(district)

    dossier = do("apologise", dossier, head, district, local(2018, 5, 10))

    assert dossier.promised_at == local(2018, 5, 15, 17)
    assert dossier.events.last().data["in_time"] is False


def test_a_late_dossier_is_not_handed_on_without_its_letter_but_may_be_finished(district):
    dossier, head = make_dossier(district), make_head_of_desk(district)
    late = local(2018, 5, 7)

    with pytest.raises(ActRefused, match="chưa có thư xin lỗi"):
        do("hand_over", dossier, district.receiver, district, late)
    do("apologise", dossier, head, district, late)
    do("hand_over", dossier, district.receiver, district, late)
    do("finish", dossier, district.specialist, district, late)


# Ended otherwise -------------------------------------------------------------------------------


def test_withdrawing_needs_the_citizens_own_request(district):
    dossier = make_dossier(district)

    with pytest.raises(ActRefused, match="Sửa nhầm thủ tục"):
        acts.withdraw(dossier.pk, make_hand(district.receiver), request=" ")


def test_a_dossier_stopped_while_waiting_counts_as_done_in_time(district):
    dossier = make_dossier(district)
    do("request_supplement", dossier, district.receiver, district, now=ASKED)
    do("stop", dossier, make_head_of_desk(district), district, now=local(2018, 5, 28))

    (cell,) = statistics.count(local(2018, 5, 1, 0), local(2018, 6, 1, 0))
    counts = cell.counts
    assert (counts.carried, counts.stopped, counts.done_late) == (1, 1, 0)
    assert counts.done_early + counts.done_on_time == 1


def test_a_refusal_is_a_result_on_the_shelf_with_its_letter(district):
    dossier = make_dossier(district)

    dossier = do("refuse", dossier, district.receiver, district)

    assert (dossier.state, dossier.outcome) == ("finished", "refused")
    letter = Paper.objects.get(dossier=dossier, kind="tu-choi")
    assert letter.data["ly_do"] == WHY


@pytest.mark.parametrize("act", ["refuse", "stop", "reopen"])
def test_a_grave_act_without_a_real_reason_is_refused(act, district):
    dossier = make_dossier(district)
    hand = make_hand(make_head_of_desk(district))
    if act == "reopen":
        do("finish", dossier, district.receiver, district)
    calls = {
        "refuse": lambda: acts.refuse(
            dossier.pk, hand, advice=acts.Advice("Không"), document=RESULT
        ),
        "stop": lambda: acts.stop(dossier.pk, hand, advice=acts.Advice("Không")),
        "reopen": lambda: acts.reopen(dossier.pk, hand, reason="Sai"),
    }  # fmt: skip

    with pytest.raises(ActRefused, match="Ghi"):
        calls[act]()


def test_a_closed_dossier_opened_again_enters_the_books_anew(district):
    dossier, head = make_dossier(district), make_head_of_desk(district)
    do("finish", dossier, district.receiver, district)

    dossier = do("reopen", dossier, head, district, local(2018, 5, 7))

    assert dossier.state == "in_progress"
    assert (dossier.closed_at, dossier.outcome) == (None, "")
    may = statistics.count(local(2018, 5, 1, 0), local(2018, 6, 1, 0))
    assert [cell.counts.new_direct for cell in may] == [1]


# Mending ---------------------------------------------------------------------------------------


def test_a_wrong_procedure_is_mended_with_the_first_hour_and_the_truth(district):
    dossier = make_dossier(district)

    dossier = do("reclassify", dossier, district.receiver, district, now=MONDAY + timedelta(days=1))

    assert dossier.version.title == "Thủ tục đúng"
    assert dossier.received_at == MONDAY
    assert dossier.due_at == local(2018, 4, 23, 17)  # five working days from the first hour
    old, new = dossier.papers.filter(kind="tiep-nhan")
    assert (old.voided_at is None, new.voided_at is None, new.replaces) == (False, True, old)
    everything = month_bounds(2018, 4)
    assert not without_paper(proven_acts({district.desk.pk}, *everything)).exists()
    event = dossier.events.last()
    assert event.data["from_procedure"] == "Đăng ký thành lập hộ kinh doanh"


def test_work_of_an_officer_who_leaves_is_given_to_another(district):
    dossier = make_dossier(district)
    do("hand_over", dossier, district.receiver, district)
    next_one = make_officer(district.office, Role.SPECIALIST)

    dossier = acts.assign(dossier.pk, make_hand(district.head), officer=next_one)

    assert dossier.holder_officer == next_one
    assert dossier.legs.get(ended_at=None).officer == next_one
    with pytest.raises(ActRefused, match="không làm việc ở"):
        acts.assign(dossier.pk, make_hand(district.head), officer=district.receiver)


def test_nobody_transfers_to_an_agency_that_inherited_nothing(district):
    dossier = make_dossier(district)

    with pytest.raises(ActRefused, match="không phải cơ quan kế thừa"):
        acts.transfer(dossier.pk, make_hand(make_head_of_desk(district)), to=district.commune_desk)


def test_what_is_proposed_is_signed_or_sent_back_before_it_is_finished(district):
    dossier = make_dossier(district)
    do("hand_over", dossier, district.receiver, district)
    do("propose", dossier, district.specialist, district)

    with pytest.raises(ActRefused, match="đang trình ký"):
        do("finish", dossier, district.specialist, district)
    do("send_back", dossier, district.head, district)
    do("propose", dossier, district.specialist, district)
    dossier = do("sign", dossier, district.leader, district)
    assert dossier.signing == "signed"
    do("finish", dossier, district.specialist, district)


def test_a_leg_has_its_own_deadline_by_the_internal_steps(district):
    version = make_procedure(district.desk, district.office)
    case = version.cases.get()
    rows = [(1, True, 4, Role.RECEPTION), (2, False, 16, Role.SPECIALIST)]
    for order, at_desk, hours, role in rows:
        InternalStep.objects.create(
            case=case, order=order, name=f"Bước {order}", role=role, at_desk=at_desk, number=hours
        )
    dossier = make_dossier(district, version)

    do("hand_over", dossier, district.receiver, district, now=local(2018, 4, 16, 10))

    leg = dossier.legs.get(ended_at=None)
    assert leg.due_at is not None
    assert leg.due_at.date().isoformat() in {"2018-04-18"}


# Before acceptance -----------------------------------------------------------------------------


def test_guidance_at_the_counter_is_a_numbered_slip_and_no_clock_runs(district):
    dossier = make_guided(district)

    assert (dossier.code, dossier.due_at, dossier.entered_at) == (None, None, None)
    assert "-BN180416-0001" in dossier.reference
    slip = Paper.objects.get(dossier=dossier, kind="huong-dan")
    assert slip.number == "01/HDHS"
    assert statistics.count(local(2018, 4, 1, 0), local(2018, 5, 1, 0)) == []


def test_who_comes_back_with_everything_is_accepted_from_that_day(district):
    dossier = make_guided(district)

    dossier = do("accept", dossier, district.receiver, district, now=local(2018, 4, 17, 9))

    assert dossier.code.endswith("-180417-0001")
    assert dossier.received_at == local(2018, 4, 17, 9)
    assert dossier.papers.filter(kind="tiep-nhan").count() == 1


def test_who_comes_back_after_a_change_of_the_procedure_is_accepted_by_the_new_one(district):
    dossier = make_guided(district)
    old = dossier.version
    old.valid_to = MONDAY.date()
    old.save()
    new = make_procedure(title="Bản mới", number=3, valid_from=local(2018, 4, 17).date())
    spare = new.procedure
    new.procedure, new.number = old.procedure, 2
    new.save()
    spare.delete()

    dossier = do("accept", dossier, district.receiver, district, now=local(2018, 4, 17, 9))

    assert dossier.version == new
    assert dossier.due_at == local(2018, 4, 20, 17)


def test_who_comes_back_after_a_correction_is_accepted_by_the_corrected_version(district):
    dossier = make_guided(district)
    wrong = dossier.version
    draft = drafting.begin(wrong.procedure, today=wrong.valid_from)
    approval.approve([draft.pk], by=district.controller, at=MONDAY, corrections=[draft.pk])

    dossier = do("accept", dossier, district.receiver, district, now=local(2018, 4, 17, 9))

    assert dossier.version == draft
    assert dossier.case.version == draft


def test_what_is_sent_in_is_to_be_answered_within_eight_working_hours(district):
    dossier = acts.submit(
        make_intake(district, channel="post"), make_hand(district.receiver, local(2018, 4, 16, 15))
    )

    assert dossier.state == "submitted"
    assert dossier.awaited_by.date().isoformat() == "2018-04-17"


def test_advice_without_words_is_refused(district):
    with pytest.raises(ActRefused, match="không hướng dẫn bằng miệng"):
        acts.guide_visitor(make_intake(district), make_hand(district.receiver), acts.Advice(" "))
    assert not Dossier.objects.exists()


def test_a_set_without_the_form_refuses_the_act_as_a_whole(district):
    Form.objects.filter(kind="bo-sung").delete()
    dossier = make_dossier(district)

    with pytest.raises(ActRefused, match="chưa có mẫu"):
        acts.request_supplement(dossier.pk, make_hand(district.receiver), advice=ADVICE)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.events_count) == ("accepted", 1)


def make_head_of_desk(district):
    return make_officer(district.desk, Role.DESK_HEAD)


def test_what_waits_for_papers_is_on_nobodys_list_to_sign(district):
    dossier = make_dossier(district)
    dossier = do("propose", dossier, district.receiver, district)
    assert Dossier.objects.under("for_signing", ASKED).count() == 1

    do("request_supplement", dossier, district.receiver, district)

    assert Dossier.objects.under("for_signing", ASKED).count() == 0
    assert Dossier.objects.figures(ASKED, "for_signing") == {"for_signing": 0}


def test_a_draft_of_the_wrong_procedure_is_not_signed_for_the_right_one(district):
    dossier = make_dossier(district)
    do("propose", dossier, district.receiver, district)

    dossier = do("reclassify", dossier, district.receiver, district)

    assert dossier.signing == ""
