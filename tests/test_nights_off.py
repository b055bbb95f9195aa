"""The machine stood without power for three nights: what fell due is done at the start, once."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
import time_machine
from django.utils.timezone import localtime
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from dossiers.jobs import seal_yesterday
from dossiers.models import Seal
from khanhson_portal.ground import timetable
from khanhson_portal.publication.jobs import prepare_month
from khanhson_portal.publication.models import MonthReport
from tests.factories import local, make_dossier, make_procedure

JOB = "dossiers.jobs.seal_yesterday"
TIMETABLE = {"Đêm": timetable.Daily(JOB, time(0, 30)), "Phút": timetable.Every(JOB, 2)}
BEFORE = local(2026, 11, 27, 17)  # Friday evening: the switch
AFTER = local(2026, 11, 30, 7, 15)  # Monday morning


@pytest.fixture
def _nothing_queued(db, monkeypatch):
    # the test's own transaction lives in this connection
    monkeypatch.setattr("django_q.scheduler.close_old_django_connections", lambda: None)
    OrmQ.objects.all().delete()
    Schedule.objects.all().delete()


def start_at(moment) -> int:
    """Start the portal at ``moment``; return how many jobs its worker takes up at once."""
    OrmQ.objects.all().delete()
    with time_machine.travel(moment, tick=False):
        timetable.write(TIMETABLE)
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        scheduler(broker=get_broker())
        scheduler(broker=get_broker())
    return OrmQ.objects.count()


@pytest.mark.usefixtures("_nothing_queued")
def test_what_fell_due_while_the_machine_was_off_runs_once_at_the_start():
    assert start_at(BEFORE) == 0

    assert start_at(AFTER) == 2

    nightly = Schedule.objects.get(name="Đêm")
    assert localtime(nightly.next_run) == local(2026, 12, 1, 0, 30)
    assert start_at(AFTER + timedelta(minutes=1)) == 0


@pytest.mark.usefixtures("_nothing_queued")
def test_a_start_before_the_worker_came_to_it_loses_nothing():
    start_at(BEFORE)
    with time_machine.travel(AFTER, tick=False):
        timetable.write(TIMETABLE)
        timetable.write(TIMETABLE)

    assert start_at(AFTER + timedelta(minutes=1)) == 2


@pytest.mark.usefixtures("_nothing_queued")
def test_a_start_that_missed_nothing_runs_nothing_early():
    start_at(BEFORE)

    assert start_at(BEFORE + timedelta(minutes=1)) == 0
    assert localtime(Schedule.objects.get(name="Đêm").next_run) == local(2026, 11, 28, 0, 30)


def test_every_day_without_a_seal_is_sealed_by_one_run(district):
    version = make_procedure(district.desk, district.office)
    days = [local(2018, 5, day) for day in (7, 8, 9)]
    for moment in days:
        make_dossier(district, version, now=moment)

    seal_yesterday()

    assert {seal.day for seal in Seal.objects.all()} >= {moment.date() for moment in days}
    assert seal_yesterday() == "nothing to seal"


def test_every_month_without_a_report_is_drafted_by_one_run(db):
    with time_machine.travel(local(2018, 5, 3)):
        prepare_month()
    with time_machine.travel(local(2018, 8, 2)):
        prepare_month()

    drafted = MonthReport.objects.order_by("year", "month").values_list("year", "month")
    assert list(drafted) == [(2018, 4), (2018, 5), (2018, 6), (2018, 7)]
