"""What the clock of a dossier stored, now or long ago, is read the same."""

from __future__ import annotations

import pytest

from dossiers import due_dates
from dossiers.models import Dossier
from procedures.worktime import (
    DayKind,
    OnSupplement,
    Stop,
    StopReason,
    TimeLimit,
    Unit,
    compute,
    explain,
)
from tests.factories import local
from tests.procedures.test_deadlines import ASKED_AND_ANSWERED, CALENDAR

PAUSED = [Stop(*ASKED_AND_ANSWERED, OnSupplement.PAUSE)]
CASES = [
    (TimeLimit(10, Unit.WORKING_DAY), local(2018, 4, 16), PAUSED),
    (TimeLimit(10, Unit.WORKING_DAY), local(2018, 4, 16), [Stop(*ASKED_AND_ANSWERED,
                                                              OnSupplement.RESTART)]),
    (TimeLimit(30, Unit.DAY), local(2018, 8, 3), []),
    (TimeLimit(0, Unit.SAME_DAY), local(2018, 5, 25, 15, 30), []),
    (TimeLimit(8, Unit.WORKING_HOUR), local(2018, 4, 27, 16), []),
    (TimeLimit(2, Unit.HOUR), local(2018, 5, 25, 16), []),
    (TimeLimit(3, Unit.WORKING_DAY), local(2025, 4, 25), []),
    (TimeLimit(0, Unit.NONE), local(2018, 5, 23), []),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "received", "stops"), CASES)
def test_a_deadline_comes_back_from_the_store_as_it_went_in(limit, received, stops):
    deadline = compute(limit, received, CALENDAR, stops)

    assert due_dates.from_json(due_dates.as_json(deadline)) == deadline


def old_words(deadline) -> dict:
    """The same deadline as it was stored when a day was its ordinal or its words."""
    said = {
        DayKind.WAITING: "chờ bổ sung",
        DayKind.AFTER_HOURS: "hết giờ làm việc",
        DayKind.NEXT_OPEN: "",
    }
    stored = due_dates.as_json(deadline)
    stored["trace"] = [
        [t.day.isoformat(), t.counted or said.get(t.kind, t.reason)] for t in deadline.trace
    ]
    return stored


@pytest.mark.parametrize(("limit", "received", "stops"), CASES[:4])
def test_a_deadline_stored_in_words_alone_still_explains_itself(limit, received, stops):
    deadline = compute(limit, received, CALENDAR, stops)

    old = due_dates.from_json(old_words(deadline))

    assert [t.kind for t in old.trace] == [t.kind for t in deadline.trace]
    assert explain(old).replace("(chờ bổ sung)", "(chờ bổ sung giấy tờ)") == explain(deadline)


def test_stops_stored_in_words_alone_keep_their_reason():
    asked, answered = (moment.isoformat() for moment in ASKED_AND_ANSWERED)
    old = {"asked": asked, "answered": answered, "effect": "pause"}
    dossier = Dossier(stops=[{**old, "why": "chờ bổ sung"}, {**old, "why": "chờ nộp tiền"}])

    reasons = [stop.reason for stop in due_dates.stored_stops(dossier)]

    assert reasons == [StopReason.SUPPLEMENT, StopReason.PAYMENT]
