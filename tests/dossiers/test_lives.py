"""Random lives: whatever acts the table offers, in any order, the rules of the data hold.

The life asks ``acts_for`` what an officer with every role may do next, and does one of it by the
registry below. A new act needs one line in ``CALLS`` (or ``BIRTHS``, ``OF_MANY``); a test fails
until it has one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import acts, due_dates, journal, recounting
from dossiers.acts import ACTS, ActRefused
from dossiers.acts.carrying import Arriving, carry_in
from dossiers.models import Dossier, Event, State
from dossiers.models.state import RUNNING
from dossiers.papers import audit
from procedures.catalogue import ProcedureVersion
from procedures.offices import Officer
from procedures.worktime import Holiday, HolidayKind, Unit
from tests.dossiers.doing import do, make_everybody, make_guided
from tests.factories import (
    MONDAY,
    District,
    make_dossier,
    make_hand,
    make_intake,
    make_procedure,
)


@dataclass
class World:
    """One district, somebody who may do everything, and a procedure per kind of time limit."""

    district: District
    everybody: Officer
    versions: list[ProcedureVersion]


# How to call each act: world, dossier, moment and a free number in, nothing out. ----------------


def wandering(world: World, dossier: Dossier, now: datetime, number: int) -> None:
    """Hand over to any place around, the one that holds it included: that is refused."""
    places = [world.district.office, world.district.other_office, world.district.desk]
    acts.hand_over(dossier.pk, make_hand(world.everybody, now), to=places[number % 3])


def returned(world: World, dossier: Dossier, now: datetime, number: int) -> None:
    collector = acts.Collector("Mấu Thị Hoa" if number % 5 else " ")  # a slip is refused
    acts.return_result(dossier.pk, make_hand(world.everybody, now), collector=collector)


def plainly(name: str) -> Callable[[World, Dossier, datetime, int], None]:
    """Call an act the way every other test does."""

    def call(world: World, dossier: Dossier, now: datetime, number: int) -> None:
        do(name, dossier, world.everybody, world.district, now)

    return call


def accepted(world: World, now: datetime, number: int) -> Dossier:
    return make_dossier(world.district, world.versions[number % len(world.versions)], now=now)


def submitted(world: World, now: datetime, number: int) -> Dossier:
    version = world.versions[number % len(world.versions)]
    hand = make_hand(world.district.receiver, now)
    return acts.submit(make_intake(world.district, version), hand)


def guided(world: World, now: datetime, number: int) -> Dossier:
    return make_guided(world.district, now)


def imported(world: World, now: datetime, number: int) -> Dossier:
    version = world.versions[number % len(world.versions)]
    received = now - timedelta(days=number % 20)
    state = [State.ACCEPTED, State.IN_PROGRESS, State.FINISHED][number % 3]
    arriving = Arriving(
        intake=make_intake(world.district, version, received_at=received),
        old_code=f"CU-{now.timestamp():.0f}-{number}",
        source="Hệ thống cũ",
        state=state,
        holder=world.district.office if state == State.IN_PROGRESS else world.district.desk,
        promised_at=received + timedelta(days=number % 9),
        finished_at=now if state == State.FINISHED else None,
    )
    calendar = due_dates.calendar_of(world.district.desk, received)
    return carry_in(arriving, make_hand(world.district.controller, now), calendar)


def calendar_changed(world: World, now: datetime, number: int) -> None:
    """A day off more, a while ahead; or, where there is one already, one day off less."""
    day = (now + timedelta(days=number % 12)).date()
    known = Holiday.objects.filter(day=day, agency=None).first()
    edits = [recounting.Edit(known, None)]
    if known is None:
        edits = recounting.additions([Holiday(day=day, kind=HolidayKind.OFF, name="nghỉ")])
    change = recounting.confirm(edits, by=world.district.controller, now=now)
    recounting.go_on(change.pk, now)


PLAIN = [
    "accept", "guide", "decline", "assign", "request_supplement", "receive_supplement",
    "request_payment", "confirm_payment", "ask_partner", "receive_partner", "propose", "sign",
    "send_back", "finish", "refuse", "shelve", "withdraw", "stop", "apologise", "reclassify",
    "transfer", "reopen",
]  # fmt: skip
CALLS: dict[str, Callable[[World, Dossier, datetime, int], None]] = {
    **{name: plainly(name) for name in PLAIN},
    "hand_over": wandering,
    "return_result": returned,
}
BIRTHS: dict[str, Callable[[World, datetime, int], Dossier]] = {
    "accept": accepted,
    "guide": guided,
    "import": imported,
    "submit": submitted,
}
OF_MANY: dict[str, Callable[[World, datetime, int], None]] = {"recount": calendar_changed}


def test_every_act_of_the_table_can_be_lived():
    assert set(CALLS) | set(BIRTHS) | set(OF_MANY) == set(ACTS)


# The rules --------------------------------------------------------------------------------------

SUMMARY = [
    "state", "holder_id", "desk_id", "version_id", "due_at", "due_exact", "promised_at",
    "entered_at", "closed_at", "finished_at", "standing",
]  # fmt: skip
GOING_BACK = {"receive_supplement", "confirm_payment", "reopen"}  # to where it was before


def check(dossier: Dossier) -> None:
    """Whatever happened, this holds. ``dossier`` is fresh from the database."""
    events = list(dossier.events.all())
    last = events[-1]
    assert {n: getattr(last, n) for n in SUMMARY} == {n: getattr(dossier, n) for n in SUMMARY}
    assert [event.number for event in events] == list(range(1, dossier.events_count + 1))
    for before, after in zip(events, events[1:], strict=False):
        assert after.from_state == before.state
        assert after.recorded_at >= before.recorded_at
        if after.act in CALLS:
            assert before.state in ACTS[after.act].sources
        if after.act not in GOING_BACK:
            assert after.state == (ACTS[after.act].target or before.state)
    check_story(dossier, events)
    check_legs(dossier)
    check_deadline(dossier)
    check_papers(dossier)


def check_story(dossier: Dossier, events: list[Event]) -> None:
    """Every event can be told from what was frozen with it, and the citizen's page names nobody."""
    people = {dossier.owner.name, *(str(event.by) for event in events if event.by)}
    for event in events:
        assert event.told
        assert event.told_publicly
        assert not [name for name in people if name in event.told_publicly]
        assert not {"{", "}", "None"} & {*event.told, *event.told.split()}


def check_legs(dossier: Dossier) -> None:
    open_legs = list(dossier.legs.filter(ended_at=None))
    if dossier.state in RUNNING or dossier.state == State.FINISHED:
        assert [leg.holder_id for leg in open_legs] == [dossier.holder_id]
    if dossier.state == State.FINISHED:
        assert dossier.holder_id == dossier.desk_id  # the result lies on the desk's shelf
    if dossier.state in {State.RETURNED, State.WITHDRAWN, State.STOPPED}:
        assert open_legs == []


def check_deadline(dossier: Dossier) -> None:
    """The due date is what the clock says of reception, case and stops; it was never typed.

    A closed dossier keeps the day of its calendar, whatever becomes of the calendar later, also
    when it is opened again.
    """
    if not dossier.deadline:
        assert dossier.due_at is None
        return
    lived = {event.act for event in dossier.events.all()}
    if dossier.state in RUNNING and "reopen" not in lived:
        assert dossier.due_at == due_dates.deadline_of(dossier).due_at
    stored = due_dates.from_json(dossier.deadline)
    assert stored is not None
    assert stored.due_at == dossier.due_at
    kept = getattr(dossier, "kept_promise", None)
    if kept is not None and lived.isdisjoint({"recount", "reclassify", "receive_supplement"}):
        assert dossier.due_at is None or kept.day_at < dossier.due_at


def check_papers(dossier: Dossier) -> None:
    papers = {(paper.event_id, paper.kind) for paper in dossier.papers.all()}
    due = {(e.pk, ACTS[e.act].paper) for e in dossier.events.all() if ACTS[e.act].paper}
    assert due <= papers


# The lives --------------------------------------------------------------------------------------


@pytest.fixture
def world(district):
    limits = [
        (10, Unit.WORKING_DAY), (20, Unit.DAY), (1, Unit.MONTH), (8, Unit.WORKING_HOUR),
        (1, Unit.SAME_DAY), (0, Unit.NONE),
    ]  # fmt: skip
    versions = [
        make_procedure(district.desk, district.office, number=n, unit=u, title=str(u))
        for n, u in limits
    ]
    return World(district, make_everybody(district), versions)


NUMBER = st.sampled_from(range(60))
LATER = st.sampled_from([1, 45, 600, 1440, 2880, 7200])  # minutes
STEP = st.tuples(NUMBER, LATER, NUMBER)  # which act, how much later, what with


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    birth=st.sampled_from(sorted(BIRTHS)), born=NUMBER, steps=st.lists(STEP, min_size=3, max_size=9)
)
def test_any_life_keeps_the_rules(world, birth, born, steps):
    with transaction.atomic():
        now = MONDAY
        pk = BIRTHS[birth](world, now, born).pk
        check(Dossier.objects.get(pk=pk))
        for which, minutes, number in steps:
            now += timedelta(minutes=minutes)
            _live_on(world, pk, now, which, number)
            check(Dossier.objects.get(pk=pk))
        assert list(journal.faults()) == []
        assert not audit.without_paper(Event.objects.filter(act__in=ACTS.papers())).exists()
        transaction.set_rollback(True)


def _live_on(world: World, pk: int, now: datetime, which: int, number: int) -> None:
    """Do one of what is offered now; a refusal must leave no trace."""
    dossier = Dossier.objects.get(pk=pk)
    offered = [*sorted(acts.acts_for(dossier, world.everybody, now)), *sorted(OF_MANY)]
    name = offered[which % len(offered)]
    if name in OF_MANY:
        OF_MANY[name](world, now, number)
        return
    try:
        CALLS[name](world, dossier, now, number)
    except ActRefused:
        assert Dossier.objects.get(pk=pk).columns() == dossier.columns()
        assert dossier.events.count() == dossier.events_count
