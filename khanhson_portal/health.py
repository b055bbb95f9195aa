"""Is the portal well? Database, queue and worker, room on the disk; age of backup and drill."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.timezone import now

from khanhson_portal.ground.models import LastRun

LONGEST_WAIT = 900  # seconds a job may lie in the queue before the worker counts as dead
BACKUP_AGE, DRILL_AGE = timedelta(hours=36), timedelta(days=9)  # older ones no longer count
LEAST_ROOM = 500 * 1024 * 1024  # bytes

PLAIN_APOLOGY = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Cổng đang gián đoạn</title>
<body style="font-family:system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem">
<h1>Cổng đang gián đoạn</h1>
<p>Việc vừa rồi chưa được ghi nhận. Xin thử lại sau ít phút;
những gì đã có mã hồ sơ vẫn còn nguyên.</p>
<p><a href="/">Về trang đầu</a></p></body></html>"""


def report() -> dict[str, Any]:
    """Return what a monitor needs; ``ok`` is the verdict. No personal data, no versions.

    A missing backup does not make pages unwell: it stands in ``safe`` beside the verdict.
    """
    found: dict[str, Any] = {"database": False, "queue_seconds": None, "disk_free": _room()}
    try:
        found["queue_seconds"] = oldest_job()
        found |= _last_runs(now())
        found["database"] = True
    except DatabaseError:
        pass
    waiting = max(found["queue_seconds"] or 0, found.get("heartbeat_seconds") or 0)
    found["ok"] = found["database"] and waiting < LONGEST_WAIT and found["disk_free"] > LEAST_ROOM
    return found


def _last_runs(moment: datetime) -> dict[str, Any]:
    """Return ages in seconds, None for what has never run, and whether backup and drill are fresh.

    A worker that has never run on this database is known by its queue alone.
    """
    runs = {run.name: run for run in LastRun.objects.all()}
    found: dict[str, Any] = {"safe": True}
    for name, oldest in ((LastRun.Name.BACKUP, BACKUP_AGE), (LastRun.Name.DRILL, DRILL_AGE)):
        run = runs.get(name)
        found[f"{name}_seconds"] = int((moment - run.at).total_seconds()) if run else None
        found[f"{name}_well"] = run.well if run else None
        found["safe"] &= bool(run and run.well and moment - run.at < oldest)
    beat = runs.get(LastRun.Name.HEARTBEAT)
    found["heartbeat_seconds"] = int((moment - beat.at).total_seconds()) if beat else None
    return found


def database_size() -> int:
    """Return the bytes that the portal's database takes on its server's disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return int(size)


def oldest_job() -> int:
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
