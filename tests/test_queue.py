"""The worker runs what jobs modules declare; a planted row of the queue's tables does nothing."""

from __future__ import annotations

import ast
import logging
from datetime import timedelta

import pytest
from django.utils.timezone import now
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler
from django_q.tasks import async_task

from dossiers.jobs import TIMETABLE as OF_DOSSIERS
from khanhson_portal.ground.timetable import JOBS
from khanhson_portal.publication.jobs import TIMETABLE as OF_MONTHS
from procedures.jobs import TIMETABLE as OF_PROCEDURES
from tests.test_house_rules import PRODUCT, modules


@pytest.fixture
def queue(db, caplog):
    OrmQ.objects.all().delete()
    Schedule.objects.all().delete()
    caplog.set_level(logging.ERROR, "portal.queue")
    return get_broker()


def given_out(broker) -> list[str]:
    """Return the payloads that a worker would get; the queue's lock lies a moment back."""
    OrmQ.objects.update(lock=now() - timedelta(seconds=5))
    return [payload for _, payload in broker.dequeue()]


def test_a_declared_job_is_given_to_the_worker(queue):
    async_task("dossiers.jobs.draw_papers")

    assert len(given_out(queue)) == 1


@pytest.mark.parametrize("function", ["os.mkdir", "os.system", "subprocess.run", "builtins.exec"])
def test_a_planted_task_is_thrown_away_and_said_in_the_log(queue, caplog, function):
    async_task(function, "x")

    assert not given_out(queue)
    assert not OrmQ.objects.exists()
    assert function in caplog.text


def test_a_planted_schedule_comes_to_nothing(queue, caplog, tmp_path, monkeypatch):
    # the test's own transaction lives in this connection
    monkeypatch.setattr("django_q.scheduler.close_old_django_connections", lambda: None)
    target = tmp_path / "planted"
    Schedule.objects.create(
        func="os.mkdir", args=repr(str(target)), schedule_type=Schedule.ONCE, next_run=now()
    )

    scheduler(broker=queue)

    assert OrmQ.objects.count() == 1
    assert not given_out(queue)
    assert "os.mkdir" in caplog.text
    assert not target.exists()


def test_no_second_function_rides_on_a_job(queue, caplog):
    async_task("dossiers.jobs.draw_papers", hook="os.mkdir")

    assert not given_out(queue)
    assert "os.mkdir" in caplog.text


def test_what_is_refused_keeps_nothing_else_waiting(queue):
    async_task("os.mkdir", "x")
    async_task("dossiers.jobs.draw_papers")

    assert len(given_out(queue)) + len(given_out(queue)) >= 1
    assert OrmQ.objects.count() == 1


def test_every_job_of_the_timetables_is_declared():
    assert {row.job for row in [*OF_DOSSIERS.values(), *OF_MONTHS.values(),
                                *OF_PROCEDURES.values()]} <= JOBS  # fmt: skip


def test_every_job_that_the_code_queues_is_declared():
    named = set()
    for path in (path for folder in PRODUCT for path in modules(folder)):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                parts = node.value.split(".")
                if "jobs" in parts[1:-1] and all(part.isidentifier() for part in parts):
                    named.add(node.value)
    assert named
    assert named <= JOBS
