"""One rule of lateness in three forms: they must give one answer, at every border."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Case, TextField, Value, When
from django.db.models.expressions import RawSQL
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dossiers import acts, due_dates
from dossiers.models import Dossier, Leg
from dossiers.papers.journeys import hand_overs
from procedures.worktime import Timeliness, Unit, classify, is_late
from procedures.worktime.lateness import in_time_at, late_at, timeliness_sql
from tests.factories import local, make_dossier, make_hand, make_procedure

DUE = local(2018, 5, 3, 17)
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)

# midnight here, midnight in UTC (07:00 here), noon, closing time
HOURS = st.sampled_from([0, 7, 12, 17])
NUDGES = st.sampled_from([-60, -40, -1, 0, 1, 40, 59, 60]).map(lambda s: timedelta(seconds=s))
TINY = st.sampled_from([-MICROSECOND, timedelta(), MICROSECOND])
BORDERS = st.builds(
    lambda day, hour, nudge, tiny: local(2018, 5, day, hour) + nudge + tiny,
    st.integers(2, 4),
    HOURS,
    NUDGES,
    TINY,
)
ANYTIME = st.integers(0, 5 * 86_400_000_000).map(lambda n: local(2018, 5, 1, 0) + n * MICROSECOND)
MOMENTS = BORDERS | ANYTIME


@pytest.mark.parametrize(
    ("moment", "exact", "expected"),
    [
        (DUE + 40 * SECOND, True, Timeliness.ON_TIME),  # the minute is not over
        (DUE + 60 * SECOND, True, Timeliness.LATE),
        (DUE - SECOND, True, Timeliness.EARLY),
        (local(2018, 5, 3, 23, 59) + 59 * SECOND, False, Timeliness.ON_TIME),
        (local(2018, 5, 4, 0), False, Timeliness.LATE),
        (local(2018, 5, 4, 6, 59), False, Timeliness.LATE),  # in UTC it is still the third
        (local(2018, 5, 3, 6, 59), False, Timeliness.ON_TIME),  # in UTC it is still the second
        (local(2018, 5, 3, 0) - MICROSECOND, False, Timeliness.EARLY),
    ],
)
def test_the_borders_of_the_day_and_of_the_minute(moment, exact, expected):
    assert classify(moment, DUE, exact=exact) == expected


def test_no_limit_is_a_class_of_its_own_and_a_standing_clock_is_never_late():
    after = DUE + timedelta(days=9)

    assert classify(after, None, exact=False) == Timeliness.NO_LIMIT
    assert classify(after, None, exact=False, standing=True) == Timeliness.NO_LIMIT
    assert classify(after, DUE, exact=True, standing=True) == Timeliness.STANDING
    assert not is_late(after, DUE, exact=False, standing=True)


@given(MOMENTS, st.none() | MOMENTS, st.booleans(), st.booleans())
@example(DUE + 40 * SECOND, DUE, True, False)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_three_forms_agree(a_dossier, moment, due_at, exact, standing):
    row = Dossier.objects.filter(pk=a_dossier.pk)
    row.update(due_at=due_at, due_exact=exact, standing=standing)
    sql = timeliness_sql("%s::timestamptz", "due_at", "due_exact", "standing")
    found = row.annotate(
        in_sql=RawSQL(sql, [moment] * sql.count("%s"), TextField()),
        in_list=Case(
            When(late_at(moment), then=Value("late")),
            When(in_time_at(moment), then=Value("in time")),
            default=Value("neither"),
            output_field=TextField(),
        ),
        both=Case(When(late_at(moment) & in_time_at(moment), then=True), default=False),
    ).get()

    judged = classify(moment, due_at, exact=exact, standing=standing)

    assert found.in_sql == judged
    assert found.in_list == {
        Timeliness.LATE: "late",
        Timeliness.EARLY: "in time",
        Timeliness.ON_TIME: "in time",
    }.get(judged, "neither")
    assert not found.both
    assert due_dates.is_late(found, moment) == (judged == Timeliness.LATE)


@pytest.fixture
def a_dossier(district):
    return make_dossier(district)


def test_forty_seconds_over_a_limit_in_hours_are_on_time_everywhere(district):
    """They used to block the hand-over, and to count as on time in the statistics."""
    hours = make_procedure(district.desk, district.office, number=4, unit=Unit.WORKING_HOUR)
    dossier = make_dossier(district, hours, now=local(2018, 5, 3, 7))
    assert dossier.due_at == local(2018, 5, 3, 11)
    moment = dossier.due_at + 40 * SECOND

    assert not Dossier.objects.overdue(moment).exists()
    acts.hand_over(dossier.pk, make_hand(district.receiver, moment), to=district.office)
    assert Dossier.objects.overdue(moment + 20 * SECOND).exists()


def test_a_leg_is_late_on_the_sheet_and_on_the_page_alike(a_dossier):
    start, due = local(2018, 5, 2, 8), local(2018, 5, 2, 10)
    for seconds, late, words in [(-60, False, "Trước hạn"), (59, False, "Đúng hạn"),
                                 (60, True, "Quá hạn")]:  # fmt: skip
        a_dossier.legs.all().delete()
        ended = due + timedelta(seconds=seconds)
        common = {"dossier": a_dossier, "giver": a_dossier.desk, "holder": a_dossier.desk}
        leg = Leg.objects.create(**common, number=1, started_at=start, due_at=due, ended_at=ended)
        Leg.objects.create(**common, number=2, started_at=ended)

        assert leg.late_at(ended) is late
        assert hand_overs(a_dossier)[0]["ket_qua"] == words


def test_what_is_late_is_found_by_the_index_on_the_due_date(a_dossier):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Dossier.objects.overdue(local(2018, 6, 1)).order_by().explain()

    assert "dossier_running" in plan
    assert "due_at <" in plan.split("Filter")[0]
