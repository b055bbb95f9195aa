"""Every act in every state, against a table written by hand apart from the code."""

from __future__ import annotations

import pytest

from dossiers.acts import ACTS, ActRefused
from dossiers.counter.forms import ActForm, form_of
from dossiers.models import Counter, Event, Paper, State
from tests.dossiers.doing import do, dossier_in, make_everybody

S = State
WORKED_ON = [S.ACCEPTED, S.IN_PROGRESS]
WAITING = [S.AWAITING_SUPPLEMENT, S.AWAITING_PAYMENT, S.AWAITING_PARTNER]
SAME = None

# act: the states it may start from, and the state it leads to
BY_HAND = {
    "accept": ([S.SUBMITTED, S.GUIDED], S.ACCEPTED),
    "guide": ([S.SUBMITTED, S.GUIDED], S.GUIDED),
    "decline": ([S.SUBMITTED, S.GUIDED], S.DECLINED),
    "hand_over": (WORKED_ON, S.IN_PROGRESS),
    "assign": (WORKED_ON + WAITING, SAME),
    "request_supplement": (WORKED_ON, S.AWAITING_SUPPLEMENT),
    "receive_supplement": ([S.AWAITING_SUPPLEMENT], S.IN_PROGRESS),
    "request_payment": (WORKED_ON, S.AWAITING_PAYMENT),
    "confirm_payment": ([S.AWAITING_PAYMENT], S.IN_PROGRESS),
    "ask_partner": ([S.IN_PROGRESS], S.AWAITING_PARTNER),
    "receive_partner": ([S.AWAITING_PARTNER], S.IN_PROGRESS),
    "propose": (WORKED_ON, SAME),
    "finish": (WORKED_ON, S.FINISHED),
    "refuse": (WORKED_ON, S.FINISHED),
    "shelve": ([S.FINISHED], SAME),
    "return_result": ([S.FINISHED], S.RETURNED),
    "withdraw": (WORKED_ON + WAITING + [S.SUBMITTED, S.GUIDED], S.WITHDRAWN),
    "stop": (WORKED_ON + WAITING, S.STOPPED),
    "apologise": (WORKED_ON + WAITING, SAME),
    "reclassify": (WORKED_ON, SAME),
    "transfer": (WORKED_ON + WAITING + [S.SUBMITTED, S.GUIDED, S.FINISHED], SAME),
    "reopen": ([S.FINISHED, S.RETURNED, S.WITHDRAWN, S.STOPPED], S.IN_PROGRESS),
}
ALLOWED = {
    (act, state): target or state for act, (states, target) in BY_HAND.items() for state in states
} | {("reopen", S.DECLINED): S.SUBMITTED}
ON_PAPER = {
    "accept", "guide", "decline", "request_supplement", "request_payment", "refuse",
    "return_result", "withdraw", "stop", "apologise", "reclassify",
}  # fmt: skip


@pytest.fixture
def everybody(district):
    return make_everybody(district)


def test_the_table_written_by_hand_names_every_act():
    assert set(BY_HAND) | {"submit", "sign", "send_back", "import", "recount"} == set(ACTS)


@pytest.mark.parametrize(("act", "before", "after"), [(*k, v) for k, v in ALLOWED.items()])
def test_an_act_in_turn_moves_the_dossier_and_is_remembered(
    act, before, after, everybody, district
):
    dossier = dossier_in(before, district)

    do(act, dossier, everybody, district)

    dossier.refresh_from_db()
    event = dossier.events.last()
    assert dossier.state == after == event.state
    assert (event.act, event.from_state, event.by) == (act, before, everybody)
    assert Paper.objects.filter(event=event).exists() == (act in ON_PAPER)


@pytest.mark.parametrize("state", list(State))
def test_every_other_act_is_out_of_turn_and_leaves_no_trace(state, everybody, district):
    dossier = dossier_in(state, district)
    traces = (Event.objects.count(), Paper.objects.count(), list(Counter.objects.values_list()))

    for act in sorted(set(BY_HAND) - {act for act, before in ALLOWED if before == state}):
        with pytest.raises(ActRefused, match=str(dossier)):
            do(act, dossier, everybody, district)

        dossier.refresh_from_db()
        assert dossier.state == state
        assert traces == (
            Event.objects.count(), Paper.objects.count(), list(Counter.objects.values_list()),
        ), act  # fmt: skip


@pytest.mark.parametrize("state", sorted({states[0] for states, _ in BY_HAND.values()}))
def test_no_act_is_open_to_an_officer_of_another_agency(state, district):
    dossier = dossier_in(state, district)

    for act in [act for act, (states, _) in BY_HAND.items() if states[0] == state]:
        with pytest.raises(ActRefused, match="không có vai trò"):
            do(act, dossier, district.stranger, district)


def test_every_act_is_told_to_staff_and_to_the_citizen_in_words_of_its_own():
    for act in ACTS.values():
        assert act.told.pieces, act.name
        assert act.public.pieces, act.name
        assert not act.public.names & {"officer", "collector", "document", "note"}, act.name
    labels = [act.label for act in ACTS.values()]
    assert len(set(labels)) == len(labels)


def test_every_page_of_an_act_has_its_form_and_only_those_have_one():
    with_page = [act for act in ACTS.values() if act.slug]
    assert {act.name for act in with_page} == set(BY_HAND) | {"sign", "send_back"}
    assert len({act.slug for act in with_page}) == len(with_page)
    for act in ACTS.values():
        assert bool(act.form) == bool(act.slug)
        if act.form:
            assert form_of(act).perform is not ActForm.perform
