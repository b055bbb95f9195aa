"""Help for tests with real processes and connections: the test database's address, many at once,
an empty database afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from threading import Barrier, Thread

from django.db import connection, connections

KEPT = ("django_content_type", "auth_permission", "django_migrations")


def environment() -> dict[str, str]:
    """Return the environment in which a process works on this test's database."""
    settings = connections.settings["default"]
    host, port = settings["HOST"], settings["PORT"] or "5432"
    login = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    url = f"postgresql://{login}@/{settings['NAME']}?host={host}&port={port}"
    return {
        **os.environ,
        "PORTAL_DATABASE_URL": url,
        "PORTAL_DATABASE_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "khanhson_portal.settings",
    }


def start(script: str) -> subprocess.Popen[bytes]:
    """Start Python on ``script`` with Django set up on this test's database."""
    code = "import django; django.setup()\n" + script
    return subprocess.Popen([sys.executable, "-c", code], env=environment(), stderr=subprocess.PIPE)


def emptied_afterwards() -> Iterator[None]:
    """Body of a fixture: rows that other processes can see, and none of them left behind."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in connection.introspection.table_names():
            if not table.startswith(KEPT):
                cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("SET session_replication_role = origin")


def at_once(call: Callable[[], object], times: int = 12) -> list[object]:
    """Call it from so many threads, each with a connection of its own; return what each got."""
    gate, answers = Barrier(times), list[object]()

    def run() -> None:
        gate.wait()
        try:
            answers.append(call())
        except Exception as raised:
            answers.append(raised)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
