"""A number opens exactly the rows it counts, at every border of the day and of the minute."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.counter.views.desk import FIGURES
from dossiers.models import Dossier, State
from dossiers.models.conditions import CONDITIONS
from dossiers.models.state import RUNNING
from khanhson_portal.ground.moments import local_day
from tests.factories import local, make_dossier

NOW = local(2018, 5, 3, 10, 30) + timedelta(seconds=20)
TODAY = date(2018, 5, 3)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

MOMENTS = st.sampled_from(
    [
        local(2018, 5, 3, 10, 29),  # a minute ago
        local(2018, 5, 3, 10, 30),  # this very minute
        NOW,
        local(2018, 5, 3, 10, 31),
        local(2018, 5, 3, 0),
        local(2018, 5, 3, 0) - timedelta(microseconds=1),
        local(2018, 5, 3, 6, 30),  # yesterday in UTC
        local(2018, 5, 3, 17),
        local(2018, 5, 4, 0),
        local(2018, 5, 4, 17),
        local(2018, 5, 6, 23, 59),
        local(2018, 5, 7, 0),
        local(2018, 4, 27, 23, 59),
        local(2018, 4, 28, 0),
    ]
)
STATES = [*RUNNING, State.SUBMITTED, State.FINISHED, State.RETURNED, State.WITHDRAWN]
ROWS = st.fixed_dictionaries(
    {
        "state": st.sampled_from(STATES),
        "due_at": st.none() | MOMENTS,
        "due_exact": st.booleans(),
        "standing": st.booleans(),
        "awaited_by": st.none() | MOMENTS,
        "entered_at": MOMENTS,
        "finished_at": MOMENTS,
        "returned_at": st.just(NOW),
        "promised_at": st.none() | MOMENTS,
        "signing": st.sampled_from(["", "proposed", "signed"]),
    }
)


@pytest.fixture
def dossiers(district):
    return [make_dossier(district) for _ in range(6)]


def minute(moment):
    return moment.replace(second=0, microsecond=0)


def is_late(row) -> bool:
    if not row["due_at"] or row["standing"] or row["state"] not in RUNNING:
        return False
    if row["due_exact"]:
        return minute(row["due_at"]) < minute(NOW)
    return local_day(row["due_at"]) < TODAY


def due_on(row, first: date, last: date) -> bool:
    runs = row["state"] in RUNNING and not row["standing"] and row["due_at"]
    return bool(runs) and first <= local_day(row["due_at"]) <= last and not is_late(row)


def day_over(moment) -> bool:
    return moment is not None and local_day(moment) < TODAY


# what each figure says, once more and in other words
SAID = {
    "overdue": is_late,
    "apologised": lambda r: is_late(r) and bool(r["promised_at"]),
    "due_today": lambda r: due_on(r, TODAY, TODAY),
    "due_soon": lambda r: due_on(r, TODAY + DAY, TODAY + 3 * DAY),
    "awaiting_supplement": lambda r: r["state"] == State.AWAITING_SUPPLEMENT,
    "reply_overdue": lambda r: (
        r["state"] == State.AWAITING_SUPPLEMENT and day_over(r["awaited_by"])
    ),
    "awaiting_return": lambda r: r["state"] == State.FINISHED,
    "long_on_shelf": lambda r: (
        r["state"] == State.FINISHED and local_day(r["finished_at"]) < TODAY - 5 * DAY
    ),
    "received": lambda r: local_day(r["entered_at"]) == TODAY,
    "for_signing": lambda r: (
        r["state"] in {State.ACCEPTED, State.IN_PROGRESS} and r["signing"] == "proposed"
    ),
    "unanswered": lambda r: r["state"] == State.SUBMITTED,
}


def test_every_condition_is_said_once_more_here():
    assert set(SAID) == set(CONDITIONS)


@given(st.lists(ROWS, min_size=6, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_figure_is_the_length_of_the_list_it_opens_and_means_what_it_says(dossiers, rows):
    for dossier, row in zip(dossiers, rows, strict=True):
        Dossier.objects.filter(pk=dossier.pk).update(**row)

    figures = Dossier.objects.figures(NOW, *CONDITIONS)

    for name, said in SAID.items():
        opened = set(Dossier.objects.under(name, NOW).values_list("pk", flat=True))
        assert opened == {d.pk for d, row in zip(dossiers, rows, strict=True) if said(row)}, name
        assert figures[name] == len(opened), name


def test_on_the_desk_each_number_opens_a_page_with_as_many_rows(
    dossiers, district, client, time_machine
):
    for dossier, fields in zip(
        dossiers,
        [
            {"due_at": NOW - 2 * MINUTE, "due_exact": True},  # due today, its minute over: late
            {"due_at": NOW - 2 * MINUTE},  # due today, by the day
            {"due_at": NOW + DAY, "signing": "proposed"},
            {"state": State.AWAITING_SUPPLEMENT, "standing": True, "awaited_by": NOW - DAY,
             "signing": "proposed"},
            {"state": State.FINISHED, "finished_at": NOW - 9 * DAY},
            {"state": State.SUBMITTED, "awaited_by": NOW},
        ],
        strict=True,
    ):  # fmt: skip
        Dossier.objects.filter(pk=dossier.pk).update(**fields)
    time_machine.move_to(NOW, tick=False)
    client.force_login(district.receiver)

    shown = client.get(reverse("dossiers:desk")).context["figures"]

    assert [figure.slug for figure in shown] == [CONDITIONS[name].slug for name in FIGURES]
    for figure in shown:
        page = client.get(reverse("dossiers:desk"), {"loc": figure.slug})
        assert page.context["page"].paginator.count == figure.count, figure
        assert [f.slug for f in page.context["figures"] if f.current] == [figure.slug]
    counted = {figure.slug: figure.count for figure in shown}
    assert (counted["tre-hen"], counted["hom-nay"], counted["trinh-ky"]) == (1, 1, 1)


def test_a_word_nobody_knows_opens_the_whole_desk(dossiers, district, client):
    client.force_login(district.receiver)

    page = client.get(reverse("dossiers:desk"), {"loc": "khong-co"})

    assert (page.context["chosen"], page.context["page"].paginator.count) == ("", 6)
