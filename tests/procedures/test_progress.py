"""How much of its time a dossier has used: working hours only, stops taken out of both sides."""

from __future__ import annotations

from datetime import date, time

import pytest

from procedures.worktime import OnSupplement, Rules, Session, Stop, WorkCalendar
from procedures.worktime.progress import WorkedTime, used_share
from tests.factories import local

HOURS = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))
CALENDAR = WorkCalendar(
    rules=(Rules("2018", date(2015, 1, 1), dict.fromkeys(range(5), HOURS), time(15)),),
    days_off={date(2018, 4, 25): "Giỗ Tổ Hùng Vương"},
)
# Monday to Friday, 8 hours a day
RECEIVED, DUE = local(2018, 4, 16, 7), local(2018, 4, 20, 17)


@pytest.fixture
def worked():
    return WorkedTime(CALENDAR, date(2018, 4, 16))


@pytest.mark.parametrize(
    ("now", "share"),
    [
        (local(2018, 4, 16, 6), 0),
        (local(2018, 4, 16, 7), 0),
        (local(2018, 4, 18, 11), 0.5),
        (local(2018, 4, 18, 12, 30), 0.5125),
        (local(2018, 4, 19, 22), 0.8),
        (local(2018, 4, 20, 16), 0.975),
        (local(2018, 4, 20, 17), 1),
        (local(2018, 4, 23, 9), 1),
    ],
)
def test_nights_lunch_and_weekends_use_up_nothing(now, share, worked):
    assert used_share(RECEIVED, DUE, now, worked) == pytest.approx(share)


def test_a_day_off_uses_up_nothing(worked):
    start, due = local(2018, 4, 24, 7), local(2018, 4, 26, 17)

    assert used_share(start, due, local(2018, 4, 25, 12), worked) == pytest.approx(0.5)


def test_a_pause_counts_on_neither_side(worked):
    due = local(2018, 4, 24, 17)  # two days later for the two days it stood still
    stop = Stop(local(2018, 4, 17, 7), local(2018, 4, 18, 17), OnSupplement.PAUSE)

    assert used_share(RECEIVED, due, local(2018, 4, 18, 17), worked, [stop]) == pytest.approx(0.2)
    assert used_share(RECEIVED, due, local(2018, 4, 19, 17), worked, [stop]) == pytest.approx(0.4)


def test_a_restart_begins_anew(worked):
    stop = Stop(local(2018, 4, 17, 9), local(2018, 4, 20, 17), OnSupplement.RESTART)
    due = local(2018, 5, 2, 17)

    assert used_share(RECEIVED, due, local(2018, 4, 20, 17), worked, [stop]) == 0


def test_time_granted_outside_working_hours_is_used_up_when_it_ends(worked):
    start, due = local(2018, 4, 20, 18), local(2018, 4, 21, 6)

    assert used_share(start, due, local(2018, 4, 21, 5), worked) == 0
    assert used_share(start, due, due, worked) == 1
