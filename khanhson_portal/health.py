"""Is the portal well? Database, the age of the oldest waiting job, room on the disk."""

from __future__ import annotations

import shutil
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

LONGEST_WAIT = 900  # seconds a job may lie in the queue before the worker counts as dead
LEAST_ROOM = 500 * 1024 * 1024  # bytes

PLAIN_APOLOGY = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Cổng đang gián đoạn</title>
<body style="font-family:system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem">
<h1>Cổng đang gián đoạn</h1>
<p>Việc vừa rồi chưa được ghi nhận. Xin thử lại sau ít phút;
những gì đã có mã hồ sơ vẫn còn nguyên.</p>
<p><a href="/">Về trang đầu</a></p></body></html>"""


def report() -> dict[str, Any]:
    """Return what a monitor needs; ``ok`` is the verdict. No personal data, no versions."""
    found: dict[str, Any] = {"database": False, "queue_seconds": None, "disk_free": _room()}
    try:
        found["queue_seconds"] = _oldest_job()
        found["database"] = True
    except DatabaseError:
        pass
    waiting = found["queue_seconds"] or 0
    found["ok"] = found["database"] and waiting < LONGEST_WAIT and found["disk_free"] > LEAST_ROOM
    return found


def _oldest_job() -> int:
    """Return for how many seconds the oldest job has been waiting beyond its time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(EXTRACT(EPOCH FROM now() - min(lock)), 0) FROM django_q_ormq "
            "WHERE lock < now()"
        )
        (seconds,) = cursor.fetchone()
    return int(seconds)


def _room() -> int:
    return shutil.disk_usage(settings.DATA_DIR).free
