"""At twenty seconds past half past ten: what is late, on time, early, written by hand.

``test_lateness`` tries many moments; here stand the borders themselves, in every form of the rule.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from dossiers.models import Dossier
from procedures.worktime import classify, is_late
from procedures.worktime.lateness import in_time_at, late_at, passed, timeliness_sql
from tests.factories import local, make_dossier

TINY = timedelta(microseconds=1)
MOMENT = local(2018, 5, 3, 10, 30) + timedelta(seconds=20)
# the due moment; how it is judged by the day, and by the minute
BORDERS = [
    (local(2018, 5, 2, 17), "late", "late"),
    (local(2018, 5, 3, 0) - TINY, "late", "late"),
    (local(2018, 5, 3, 0), "on_time", "late"),
    (local(2018, 5, 3, 10, 30) - TINY, "on_time", "late"),
    (local(2018, 5, 3, 10, 30), "on_time", "on_time"),
    (local(2018, 5, 3, 10, 31) - TINY, "on_time", "on_time"),
    (local(2018, 5, 3, 10, 31), "on_time", "early"),
    (local(2018, 5, 4, 0) - TINY, "on_time", "early"),
    (local(2018, 5, 4, 0), "early", "early"),
]
JUDGED = [(due, False, by_day) for due, by_day, _ in BORDERS] + [
    (due, True, by_minute) for due, _, by_minute in BORDERS
]


def row_of(dossier, **columns):
    rows = Dossier.objects.filter(pk=dossier.pk)
    rows.update(**columns)
    return rows


@pytest.mark.parametrize(("due", "exact", "judged"), JUDGED)
def test_a_border_has_one_answer_in_every_form(due, exact, judged, district):
    rows = row_of(make_dossier(district), due_at=due, due_exact=exact, standing=False)
    sql = timeliness_sql("%s::timestamptz", "due_at", "due_exact", "standing")

    assert classify(MOMENT, due, exact=exact) == judged
    assert is_late(MOMENT, due, exact=exact) == (judged == "late")
    assert rows.filter(late_at(MOMENT)).exists() == (judged == "late")
    assert rows.filter(in_time_at(MOMENT)).exists() == (judged != "late")
    assert rows.filter(passed("due_at", MOMENT, exact=exact)).exists() == (judged == "late")
    in_sql = RawSQL(sql, [MOMENT] * sql.count("%s"), TextField())
    assert rows.annotate(in_sql=in_sql).get().in_sql == judged


@pytest.mark.parametrize(("due", "exact", "judged"), JUDGED)
def test_while_the_clock_stands_it_is_neither_late_nor_in_time(due, exact, judged, district):
    rows = row_of(make_dossier(district), due_at=due, due_exact=exact, standing=True)

    assert classify(MOMENT, due, exact=exact, standing=True) == "standing"
    assert not is_late(MOMENT, due, exact=exact, standing=True)
    assert not rows.filter(late_at(MOMENT) | in_time_at(MOMENT)).exists()


@pytest.mark.parametrize("exact", [False, True])
def test_without_a_due_date_nothing_is_late_or_in_time(exact, district):
    rows = row_of(make_dossier(district), due_at=None, due_exact=exact, standing=False)

    assert not rows.filter(late_at(MOMENT) | in_time_at(MOMENT)).exists()
