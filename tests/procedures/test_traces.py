"""How a due date was counted, day by day, for every unit and every stop; each trace by hand.

April 2018: the 25th, the 30th and 1 May are off; work from 7:00 to 11:30 and 13:30 to 17:00.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from procedures.worktime import OnSupplement, Stop, TimeLimit, Unit, compute
from procedures.worktime.traces import StopReason
from tests.factories import local
from tests.procedures.test_deadlines import CALENDAR, RULES

APRIL = (2018, 4)
TO_MAY = "28/4 0 weekend, 29/4 0 weekend, 30/4 0 day_off, 1/5 0 day_off"

# limit, received, asked, answered, due, trace
PAUSED = [
    # hours of the clock: nights count, an hour when the office is shut waits for its opening
    ((2, Unit.HOUR), (27, 10), None, None, "27/4 13:30", "27/4 1 counted"),
    ((24, Unit.HOUR), (23, 10), None, None, "24/4 10:00", "23/4 1 counted, 24/4 1 counted"),
    ((24, Unit.HOUR), (27, 10), None, None, "2/5 7:00",
     "27/4 1 counted, 28/4 1 weekend, 29/4 0 weekend, 30/4 0 day_off, 1/5 0 day_off,"
     " 2/5 0 next_open"),
    ((24, Unit.HOUR), (23, 10), (23, 14), (26, 9), "27/4 7:00",
     "23/4 1 counted, 24/4 0 waiting, 25/4 0 waiting, 26/4 1 counted, 27/4 1 counted"),
    # worked hours
    ((8, Unit.WORKING_HOUR), (24, 13, 30), None, None, "26/4 11:30",
     "24/4 1 counted, 25/4 0 day_off, 26/4 1 counted"),
    ((8, Unit.WORKING_HOUR), (27, 17, 30), None, None, "2/5 17:00",
     f"27/4 0 after_hours, {TO_MAY}, 2/5 1 counted"),
    ((8, Unit.WORKING_HOUR), (23, 7), (23, 10), (24, 15), "26/4 10:00",
     "23/4 1 counted, 24/4 1 counted, 25/4 0 day_off, 26/4 1 counted"),
    ((8, Unit.WORKING_HOUR), (23, 7), (23, 10), (26, 17, 30), "27/4 14:00",
     "23/4 1 counted, 24/4 0 waiting, 25/4 0 waiting, 26/4 0 answered, 27/4 1 counted"),
    # within the day
    ((0, Unit.SAME_DAY), (27, 15), None, None, "27/4 17:00", "27/4 1 counted"),
    ((0, Unit.SAME_DAY), (27, 15, 1), None, None, "2/5 17:00",
     f"27/4 0 after_cutoff, {TO_MAY}, 2/5 1 counted"),
    ((0, Unit.SAME_DAY), (28, 9), None, None, "2/5 17:00", f"{TO_MAY}, 2/5 1 counted"),
    ((0, Unit.SAME_DAY), (23, 9), (23, 10), (26, 14), "26/4 17:00",
     "23/4 0 waiting, 24/4 0 waiting, 25/4 0 waiting, 26/4 1 counted"),
    ((0, Unit.SAME_DAY), (23, 9), (23, 10), (26, 15, 30), "27/4 17:00",
     "23/4 0 waiting, 24/4 0 waiting, 25/4 0 waiting, 26/4 0 after_cutoff, 27/4 1 counted"),
    # days
    ((3, Unit.WORKING_DAY), (23, 9), (24, 9), (26, 9), "3/5 17:00",
     f"24/4 0 waiting, 25/4 0 waiting, 26/4 0 answered, 27/4 1 counted, {TO_MAY},"
     " 2/5 2 counted, 3/5 3 counted"),
    ((3, Unit.WORKING_DAY), (23, 9), (24, 9), (24, 15), "2/5 17:00",
     f"24/4 0 answered, 25/4 0 day_off, 26/4 1 counted, 27/4 2 counted, {TO_MAY}, 2/5 3 counted"),
    ((3, Unit.DAY), (26, 9), None, None, "2/5 17:00",
     "27/4 1 counted, 28/4 2 counted, 29/4 3 weekend, 30/4 0 day_off, 1/5 0 day_off,"
     " 2/5 0 next_open"),
    ((3, Unit.DAY), (23, 9), (24, 9), (26, 9), "2/5 17:00",
     "24/4 0 waiting, 25/4 0 waiting, 26/4 0 answered, 27/4 1 counted, 28/4 2 counted,"
     " 29/4 3 weekend, 30/4 0 day_off, 1/5 0 day_off, 2/5 0 next_open"),
]  # fmt: skip
RESTARTED = [
    ((3, Unit.WORKING_DAY), (23, 9), (24, 9), (26, 9), "3/5 17:00",
     f"24/4 0 waiting, 25/4 0 waiting, 26/4 0 restarted, 27/4 1 counted, {TO_MAY},"
     " 2/5 2 counted, 3/5 3 counted"),
    ((3, Unit.WORKING_DAY), (23, 9), (26, 9), (27, 9), "4/5 17:00",
     f"24/4 1 counted, 25/4 0 day_off, 26/4 0 waiting, 27/4 0 restarted, {TO_MAY},"
     " 2/5 1 counted, 3/5 2 counted, 4/5 3 counted"),
]  # fmt: skip
CASES = [(*row, OnSupplement.PAUSE) for row in PAUSED] + [
    (*row, OnSupplement.RESTART) for row in RESTARTED
]


def told(deadline) -> tuple[str, str]:
    due = deadline.due_at
    days = [f"{t.day.day}/{t.day.month} {t.counted} {t.kind.value}" for t in deadline.trace]
    return f"{due.day}/{due.month} {due:%-H:%M}", ", ".join(days)


@pytest.mark.parametrize(("limit", "received", "asked", "answered", "due", "days", "effect"), CASES)
def test_every_day_of_the_count_is_told(limit, received, asked, answered, due, days, effect):
    stops = [Stop(local(*APRIL, *asked), local(*APRIL, *answered), effect)] if asked else []

    deadline = compute(TimeLimit(*limit), local(*APRIL, *received), CALENDAR, stops)

    assert told(deadline) == (due, days)


def test_where_the_asking_day_counts_an_answer_of_the_same_day_costs_nothing():
    rules = replace(RULES, asking_day_counts=True)
    stop = Stop(local(*APRIL, 24, 9), local(*APRIL, 24, 15), OnSupplement.PAUSE)

    deadline = compute(
        TimeLimit(3, Unit.WORKING_DAY),
        local(*APRIL, 23, 9),
        replace(CALENDAR, rules=(rules,)),
        [stop],
    )

    assert told(deadline) == (
        "27/4 17:00",
        "24/4 1 counted, 25/4 0 day_off, 26/4 2 counted, 27/4 3 counted",
    )


def test_a_worked_saturday_is_counted_under_its_name():
    deadline = compute(TimeLimit(1, Unit.WORKING_DAY), local(2019, 5, 3), CALENDAR)

    assert told(deadline) == ("4/5 17:00", "4/5 1 made_up")
    assert deadline.trace[0].reason == "làm bù"


@pytest.mark.parametrize(
    ("reason", "waiting", "answered"),
    [
        (StopReason.SUPPLEMENT, "chờ bổ sung giấy tờ", "ngày nhận đủ bổ sung"),
        (StopReason.PAYMENT, "chờ nộp tiền", "ngày nộp đủ tiền"),
    ],
)
def test_a_day_says_what_was_waited_for(reason, waiting, answered):
    asked, came = local(*APRIL, 24, 9), local(*APRIL, 26, 9)
    limit, received = TimeLimit(1, Unit.WORKING_DAY), local(*APRIL, 23)

    paused, anew = (
        compute(limit, received, CALENDAR, [Stop(asked, came, effect, reason)])
        for effect in (OnSupplement.PAUSE, OnSupplement.RESTART)
    )

    assert [day.reason for day in paused.trace] == [waiting, waiting, answered, ""]
    assert [day.reason for day in anew.trace] == [
        waiting, waiting, f"{answered}, tính lại từ đầu", "",
    ]  # fmt: skip


def test_an_hour_after_the_cut_off_is_told_with_the_hour():
    trace = compute(TimeLimit(0, Unit.SAME_DAY), local(*APRIL, 26, 16), CALENDAR).trace

    assert [day.reason for day in trace] == ["nhận sau 15 giờ", ""]


@pytest.mark.parametrize(
    ("limit", "received", "answered", "reasons"),
    [
        ((0, Unit.SAME_DAY), (23, 9), (26, 14), ["wait", "wait", "wait", ""]),
        ((8, Unit.WORKING_HOUR), (23, 7), (26, 17, 30), ["", "wait", "wait", "came", ""]),
        ((24, Unit.HOUR), (23, 10), (26, 9), ["", "wait", "wait", "", ""]),
    ],
)
def test_limits_in_hours_say_what_was_waited_for_too(limit, received, answered, reasons):
    stop = Stop(
        local(*APRIL, 23, 10, 1),
        local(*APRIL, *answered),
        OnSupplement.PAUSE,
        StopReason.PAYMENT,
    )
    words = {"wait": "chờ nộp tiền", "came": "ngày nộp đủ tiền", "": ""}

    trace = compute(TimeLimit(*limit), local(*APRIL, *received), CALENDAR, [stop]).trace

    assert [day.reason for day in trace] == [words[reason] for reason in reasons]


def test_a_day_received_after_closing_says_so():
    trace = compute(TimeLimit(4, Unit.WORKING_HOUR), local(*APRIL, 26, 17, 30), CALENDAR).trace

    assert [day.reason for day in trace] == ["hết giờ làm việc", ""]
