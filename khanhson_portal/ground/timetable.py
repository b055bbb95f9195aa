"""Background jobs: which functions they are, and their timetable, queued after ``migrate``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar

from django.utils.timezone import localtime, make_aware

Job = TypeVar("Job", bound=Callable[..., str])
JOBS: set[str] = set()  # what the worker may run, by dotted name: see ``ground.queue``


def job(function: Job) -> Job:
    """Declare a function of a jobs module as one that the worker may run."""
    JOBS.add(f"{function.__module__}.{function.__qualname__}")
    return function


@dataclass(frozen=True)
class Daily:
    job: str
    at: time


@dataclass(frozen=True)
class Every:
    job: str
    minutes: int


def write(timetable: dict[str, Daily | Every]) -> None:
    """Make the queue's schedules of these names equal to ``timetable``.

    What fell due while the machine was off stays due: the worker runs it at once, and once.
    """
    from django_q.models import Schedule

    now = localtime()
    due_at = dict(Schedule.objects.values_list("name", "next_run"))
    for name, entry in timetable.items():
        is_overdue = name in due_at and due_at[name] <= now
        defaults = {"func": entry.job, "next_run": _run_at(entry, is_overdue, now)}
        if isinstance(entry, Daily):
            defaults |= {"schedule_type": Schedule.DAILY}
        else:
            defaults |= {"schedule_type": Schedule.MINUTES, "minutes": entry.minutes}
        Schedule.objects.update_or_create(name=name, defaults=defaults)


def _run_at(entry: Daily | Every, is_overdue: bool, now: datetime) -> datetime:
    """Return when a job runs next; the queue counts on from it: an overdue one keeps its hour."""
    if isinstance(entry, Every):
        return now if is_overdue else now + timedelta(minutes=entry.minutes)
    today = make_aware(datetime.combine(now, entry.at))
    coming = today if today > now else today + timedelta(days=1)
    return coming - timedelta(days=1) if is_overdue else coming
