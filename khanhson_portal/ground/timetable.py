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
    """Make the queue's schedules of these names equal to ``timetable``."""
    from django_q.models import Schedule

    for name, entry in timetable.items():
        if isinstance(entry, Daily):
            defaults = {"schedule_type": Schedule.DAILY, "next_run": _next(entry.at)}
        else:
            soon = localtime() + timedelta(minutes=entry.minutes)
            defaults = {
                "schedule_type": Schedule.MINUTES,
                "minutes": entry.minutes,
                "next_run": soon,
            }
        Schedule.objects.update_or_create(name=name, defaults={"func": entry.job, **defaults})


def _next(at: time) -> datetime:
    now = localtime()
    first = make_aware(datetime.combine(now, at))
    return first if first > now else first + timedelta(days=1)
