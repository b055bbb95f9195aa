"""Lịch làm việc, day by day: which days are worked, their hours, and why the others are not."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from procedures.worktime import Rules, Session, WorkCalendar
from procedures.worktime.calendar import LONGEST_CLOSURE
from tests.factories import day, local

MORNING, AFTERNOON = Session(time(7), time(11, 30)), Session(time(13, 30), time(17))
FULL, HALF = (MORNING, AFTERNOON), (MORNING,)
WEEK = dict.fromkeys(range(5), FULL)
OLD = Rules("cũ", day("1/1/2015"), WEEK, cutoff=time(15))
NEW = Rules("mới", day("1/7/2018"), {**dict.fromkeys(range(1, 5), FULL), 5: HALF}, cutoff=time(16))
LATER = Rules("sau nữa", day("1/1/2020"), WEEK, cutoff=time(15))
CALENDAR = WorkCalendar(
    (LATER, OLD, NEW),  # any order
    days_off={day("30/4/2018"): "Ngày Chiến thắng", day("5/5/2018"): "nghỉ lễ"},
    worked_days={day("5/5/2018"): "làm bù", day("7/7/2018"): "làm bù", day("12/5/2018"): "làm bù"},
    closures={day("12/5/2018"): "bão số 1", day("7/5/2018"): "bão số 1"},
    announced_years=frozenset({2018, 2019, 2021}),
)

# the day, why it is closed, its hours, when the office closes (or ordinarily would)
DAYS = [
    ("27/4/2018", "", ["7:00-11:30", "13:30-17:00"], "17:00"),
    ("28/4/2018", "thứ Bảy", [], "17:00"),
    ("29/4/2018", "Chủ nhật", [], "17:00"),
    ("30/4/2018", "Ngày Chiến thắng", [], "17:00"),
    ("5/5/2018", "", ["7:00-11:30", "13:30-17:00"], "17:00"),  # worked beats off
    ("7/5/2018", "bão số 1", [], "17:00"),
    ("12/5/2018", "bão số 1", [], "17:00"),  # closed beats worked
    # under the new rules: no Mondays, half Saturdays; a worked one keeps the first day's hours
    ("2/7/2018", "ngày không làm việc", [], "17:00"),
    ("3/7/2018", "", ["7:00-11:30", "13:30-17:00"], "17:00"),
    ("7/7/2018", "", ["7:00-11:30", "13:30-17:00"], "17:00"),
    ("14/7/2018", "", ["7:00-11:30"], "11:30"),
    ("15/7/2018", "Chủ nhật", [], "17:00"),
]


@pytest.mark.parametrize(("text", "why", "hours", "closes"), DAYS, ids=[row[0] for row in DAYS])
def test_a_day_has_its_hours_or_its_reason(text, why, hours, closes):
    found = CALENDAR.sessions_on(day(text))

    assert CALENDAR.why_closed(day(text)) == why
    assert CALENDAR.is_working(day(text)) == (not why)
    assert [f"{a:%-H:%M}-{b:%-H:%M}" for a, b in found] == hours
    assert {moment.date() for pair in found for moment in pair} <= {day(text)}
    closing = CALENDAR.closing_time(day(text))
    assert (closing.date(), f"{closing:%-H:%M}") == (day(text), closes)
    assert closing.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1/1/2010", "cũ"),  # a day before the first rules falls under them
        ("30/6/2018", "cũ"),
        ("1/7/2018", "mới"),
        ("31/12/2019", "mới"),
        ("1/1/2020", "sau nữa"),
    ],
)
def test_rules_hold_from_their_day_on_whatever_order_they_came_in(text, version):
    assert CALENDAR.rules_on(day(text)).version == version


@pytest.mark.parametrize(
    ("text", "weekend"),
    [
        ("27/4/2018", False),  # worked
        ("28/4/2018", True),
        ("30/4/2018", False),  # a day off by its name
        ("5/5/2018", False),  # a worked Saturday
        ("12/5/2018", False),  # a closed Saturday
        ("2/7/2018", True),  # a weekday that the rules leave out
    ],
)
def test_a_weekend_is_off_for_its_weekday_alone(text, weekend):
    assert CALENDAR.is_weekend(day(text)) is weekend


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("27/4/2018", 0, "27/4/2018"),
        ("27/4/2018", 1, "1/5/2018"),
        ("28/4/2018", 1, "1/5/2018"),  # the start never counts, worked or not
        ("28/4/2018", 0, "28/4/2018"),
        ("4/5/2018", 2, "8/5/2018"),
    ],
)
def test_working_days_are_added_and_counted_back(start, days, end):
    assert CALENDAR.add(day(start), days) == day(end)
    assert CALENDAR.between(day(start), day(end)) == days
    assert CALENDAR.between(day(end), day(start)) == -days


def test_days_are_not_added_backwards():
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add(day("27/4/2018"), -1)


@pytest.mark.parametrize(
    ("text", "rolled"),
    [("27/4/2018", "27/4/2018"), ("28/4/2018", "1/5/2018"), ("7/5/2018", "8/5/2018")],
)
def test_a_day_off_rolls_to_the_next_working_day(text, rolled):
    assert CALENDAR.roll_forward(day(text)) == day(rolled)


@pytest.mark.parametrize(
    ("closed", "found"), [(LONGEST_CLOSURE - 1, True), (LONGEST_CLOSURE, False)]
)
def test_an_office_that_never_opens_again_is_a_broken_calendar(closed, found):
    start = date(2018, 1, 1)
    shut = {start + timedelta(days=n): "đóng cửa" for n in range(1, closed + 1)}
    always = Rules("cả tuần", start, dict.fromkeys(range(7), FULL), cutoff=time(15))
    calendar = WorkCalendar((always,), closures=shut)

    if found:
        assert calendar.next_working_day(start) == start + timedelta(days=closed + 1)
    else:
        with pytest.raises(ValueError, match="no working day"):
            calendar.next_working_day(start)


@pytest.mark.parametrize(
    ("start", "end", "announced"),
    [
        ("1/1/2018", "31/12/2018", True),
        ("31/12/2018", "1/1/2019", True),
        ("31/12/2019", "1/1/2020", False),
        ("1/1/2019", "1/1/2021", False),  # the year between counts too
        ("1/1/2021", "31/12/2021", True),
        ("1/1/2017", "1/1/2018", False),
    ],
)
def test_a_span_is_announced_when_every_year_of_it_is(start, end, announced):
    assert CALENDAR.announced(day(start), day(end)) is announced


def test_a_calendar_without_rules_is_none():
    with pytest.raises(ValueError, match="rules"):
        WorkCalendar(())


def test_the_days_after_begin_tomorrow():
    after = CALENDAR.days_after(day("30/4/2018"))

    assert [next(after) for _ in range(2)] == [day("1/5/2018"), day("2/5/2018")]


def test_rules_without_any_hours_have_no_ordinary_ones():
    assert Rules("đóng", day("1/1/2018"), {0: ()}, cutoff=time(15)).ordinary_hours == ()
    assert Session(time(7), time(11)).on(day("2/5/2018")) == (
        local(2018, 5, 2, 7),
        local(2018, 5, 2, 11),
    )
