"""The life of a case: every act, state and role against a table written by hand."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from dossiers.acts.actors import ActRefused, AlreadyDone, Citizen, Hand
from dossiers.declaring import Assurance
from dossiers.journal import hash_of
from feedback import acts
from feedback.models import Case, CaseKind, CaseState, Finding
from feedback.table import CASES
from procedures.offices import Role
from tests.factories import MONDAY, local, make_officer

SENDER = Citizen(Assurance.HOLDS_THE_CODE)
NOTE = {"note": "Một ghi chú đủ dài"}

# act → states it may start from
FROM = {
    "receive": set(),
    "assign": {"received", "in_hand"},
    "sort": {"received", "in_hand", "asked"},
    "transfer": {"received", "in_hand", "asked"},
    "merge": {"received", "in_hand", "asked"},
    "lead_elsewhere": {"received", "in_hand", "asked"},
    "ask_back": {"received", "in_hand"},
    "say_more": {"asked"},
    "draft_answer": {"received", "in_hand"},
    "send_back": {"drafted"},
    "approve": {"drafted"},
    "say_whether_solved": {"answered"},
    "reopen": {"answered"},
    "publish": {"answered"},
    "unpublish": {"answered"},
}
CITIZENS = {"receive", "say_more", "say_whether_solved", "reopen"}
# act → who of the district's own people may do it with a case about the district's office
BY = {
    "assign": {"head", "leader", "controller"},
    "draft_answer": {"specialist", "head", "controller"},
    "approve": {"head", "leader"},
    "publish": {"controller"},
    "transfer": {"head", "leader", "controller"},
}


def hand(by, now=MONDAY, **fields):
    return Hand(by, now, nonce=uuid4(), **fields)


def letter(district, kind="hoi-dap", **fields) -> acts.Letter:
    defaults = {
        "kind": CaseKind.objects.get(slug=kind),
        "agency": district.office,
        "title": "Chậm trả giấy phép",
        "text": "Tôi nộp hồ sơ đã lâu mà chưa thấy trả lời.",
        "name": "Mấu Thị Hoa",
        "address": "thôn Dốc Trầu",
        "consents": True,
    }
    return acts.Letter(**{**defaults, **fields})


def make_case(district, **fields) -> Case:
    return acts.receive(letter(district, **fields), hand(SENDER))


def answered(district, **fields) -> Case:
    case = make_case(district, **fields)
    acts.draft_answer(
        case.pk, hand(district.specialist), answer="Hồ sơ sẽ được trả vào thứ Sáu tuần này.",
        finding=Finding.PARTLY,
    )  # fmt: skip
    return acts.approve(case.pk, hand(district.head))


def test_the_table_of_acts_is_the_one_written_by_hand():
    assert {name: {str(s) for s in act.sources} for name, act in CASES.items()} == FROM
    assert {name for name, act in CASES.items() if act.citizen} == CITIZENS


@pytest.mark.parametrize(("name", "state"), list(product(sorted(FROM), CaseState.values)))
def test_an_act_out_of_turn_is_refused_without_trace(name, state, district):
    if state in FROM[name] or name == "receive":
        return
    case = make_case(district)
    Case.objects.filter(pk=case.pk).update(state=state, answer="x", answered_at=MONDAY)
    values = {
        "assign": {"to": district.specialist}, "sort": {"kind": case.kind},
        "transfer": {"to": district.other_office}, "merge": {"code": "x"},
        "ask_back": {"question": "Hồ sơ nào?"}, "say_more": {"words": "Hồ sơ này"},
        "draft_answer": {"answer": "Một câu trả lời đủ dài cho mọi người."}, "approve": {},
        "say_whether_solved": {"solved": True},
        "publish": {"title": "a", "text": "b", "answer": "c"},
    }.get(name, NOTE)  # fmt: skip

    with pytest.raises(ActRefused, match="đang ở trạng thái"):
        getattr(acts, name)(case.pk, hand(district.controller), **values)
    case.refresh_from_db()
    assert (case.state, case.events_count) == (state, 1)


@pytest.mark.parametrize("name", sorted(BY))
def test_who_may_do_what_with_a_case_about_their_office(name, district):
    case = make_case(district)
    people = ["receiver", "returner", "specialist", "head", "leader", "controller", "stranger"]

    may = {
        who
        for who in people
        if acts.ENGINE.entitling_post(getattr(district, who), CASES[name], case, MONDAY.date())
    }

    assert may == BY[name]


def test_conduct_is_seen_by_heads_and_controllers_only(district):
    case = make_case(district, kind="thai-do")
    day = MONDAY.date()

    assert acts.may_see(district.head, case, day)
    assert acts.may_see(district.controller, case, day)
    assert not acts.may_see(district.specialist, case, day)
    assert not acts.may_see(district.stranger, case, day)
    other = make_officer(district.other_office, Role.HEAD)
    assert not acts.may_see(other, case, day)
    with pytest.raises(ActRefused, match="không có vai trò"):
        acts.draft_answer(case.pk, hand(district.specialist), answer="Một câu trả lời đủ dài.")


def test_a_case_gets_a_code_a_secret_a_day_and_a_chained_journal(district):
    first, second = make_case(district), make_case(district)

    assert [first.code, second.code] == ["PA-180416-0001", "PA-180416-0002"]
    assert first.due_at.date() == local(2018, 4, 23).date()  # five working days
    assert len(first.secret) == 8
    assert first.secret != second.secret
    event = first.events.get()
    assert (event.actor, event.by, event.hash) == ("citizen", None, hash_of(event))
    assert event.told == f"Nhận phản ánh (Trên cổng) về {district.office.short_name}"


def test_a_kind_without_a_limit_has_no_day_and_is_never_late(district):
    CaseKind.objects.update(working_days=None)
    case = make_case(district)

    assert case.due_at is None
    assert not Case.objects.overdue(MONDAY + timedelta(days=400)).exists()


def test_the_last_day_is_in_time_and_the_next_is_late(district):
    case = make_case(district)
    last = case.due_at.replace(hour=16)

    assert not Case.objects.overdue(last).exists()
    assert Case.objects.overdue(last + timedelta(days=1)).get() == case
    answer = answered(district)
    assert answer not in Case.objects.overdue(last + timedelta(days=1))


def test_a_rule_needs_a_name_and_an_address(district):
    with pytest.raises(ActRefused, match="họ tên và địa chỉ"):
        make_case(district, kind="quy-dinh", name="")
    assert not Case.objects.exists()


def test_a_complaint_is_counted_led_elsewhere_and_never_published(district):
    case = make_case(district, is_complaint=True)

    assert (case.state, case.consents, case.due_at) == ("elsewhere", False, None)
    with pytest.raises(ActRefused):
        acts.publish(case.pk, hand(district.controller), title="a", text="b", answer="c")


def test_the_same_press_is_one_case(district):
    press = hand(SENDER)
    acts.receive(letter(district), press)

    with pytest.raises(AlreadyDone):
        acts.receive(letter(district), press)
    assert Case.objects.count() == 1


def test_a_question_back_and_its_answer_start_the_days_anew(district):
    case = make_case(district)
    acts.ask_back(case.pk, hand(district.head), question="Mã hồ sơ là gì?")
    later = MONDAY + timedelta(days=3)
    case = acts.say_more(case.pk, hand(SENDER, later), words="Mã 180416-0001")

    assert (case.state, case.asked) == ("in_hand", "")
    assert case.due_at.date() == local(2018, 4, 27).date()  # 25/4 is a holiday of 2018
    assert [e.told_publicly for e in case.events.all()][1] == "Cơ quan hỏi thêm: Mã hồ sơ là gì?"


def test_a_transfer_gives_the_receiver_its_own_clock(district):
    case = make_case(district)
    later = MONDAY + timedelta(days=1)
    case = acts.transfer(case.pk, hand(district.controller, later), to=district.other_office)

    assert (case.holder, case.handler) == (district.other_office, None)
    assert case.due_at > make_case(district).due_at
    with pytest.raises(ActRefused, match="đang ở"):
        acts.transfer(case.pk, hand(district.controller), to=district.other_office)


def test_an_answer_is_drafted_sent_back_approved_and_judged_by_the_sender(district):
    case = make_case(district)
    with pytest.raises(ActRefused, match="cụ thể"):
        acts.draft_answer(case.pk, hand(district.specialist), answer="Đã xử lý")
    words = "Phòng đã trả kết quả ngày 20/4."
    acts.draft_answer(case.pk, hand(district.specialist), answer=words)
    acts.send_back(case.pk, hand(district.head), note="Nói rõ vì sao chậm")
    acts.draft_answer(case.pk, hand(district.specialist), answer=f"{words} Chậm vì mất điện.")
    case = acts.approve(case.pk, hand(district.head))
    assert (case.state, case.answered_at) == ("answered", MONDAY)

    case = acts.say_whether_solved(case.pk, hand(SENDER), solved=False)
    assert (case.state, case.solved) == ("answered", False)
    case = acts.reopen(case.pk, hand(SENDER), note="Vẫn chưa thấy trả")
    assert (case.state, case.solved, case.reopened) == ("in_hand", None, True)
    acts.draft_answer(case.pk, hand(district.specialist), answer="Kết quả để ở quầy số 2 rồi ạ.")
    case = acts.approve(case.pk, hand(district.head))
    with pytest.raises(ActRefused, match="một lần"):
        acts.reopen(case.pk, hand(SENDER), note="Vẫn chưa xong")


def test_only_consented_and_masked_words_are_published_and_come_down_when_reopened(district):
    case = answered(district)
    silent = answered(district, consents=False)
    conduct = make_case(district, kind="thai-do")
    Case.objects.filter(pk=conduct.pk).update(
        state=CaseState.ANSWERED, answer="x", answered_at=MONDAY
    )
    words = {"title": "Bao giờ có giấy phép", "text": "Tôi nộp đã lâu", "answer": "Thứ Sáu"}

    case = acts.publish(case.pk, hand(district.controller), **words)
    with pytest.raises(ActRefused, match="không đồng ý"):
        acts.publish(silent.pk, hand(district.controller), **words)
    with pytest.raises(ActRefused, match="thái độ"):
        acts.publish(conduct.pk, hand(district.controller), **words)
    assert Case.objects.published().saying("giay PHEP thu sau").get() == case
    assert not Case.objects.published().saying("karaoke").exists()
    acts.reopen(case.pk, hand(SENDER), note="Vẫn chưa có gì")
    assert not Case.objects.published().exists()


def test_two_letters_about_one_thing_are_joined(district):
    first, second = make_case(district), make_case(district)
    with pytest.raises(ActRefused, match="Không có phản ánh"):
        acts.merge(second.pk, hand(district.head), code=second.code)
    second = acts.merge(second.pk, hand(district.head), code=first.code.lower())

    assert (second.state, second.merged_into) == ("merged", first)


def test_every_act_can_be_told_to_staff_and_to_the_sender():
    for act in CASES.values():
        assert act.told.of({}) or act.told.names
        assert act.public.of({}) or act.public.names
