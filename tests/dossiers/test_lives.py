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

from dossiers import acts, clock, journal, recounting
from dossiers.acts import ACTS, ActRefused
from dossiers.acts.carrying import Arriving, carry_in
from dossiers.models import Dossier, State
from dossiers.models.state import RUNNING
from procedures.deadlines import Unit
from procedures.models import Holiday, HolidayKind, Officer, ProcedureVersion, Role
from tests.factories import (
    MONDAY,
    District,
    make_dossier,
    make_hand,
    make_intake,
    make_officer,
    make_procedure,
)


@dataclass
class World:
    """One district, somebody who may do everything, and a procedure per kind of time limit."""

    district: District
    everybody: Officer
    versions: list[ProcedureVersion]


# How to call each act: world, dossier, moment and a free number in, nothing out. ----------------


def hand_over(world: World, dossier: Dossier, now: datetime, number: int) -> None:
    places = [world.district.office, world.district.other_office, world.district.desk]
    elsewhere = [place for place in places if place.pk != dossier.holder_id]
    to = elsewhere[number % len(elsewhere)]
    acts.hand_over(dossier.pk, make_hand(world.everybody, now), to=to)


def finish(world: World, dossier: Dossier, now: datetime, number: int) -> None:
    result = acts.ResultDocument(f"{number}/GCN", now.date(), "Nguyễn Văn Lãnh")
    acts.finish(dossier.pk, make_hand(world.everybody, now), result=result)


def return_result(world: World, dossier: Dossier, now: datetime, number: int) -> None:
    collector = acts.Collector("Mấu Thị Hoa" if number % 5 else " ")  # a slip is refused
    acts.return_result(dossier.pk, make_hand(world.everybody, now), collector=collector)


def accepted(world: World, now: datetime, number: int) -> Dossier:
    return make_dossier(world.district, world.versions[number % len(world.versions)], now=now)


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
    calendar = clock.calendar_of(world.district.desk, received)
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


CALLS: dict[str, Callable[[World, Dossier, datetime, int], None]] = {
    "hand_over": hand_over,
    "finish": finish,
    "return_result": return_result,
}
BIRTHS: dict[str, Callable[[World, datetime, int], Dossier]] = {
    "accept": accepted,
    "import": imported,
}
OF_MANY: dict[str, Callable[[World, datetime, int], None]] = {"recount": calendar_changed}


def test_every_act_of_the_table_can_be_lived():
    assert set(CALLS) | set(BIRTHS) | set(OF_MANY) == set(ACTS)


# The rules --------------------------------------------------------------------------------------

SUMMARY = [
    "state", "holder_id", "desk_id", "version_id", "due_at", "due_exact", "promised_at",
    "entered_at", "closed_at", "finished_at",
]  # fmt: skip


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
        assert after.state == (ACTS[after.act].target or before.state)
    check_legs(dossier)
    check_deadline(dossier)
    check_papers(dossier)


def check_legs(dossier: Dossier) -> None:
    open_legs = list(dossier.legs.filter(ended_at=None))
    if dossier.state in RUNNING or dossier.state == State.FINISHED:
        assert [leg.holder_id for leg in open_legs] == [dossier.holder_id]
    if dossier.state == State.FINISHED:
        assert dossier.holder_id == dossier.desk_id  # the result lies on the desk's shelf
    if dossier.state == State.RETURNED:
        assert open_legs == []


def check_deadline(dossier: Dossier) -> None:
    """The due date is what the clock says of reception, case and stops; it was never typed.

    A finished dossier keeps the day of its calendar, whatever becomes of the calendar later.
    """
    if dossier.state in RUNNING:
        assert dossier.due_at == clock.deadline_of(dossier).due_at
    stored = clock.from_json(dossier.deadline)
    assert stored is not None
    assert stored.due_at == dossier.due_at
    kept = getattr(dossier, "kept_promise", None)
    if kept is not None and dossier.events.filter(act="recount").count() == 0:
        assert dossier.due_at is None or kept.day_at < dossier.due_at


def check_papers(dossier: Dossier) -> None:
    papers = {(paper.event_id, paper.kind) for paper in dossier.papers.all()}
    due = {(e.pk, ACTS[e.act].paper) for e in dossier.events.all() if ACTS[e.act].paper}
    assert due <= papers


# The lives --------------------------------------------------------------------------------------


@pytest.fixture
def world(district):
    officer = make_officer(district.desk, *Role, name="Người Làm Hết")
    for agency in (district.office, district.other_office, district.committee):
        post = officer.posts.create(agency=agency, title="Chuyên viên")
        post.groups.set(officer.posts.first().groups.all())
    limits = [
        (10, Unit.WORKING_DAY), (20, Unit.DAY), (1, Unit.MONTH), (8, Unit.WORKING_HOUR),
        (1, Unit.SAME_DAY), (0, Unit.NONE),
    ]  # fmt: skip
    versions = [
        make_procedure(district.desk, district.office, number=n, unit=u, title=str(u))
        for n, u in limits
    ]
    return World(district, officer, versions)


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
