"""Due dates. The worked examples are the law's, computed by hand; the code must agree with them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khanhson_portal.ground.moments import LOCAL
from procedures.worktime import (
    OnSupplement,
    Rules,
    Session,
    Stop,
    StopReason,
    TimeLimit,
    Timeliness,
    Unit,
    WorkCalendar,
    classify,
    compute,
    explain,
    remaining,
)
from tests.factories import day, local
from tests.procedures import calendar_oracle

HOURS = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))
WEEK = dict.fromkeys(range(5), HOURS)
RULES = Rules("Giờ hành chính", date(2010, 1, 1), WEEK, cutoff=time(15))


def span(first: str, last: str, name: str) -> dict[date, str]:
    start = day(first)
    return {start + timedelta(n): name for n in range((day(last) - start).days + 1)}


DAYS_OFF = {
    **span("14/2/2018", "20/2/2018", "Tết Nguyên đán"),
    day("25/4/2018"): "Giỗ Tổ Hùng Vương",
    **span("30/4/2018", "1/5/2018", "nghỉ 30/4, 1/5"),
    **span("2/9/2018", "3/9/2018", "Quốc khánh"),
    **span("31/12/2018", "1/1/2019", "Tết Dương lịch"),
    **span("29/4/2019", "1/5/2019", "nghỉ 30/4, 1/5"),
    **span("30/4/2025", "2/5/2025", "nghỉ 30/4, 1/5"),
}
WORKED = {day(text): "làm bù" for text in ("5/1/2019", "4/5/2019", "26/4/2025")}
CALENDAR = WorkCalendar((RULES,), DAYS_OFF, WORKED, announced_years=frozenset({2018, 2019, 2025}))
ASKED_AND_ANSWERED = (local(2018, 4, 20), local(2018, 5, 4))

# worked by hand: received, limit, stop, due
WORKED_EXAMPLES = [
    (1, local(2018, 4, 27, 10), (3, Unit.WORKING_DAY), None, "4/5/2018"),
    (2, local(2018, 2, 13, 16), (5, Unit.WORKING_DAY), None, "27/2/2018"),
    (3, local(2018, 12, 26, 9), (5, Unit.WORKING_DAY), None, "4/1/2019"),
    (4, local(2019, 4, 25, 8), (4, Unit.WORKING_DAY), None, "4/5/2019"),
    (5, local(2018, 8, 6), (30, Unit.DAY), None, "5/9/2018"),
    (6, local(2018, 8, 3), (30, Unit.DAY), None, "4/9/2018"),
    (7, local(2018, 3, 31), (30, Unit.DAY), None, "2/5/2018"),
    (8, local(2018, 5, 23, 15, 30), (0, Unit.SAME_DAY), None, "24/5/2018"),
    (9, local(2018, 5, 23, 14, 50), (0, Unit.SAME_DAY), None, "23/5/2018"),
    (10, local(2018, 4, 21, 9), (2, Unit.WORKING_DAY), None, "24/4/2018"),
    (11, local(2018, 4, 16), (10, Unit.WORKING_DAY), None, "3/5/2018"),
    (12, local(2018, 4, 16), (10, Unit.WORKING_DAY), OnSupplement.PAUSE, "15/5/2018"),
    (13, local(2018, 4, 16), (10, Unit.WORKING_DAY), OnSupplement.RESTART, "18/5/2018"),
]


@pytest.mark.parametrize(
    ("received", "limit", "effect", "due"),
    [row[1:] for row in WORKED_EXAMPLES],
    ids=[f"example {row[0]}" for row in WORKED_EXAMPLES],
)
def test_the_thirteen_worked_deadlines(received, limit, effect, due):
    stops = [Stop(*ASKED_AND_ANSWERED, effect)] if effect else []

    deadline = compute(TimeLimit(*limit), received, CALENDAR, stops)

    assert deadline.due_on == day(due)


# asked on the last day, or while the end has gone on from a day off to the next working day;
# worked by hand: received, limit, asked and answered, due
ASKED_AT_THE_END = [
    (local(2018, 6, 6), (3, Unit.DAY), ("11/6", "15/6"), "18/6/2018"),  # ended Sat 9/6, went on
    (local(2018, 6, 6), (3, Unit.DAY), ("10/6", "15/6"), "18/6/2018"),  # asked in between
    (local(2018, 6, 6), (3, Unit.DAY), ("8/6", "12/6"), "14/6/2018"),  # 7; 13, 14
    (local(2018, 6, 6), (3, Unit.DAY), ("12/6", "15/6"), "11/6/2018"),  # too late: stays late
    (local(2018, 8, 3), (30, Unit.DAY), ("4/9", "7/9"), "10/9/2018"),  # ended Sun 2/9, 3/9 off
    (local(2018, 8, 3), (30, Unit.DAY), ("31/8", "7/9"), "10/9/2018"),  # 27 used; 8, 9, 10/9
    (local(2018, 5, 9), (1, Unit.MONTH), None, "11/6/2018"),  # ended Sat 9/6
    (local(2018, 5, 9), (1, Unit.MONTH), ("11/6", "15/6"), "18/6/2018"),
    (local(2018, 5, 9), (1, Unit.MONTH), ("21/5", "25/5"), "14/6/2018"),  # five days later
    (local(2018, 5, 7), (5, Unit.WORKING_DAY), ("14/5", "18/5"), "21/5/2018"),
    (local(2018, 5, 23), (0, Unit.SAME_DAY), ("23/5", "28/5"), "28/5/2018"),
]


@pytest.mark.parametrize(("received", "limit", "wait", "due"), ASKED_AT_THE_END)
def test_a_pause_never_ends_before_its_answer(received, limit, wait, due):
    moments = [datetime.combine(day(f"{text}/2018"), time(10), LOCAL) for text in wait or ()]
    stops = [Stop(*moments, OnSupplement.PAUSE)] if moments else []

    deadline = compute(TimeLimit(*limit), received, CALENDAR, stops)

    assert deadline.due_on == day(due)


def test_asked_after_the_office_closed_on_the_last_day_is_still_in_time():
    stop = Stop(local(2018, 6, 11, 19), local(2018, 6, 15), OnSupplement.PAUSE)

    assert compute(TimeLimit(3, Unit.DAY), local(2018, 6, 6), CALENDAR, [stop]).due_on == day(
        "18/6/2018"
    )


@pytest.mark.parametrize(
    ("unit", "hours", "asked", "answered", "due"),
    [
        # 24 hours from Friday 10:00 end on Saturday and go on to Monday 07:00
        (Unit.HOUR, 24, (27, 9), (29, 10), local(2018, 5, 29, 10)),
        (Unit.HOUR, 24, (28, 7), (28, 18), local(2018, 5, 29, 7)),
        # 5 working hours from Friday 10:00 are used up at 17:00, in the minute of the asking
        (Unit.WORKING_HOUR, 5, (25, 17), (29, 8), local(2018, 5, 29, 8)),
        (Unit.WORKING_HOUR, 5, (25, 16), (29, 8), local(2018, 5, 29, 9)),
    ],
)
def test_hours_used_up_while_an_answer_is_awaited_end_with_it(unit, hours, asked, answered, due):
    stop = Stop(local(2018, 5, *asked), local(2018, 5, *answered), OnSupplement.PAUSE)

    assert compute(TimeLimit(hours, unit), local(2018, 5, 25, 10), CALENDAR, [stop]).due_at == due


def test_the_calendar_on_the_wall_gives_the_same_dates():
    """Another thousand seeds: ``python -m tests.procedures.calendar_oracle``."""
    assert calendar_oracle.compare(4000, seed=1) == []


def test_a_day_limit_ends_when_the_office_closes():
    assert compute(TimeLimit(1, Unit.WORKING_DAY), local(2018, 5, 22), CALENDAR).due_at == local(
        2018, 5, 23, 17
    )


@pytest.mark.parametrize(("asking_day_counts", "due"), [(False, "15/5/2018"), (True, "14/5/2018")])
def test_whether_the_day_of_asking_counts_is_a_rule_of_the_calendar(asking_day_counts, due):
    rules = Rules("khác", date(2010, 1, 1), WEEK, time(15), asking_day_counts)
    calendar = WorkCalendar((rules,), DAYS_OFF, WORKED)
    stop = Stop(*ASKED_AND_ANSWERED, OnSupplement.PAUSE)

    deadline = compute(TimeLimit(10, Unit.WORKING_DAY), local(2018, 4, 16), calendar, [stop])

    assert deadline.due_on == day(due)


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        (local(2018, 5, 23, 11, 30), 1, local(2018, 5, 23, 14, 30)),  # at the lunch bell
        (local(2018, 5, 23, 16, 30), 6, local(2018, 5, 24, 14, 30)),  # over a night
        (local(2018, 5, 25, 16, 30), 6, local(2018, 5, 28, 14, 30)),  # over a weekend
        (local(2018, 5, 23, 12, 0), 1, local(2018, 5, 23, 14, 30)),  # in the lunch break
        (local(2018, 5, 23, 20, 0), 8, local(2018, 5, 24, 17, 0)),  # in the evening
        (local(2018, 4, 27, 16, 0), 8, local(2018, 5, 2, 16, 0)),  # over a long holiday
    ],
)
def test_working_hours_leave_out_lunch_nights_and_days_off(received, hours, due):
    assert compute(TimeLimit(hours, Unit.WORKING_HOUR), received, CALENDAR).due_at == due


def test_a_pause_gives_working_hours_back_to_the_minute():
    """Paused Friday 10:00, resumed Monday 10:00: one working day later, not five."""
    limit, received = TimeLimit(32, Unit.WORKING_HOUR), local(2025, 3, 6, 10)
    stop = Stop(local(2025, 3, 7, 10), local(2025, 3, 10, 10), OnSupplement.PAUSE)

    assert compute(limit, received, CALENDAR).due_at == local(2025, 3, 12, 10)
    assert compute(limit, received, CALENDAR, [stop]).due_at == local(2025, 3, 13, 10)


def test_a_pause_by_the_day_with_the_other_convention_gives_the_same_thursday():
    rules = Rules("khác", date(2010, 1, 1), WEEK, time(15), asking_day_counts=True)
    calendar = WorkCalendar((rules,))
    stop = Stop(local(2025, 3, 7, 10), local(2025, 3, 10, 10), OnSupplement.PAUSE)

    due = compute(TimeLimit(5, Unit.WORKING_DAY), local(2025, 3, 5), calendar, [stop]).due_on

    assert due == day("13/3/2025")


def test_a_worked_saturday_counts_and_a_swapped_friday_does_not():
    due = compute(TimeLimit(3, Unit.WORKING_DAY), local(2025, 4, 25), CALENDAR).due_on

    assert due == day("29/4/2025")


def test_two_stops_are_added_each_once():
    stops = [
        Stop(local(2018, 5, 9), local(2018, 5, 10), OnSupplement.PAUSE),
        Stop(local(2018, 5, 15), local(2018, 5, 17), OnSupplement.PAUSE),
    ]

    due = compute(TimeLimit(5, Unit.WORKING_DAY), local(2018, 5, 7), CALENDAR, stops).due_on

    # counted: 8, 11, 14, 18, 21 May; not 9, 10 and not 15, 16, 17
    assert due == day("21/5/2018")


def test_a_stop_without_an_answer_does_not_move_the_date_yet():
    stop = Stop(local(2018, 5, 9), None, OnSupplement.PAUSE)
    limit, received = TimeLimit(5, Unit.WORKING_DAY), local(2018, 5, 7)

    assert compute(limit, received, CALENDAR, [stop]) == compute(limit, received, CALENDAR)


@pytest.mark.parametrize("effect", [OnSupplement.PAUSE, OnSupplement.RESTART])
def test_asking_when_it_is_already_late_does_not_wash_the_lateness_away(effect):
    stop = Stop(local(2018, 5, 21), local(2018, 5, 25), effect)

    due = compute(TimeLimit(3, Unit.WORKING_DAY), local(2018, 5, 7), CALENDAR, [stop]).due_on

    assert due == day("10/5/2018")


def test_past_holidays_count_however_late_the_dossier_is_typed_in():
    due = compute(TimeLimit(1, Unit.WORKING_DAY), local(2018, 4, 27), CALENDAR).due_on

    assert due == day("2/5/2018")


def test_a_year_without_an_announced_table_makes_the_date_provisional():
    limit, received = TimeLimit(5, Unit.WORKING_DAY), local(2019, 12, 27)

    deadline = compute(limit, received, CALENDAR)

    assert deadline.provisional
    assert "tạm tính" in explain(deadline)
    assert not compute(limit, local(2019, 12, 2), CALENDAR).provisional


def test_a_half_day_saturday_is_counted_by_its_hours():
    half = Rules(
        "có sáng thứ Bảy",
        date(2010, 1, 1),
        {**WEEK, 5: (Session(time(7, 30), time(11, 30)),)},
        cutoff=time(15),
    )
    friday = local(2018, 5, 25, 16)  # one hour left on Friday, four on Saturday

    due = compute(TimeLimit(6, Unit.WORKING_HOUR), friday, WorkCalendar((half,))).due_at

    assert due == local(2018, 5, 28, 8)


def test_a_closure_of_one_agency_is_skipped_with_its_reason():
    calendar = WorkCalendar((RULES,), closures={day("8/5/2018"): "nghỉ do bão"})

    deadline = compute(TimeLimit(2, Unit.WORKING_DAY), local(2018, 5, 7), calendar)

    assert deadline.due_on == day("10/5/2018")
    assert "nghỉ do bão" in explain(deadline)


@pytest.mark.parametrize(
    ("received", "months", "due"),
    [
        (local(2018, 1, 31), 1, "28/2/2018"),  # no 31 February
        (local(2018, 3, 15), 1, "16/4/2018"),  # 15 April is a Sunday
        (local(2018, 10, 31), 3, "31/1/2019"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(received, months, due):
    assert compute(TimeLimit(months, Unit.MONTH), received, CALENDAR).due_on == day(due)


def test_clock_hours_that_end_when_the_office_is_shut_wait_for_its_opening():
    assert compute(TimeLimit(2, Unit.HOUR), local(2018, 5, 25, 16), CALENDAR).due_at == local(
        2018, 5, 28, 7
    )


def test_received_at_the_cut_off_hour_is_still_today_and_a_minute_later_is_not():
    limit = TimeLimit(0, Unit.SAME_DAY)

    assert compute(limit, local(2018, 5, 23, 15, 0), CALENDAR).due_on == day("23/5/2018")
    assert compute(limit, local(2018, 5, 23, 15, 1), CALENDAR).due_on == day("24/5/2018")


def test_no_limit_in_law_gives_no_date_and_says_so():
    deadline = compute(TimeLimit(0, Unit.NONE), local(2018, 5, 23), CALENDAR)

    assert deadline.due_at is None
    assert "không quy định" in explain(deadline)


def test_an_unknown_limit_is_never_counted():
    with pytest.raises(ValueError, match="known"):
        compute(TimeLimit(0, Unit.UNKNOWN), local(2018, 5, 23), CALENDAR)


@pytest.mark.parametrize("limit", [(0, Unit.DAY), (-1, Unit.HOUR), (3, Unit.SAME_DAY)])
def test_a_number_without_its_unit_or_a_unit_without_its_number_is_no_limit(limit):
    with pytest.raises(ValueError, match="number"):
        TimeLimit(*limit)


def test_the_trace_tells_every_day_and_why_it_was_skipped():
    trace = compute(TimeLimit(3, Unit.WORKING_DAY), local(2018, 4, 27), CALENDAR).trace

    assert [(t.day.day, t.counted, t.reason) for t in trace] == [
        (28, 0, "thứ Bảy"),
        (29, 0, "Chủ nhật"),
        (30, 0, "nghỉ 30/4, 1/5"),
        (1, 0, "nghỉ 30/4, 1/5"),
        (2, 1, ""),
        (3, 2, ""),
        (4, 3, ""),
    ]


def test_the_explanation_reads_like_an_officer_at_the_counter():
    stop = Stop(*ASKED_AND_ANSWERED, OnSupplement.PAUSE)

    words = explain(compute(TimeLimit(10, Unit.WORKING_DAY), local(2018, 4, 16), CALENDAR, [stop]))

    assert words == (
        "10 ngày làm việc, tính từ 17/04/2018 (ngày nhận 16/04/2018 không tính). "
        "Không tính thứ Bảy, Chủ nhật và từ 20/4 đến 4/5 (chờ bổ sung giấy tờ)."
    )


def test_a_period_that_ends_on_a_day_off_says_where_it_went():
    words = explain(compute(TimeLimit(30, Unit.DAY), local(2018, 8, 3), CALENDAR))

    assert "Ngày cuối 02/09/2018 là ngày nghỉ (Quốc khánh)" in words
    assert "04/09/2018" in words


# Early, on time, late -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finished", "exact", "expected"),
    [
        (local(2018, 5, 3, 16, 59), False, Timeliness.ON_TIME),
        (local(2018, 5, 3, 23, 59), False, Timeliness.ON_TIME),  # by the day, not the minute
        (local(2018, 5, 2, 23, 59), False, Timeliness.EARLY),
        (local(2018, 5, 4, 0, 0), False, Timeliness.LATE),
        (local(2018, 5, 3, 16, 59), True, Timeliness.EARLY),
        (local(2018, 5, 3, 17, 0), True, Timeliness.ON_TIME),
        (local(2018, 5, 3, 17, 1), True, Timeliness.LATE),
    ],
)
def test_one_rule_for_early_on_time_and_late(finished, exact, expected):
    assert classify(finished, local(2018, 5, 3, 17), exact=exact) == expected


def test_without_a_due_date_nothing_is_on_time():
    assert classify(local(2018, 5, 3), None, exact=False) == Timeliness.NO_LIMIT


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (local(2018, 4, 27, 10), "Còn 3 ngày làm việc"),
        (local(2018, 5, 3, 10), "Còn 1 ngày làm việc"),
        (local(2018, 5, 4, 8), "Hôm nay, trước 17 giờ"),
        (local(2018, 5, 4, 18), "Hôm nay, trước 17 giờ"),
        (local(2018, 5, 7, 8), "Trễ 1 ngày làm việc"),
        (local(2018, 5, 5, 8), "Trễ 1 ngày làm việc"),
    ],
)
def test_what_is_left_is_said_in_working_days(now, words):
    assert str(remaining(local(2018, 5, 4, 17), now, CALENDAR, exact=False)) == words


# Properties -----------------------------------------------------------------------------------

DAYS = st.dates(date(2018, 1, 1), date(2019, 12, 1))
STOPS = st.lists(st.integers(0, 12), min_size=0, max_size=4)


def counted_by_hand(start: date, end: date) -> int:
    """Working days after ``start`` up to ``end``, one day at a time."""
    days = (start + timedelta(n) for n in range(1, (end - start).days + 1))
    return sum(d in WORKED or (d.weekday() < 5 and d not in DAYS_OFF) for d in days)


@given(DAYS, st.integers(0, 60))
def test_adding_and_counting_back_agree(start, days):
    end = CALENDAR.add(start, days)

    assert counted_by_hand(start, end) == days == CALENDAR.between(start, end)
    assert days == 0 or CALENDAR.is_working(end)


@given(DAYS, DAYS)
def test_between_is_the_count_day_by_day_both_ways(a, b):
    a, b = min(a, b), max(a, b)

    assert CALENDAR.between(a, b) == counted_by_hand(a, b)
    assert CALENDAR.between(b, a) == -CALENDAR.between(a, b)


@given(DAYS, st.integers(1, 30))
def test_the_trace_counts_exactly_the_limit(received, number):
    moment = datetime.combine(received, time(9), LOCAL)

    deadline = compute(TimeLimit(number, Unit.WORKING_DAY), moment, CALENDAR)

    assert [t.counted for t in deadline.trace if t.counted] == list(range(1, number + 1))
    assert all(t.counted or t.reason for t in deadline.trace)
    assert deadline.trace[-1].day == deadline.due_on


def stops_from(start: date, gaps: list[int], effect: OnSupplement) -> list[Stop]:
    """Turn pairs of gaps into stops that follow one another."""
    stops, moment = [], datetime.combine(start, time(10), LOCAL)
    for wait, length in zip(gaps[::2], gaps[1::2], strict=False):
        asked = moment + timedelta(days=wait)
        moment = asked + timedelta(days=length)
        stops.append(Stop(asked, moment, effect))
        moment += timedelta(days=1)
    return stops


@given(DAYS, st.integers(1, 20), STOPS)
def test_a_pause_never_shortens_and_costs_at_most_its_own_working_days(received, number, gaps):
    moment = datetime.combine(received, time(9), LOCAL)
    stops = stops_from(received, gaps, OnSupplement.PAUSE)
    limit = TimeLimit(number, Unit.WORKING_DAY)

    without = compute(limit, moment, CALENDAR).due_on
    paused = compute(limit, moment, CALENDAR, stops).due_on
    stood = sum(
        counted_by_hand(s.asked_at.date() - timedelta(1), s.answered_at.date()) for s in stops
    )

    assert without <= paused
    assert counted_by_hand(without, paused) <= stood


@given(DAYS, st.integers(1, 80), STOPS, st.sampled_from(list(OnSupplement)))
def test_working_hours_end_inside_a_session(received, hours, gaps, effect):
    moment = datetime.combine(received, time(9, 17), LOCAL)
    stops = stops_from(received, gaps, effect)

    due = compute(TimeLimit(hours, Unit.WORKING_HOUR), moment, CALENDAR, stops).due_at

    assert any(opens < due <= closes for opens, closes in CALENDAR.sessions_on(due.date()))


@given(DAYS, st.integers(1, 20), STOPS)
def test_a_restart_gives_the_whole_limit_after_the_last_answer_in_time(received, number, gaps):
    moment = datetime.combine(received, time(9), LOCAL)
    stops = stops_from(received, gaps, OnSupplement.RESTART)

    deadline = compute(TimeLimit(number, Unit.WORKING_DAY), moment, CALENDAR, stops)

    starts = [received]
    for stop in stops:
        if stop.asked_at > CALENDAR.closing_time(CALENDAR.add(starts[-1], number)):
            break
        starts.append(stop.answered_at.date())
    assert deadline.due_on == CALENDAR.add(starts[-1], number)


# Stops and made-up days in words ---------------------------------------------------------------


def test_a_wait_for_money_is_called_by_its_name():
    stop = Stop(*ASKED_AND_ANSWERED, OnSupplement.PAUSE, StopReason.PAYMENT)

    words = explain(compute(TimeLimit(10, Unit.WORKING_DAY), local(2018, 4, 16), CALENDAR, [stop]))

    assert "từ 20/4 đến 4/5 (chờ nộp tiền)" in words
    assert "bổ sung" not in words


def test_two_waits_that_follow_each_other_are_told_apart():
    stops = [
        Stop(local(2018, 5, 8), local(2018, 5, 9), OnSupplement.PAUSE),
        Stop(local(2018, 5, 10), local(2018, 5, 11), OnSupplement.PAUSE, StopReason.PAYMENT),
    ]

    words = explain(compute(TimeLimit(5, Unit.WORKING_DAY), local(2018, 5, 7), CALENDAR, stops))

    assert "từ 8/5 đến 9/5 (chờ bổ sung giấy tờ) và từ 10/5 đến 11/5 (chờ nộp tiền)" in words


def test_a_made_up_saturday_that_counted_is_named():
    words = explain(compute(TimeLimit(3, Unit.WORKING_DAY), local(2025, 4, 25), CALENDAR))

    assert words == (
        "3 ngày làm việc, tính từ 26/04/2025 (ngày nhận 25/04/2025 không tính). "
        "Không tính Chủ nhật. Có tính ngày 26/4 (làm bù)."
    )
    assert "làm bù" not in explain(compute(TimeLimit(30, Unit.DAY), local(2025, 4, 1), CALENDAR))


def test_a_period_interrupted_on_the_day_it_went_on_to_tells_both():
    stop = Stop(local(2018, 6, 11, 9), local(2018, 6, 15, 10), OnSupplement.PAUSE)

    words = explain(compute(TimeLimit(3, Unit.DAY), local(2018, 6, 6), CALENDAR, [stop]))

    assert words == (
        "3 ngày, tính từ 07/06/2018 (ngày nhận 06/06/2018 không tính). "
        "Không tính từ 11/6 đến 15/6 (chờ bổ sung giấy tờ). "
        "Ngày cuối 09/06/2018 là ngày nghỉ (thứ Bảy) nên chuyển sang ngày làm việc tiếp theo "
        "18/06/2018."
    )
