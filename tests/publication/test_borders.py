"""One dossier at each border of the month, of its due date and of the minute; counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dossiers import acts
from dossiers.acts import ResultDocument
from dossiers.statistics import Counts, count, on_time_rate, total
from khanhson_portal.ground.moments import month_bounds
from procedures.worktime import Unit
from tests.dossiers.doing import ADVICE
from tests.factories import local, make_dossier, make_hand, make_procedure

SECOND = timedelta(seconds=1)
START, END = local(2018, 5, 1, 0), local(2018, 6, 1, 0)
TEN_DAYS, ONE_DAY = (10, Unit.WORKING_DAY), (1, Unit.WORKING_DAY)
EIGHT_HOURS, FREE = (8, Unit.WORKING_HOUR), (0, Unit.NONE)

# what it is about, limit, received, finished, how May counts it
BORDERS = [
    # the edges of the month
    ("last second of April", TEN_DAYS, START - SECOND, None, {"carried": 1, "open_late": 1}),
    ("first moment of May", FREE, START, None, {"new_direct": 1, "open_no_limit": 1}),
    ("last second of May", TEN_DAYS, END - SECOND, None, {"new_direct": 1, "open_in_time": 1}),
    ("first moment of June", TEN_DAYS, END, None, {}),
    ("done in April's last second", TEN_DAYS, local(2018, 4, 20), START - SECOND, {}),
    ("done as May began", TEN_DAYS, local(2018, 4, 20), START, {"carried": 1, "done_early": 1}),
    ("done in May's last second", TEN_DAYS, local(2018, 5, 30), END - SECOND,
     {"new_direct": 1, "done_early": 1}),
    ("done as June began", TEN_DAYS, local(2018, 5, 30), END, {"new_direct": 1, "open_in_time": 1}),
    # the due date, by the day
    ("due on the last day", ONE_DAY, local(2018, 5, 30), None, {"new_direct": 1, "open_late": 1}),
    ("due the day after", ONE_DAY, local(2018, 5, 31), None, {"new_direct": 1, "open_in_time": 1}),
    ("done the day before", TEN_DAYS, local(2018, 5, 2), local(2018, 5, 15, 23, 59),
     {"new_direct": 1, "done_early": 1}),
    ("done on the day, early", TEN_DAYS, local(2018, 5, 2), local(2018, 5, 16, 0),
     {"new_direct": 1, "done_on_time": 1}),
    ("done on the day, at night", TEN_DAYS, local(2018, 5, 2), local(2018, 5, 16, 23, 59),
     {"new_direct": 1, "done_on_time": 1}),
    ("done the day after", TEN_DAYS, local(2018, 5, 2), local(2018, 5, 17, 0),
     {"new_direct": 1, "done_late": 1}),
    # the due minute: eight working hours from seven o'clock end at five in the afternoon
    ("a minute early", EIGHT_HOURS, local(2018, 5, 3, 7), local(2018, 5, 3, 16, 59) + 59 * SECOND,
     {"new_direct": 1, "done_early": 1}),
    ("in the minute", EIGHT_HOURS, local(2018, 5, 3, 7), local(2018, 5, 3, 17) + 59 * SECOND,
     {"new_direct": 1, "done_on_time": 1}),
    ("a minute late", EIGHT_HOURS, local(2018, 5, 3, 7), local(2018, 5, 3, 17, 1),
     {"new_direct": 1, "done_late": 1}),
    ("hours, open at the end", EIGHT_HOURS, local(2018, 5, 31, 7), None,
     {"new_direct": 1, "open_late": 1}),
    ("hours, over next month", EIGHT_HOURS, local(2018, 5, 31, 8), None,
     {"new_direct": 1, "open_in_time": 1}),
    # no limit
    ("no limit, done", FREE, local(2018, 5, 3), local(2018, 5, 4),
     {"new_direct": 1, "done_no_limit": 1}),
    ("no limit, taken over", FREE, local(2018, 4, 3), None, {"carried": 1, "open_no_limit": 1}),
]  # fmt: skip


def of_may() -> Counts:
    return total([cell.counts for cell in count(*month_bounds(2018, 5))])


def finish(dossier, district, moment):
    """The desk solves it itself, so that nothing is handed on."""
    document = ResultDocument("1/KQ", moment.date(), "Nguyễn Văn Lãnh")
    return acts.finish(dossier.pk, make_hand(district.receiver, moment), result=document)


@pytest.fixture
def procedure(district):
    def procedure(number: int = 10, unit: Unit = Unit.WORKING_DAY, **fields):
        return make_procedure(district.desk, district.desk, number=number, unit=unit, **fields)

    return procedure


@pytest.mark.parametrize(
    ("limit", "received", "finished", "counts"),
    [row[1:] for row in BORDERS],
    ids=[row[0] for row in BORDERS],
)
def test_a_dossier_at_the_border_is_counted_on_its_side(
    limit, received, finished, counts, procedure, district
):
    dossier = make_dossier(district, procedure(*limit), now=received)
    if finished:
        finish(dossier, district, finished)

    assert of_may() == Counts(**counts)


def test_what_waits_for_papers_at_the_end_is_neither_late_nor_in_time(procedure, district):
    waiting = make_dossier(district, procedure(1), now=local(2018, 5, 3))
    acts.request_supplement(
        waiting.pk, make_hand(district.receiver, local(2018, 5, 3, 10)), advice=ADVICE
    )

    assert of_may() == Counts(new_direct=1, open_waiting=1)


def test_what_was_stopped_while_waiting_is_done_by_the_day_it_stopped(procedure, district):
    waiting = make_dossier(district, procedure(10), now=local(2018, 5, 3))
    hand = make_hand(district.receiver, local(2018, 5, 4))
    acts.request_supplement(waiting.pk, hand, advice=ADVICE)
    acts.withdraw(
        waiting.pk, make_hand(district.receiver, local(2018, 5, 7)), request="Đơn của bà Hoa"
    )

    assert of_may() == Counts(new_direct=1, done_early=1, withdrawn=1)


def test_what_came_online_is_counted_apart(procedure, district):
    make_dossier(district, procedure(), now=local(2018, 5, 3), channel="online")
    make_dossier(district, procedure(), now=local(2018, 5, 3), channel="post")
    make_dossier(district, procedure(), now=local(2018, 4, 3), channel="online")

    counts = of_may()
    assert (counts.new_online, counts.new_direct, counts.carried) == (1, 1, 1)


def test_desks_fields_and_mechanisms_have_cells_of_their_own(procedure, district):
    first = procedure()
    linked = procedure(linked=True)
    for version in (first, first, linked):
        make_dossier(district, version, now=local(2018, 5, 3))

    cells = count(*month_bounds(2018, 5))

    assert [(c.desk_id, c.field_id, c.linked, c.counts.new) for c in cells] == [
        (district.desk.pk, first.field_id, False, 2),
        (district.desk.pk, linked.field_id, True, 1),
    ]


def test_the_sums_are_sums():
    counts = Counts(
        carried=1, new_online=2, new_direct=4, done_early=8, done_on_time=16, done_late=32,
        done_no_limit=64, open_in_time=128, open_late=256, open_waiting=512, open_no_limit=1024,
    )  # fmt: skip

    assert (counts.new, counts.received, counts.done, counts.open) == (6, 7, 120, 1920)
    assert total([counts, counts]).as_json() == {k: 2 * v for k, v in counts.as_json().items()}
    assert on_time_rate(counts) == pytest.approx(100 * 24 / 56)
    assert on_time_rate(Counts(done_no_limit=3, carried=9)) is None
    assert total([]) == Counts()
