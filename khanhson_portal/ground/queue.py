"""The door of the queue: the worker runs the functions that jobs modules declare, nothing else.

A row in the queue's tables could name any function of any library. Jobs are marked with
``@timetable.job``; whatever else comes out of the queue is thrown away before a worker sees it,
and said in the log.
"""

from __future__ import annotations

import logging
from typing import Any

from django_q.brokers import Broker
from django_q.brokers.orm import ORM
from django_q.brokers.redis_broker import Redis
from django_q.signing import BadSignature, SignedPackage

from khanhson_portal.ground.timetable import JOBS

log = logging.getLogger("portal.queue")


def refusal(task: dict[str, Any]) -> str:
    """Return why the worker must not run ``task``, "" where it may.

    A hook is a second function, called with the result: no job of the portal has one.
    """
    if task.get("func") not in JOBS:
        return f"{task.get('func')!r} không phải việc nền đã khai báo"
    if task.get("hook"):
        return f"hàm gọi sau {task['hook']!r} không được phép"
    return ""


class _JobsOnly(Broker):
    """A broker that gives out declared jobs; the rest is deleted and logged by name."""

    def dequeue(self) -> list[tuple[Any, str]]:
        return [one for one in super().dequeue() or [] if self._may_run(*one)]

    def _may_run(self, ack_id: Any, payload: str) -> bool:
        try:
            task = SignedPackage.loads(payload)
        except (TypeError, BadSignature):
            return True  # not of our making: the queue itself refuses what is not signed
        reason = refusal(task)
        if reason:
            log.error("refused a task of the queue: %s", reason)
            self.fail(ack_id)
        return not reason


class OrmBroker(_JobsOnly, ORM):
    """Jobs wait in PostgreSQL."""


class RedisBroker(_JobsOnly, Redis):
    """Jobs wait in Redis."""
