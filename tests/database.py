"""The tests' database: migrated once per set of migrations, filled once with the reference rows.

A template holds the migrated tables, named after the hash of what shaped them; each worker's
database is a copy of it. The reference rows (agencies, calendar, synonyms, forms, wordings) are
committed into the copy before the first test; a test adds its own rows in its own transaction.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

from dossiers.notices.wordings import load_wordings
from dossiers.reference import load_forms
from procedures.offices import Agency
from procedures.offices.roles import write_groups
from procedures.reference import load_reference

PREFIX = "portal_template_"
EMPTY = "template0 ENCODING 'UTF8' LOCALE 'C'"
KEPT = 5  # branches come and go: the nearest earlier template is the quickest start
LOCK = 1_506_643  # one worker migrates, the others wait for the template


def template() -> str:
    """Return the name of a migrated database that nobody is connected to, made when missing."""
    shape = _what_shapes_the_tables()
    name = PREFIX + sha256(json.dumps(shape).encode()).hexdigest()[:16]
    with _maintenance() as server:
        _give_up_safety(server)
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        known = _templates(server)
        if name not in known:
            half = "half_" + name
            grown = [n for n, was in known.items() if was.items() <= shape.items()]
            earlier = max(grown, key=lambda n: len(known[n]), default=EMPTY)
            server.execute(f"DROP DATABASE IF EXISTS {half} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {half} TEMPLATE {earlier}")
            with _connected_to(half):
                call_command("migrate", verbosity=0)
            server.execute(sql.SQL(f"COMMENT ON DATABASE {half} IS {{}}").format(json.dumps(shape)))
            server.execute(f"ALTER DATABASE {half} RENAME TO {name}")
            for old in list(known)[: -KEPT + 1]:
                for copy in _named(server, f"%{old}"):
                    server.execute(f"DROP DATABASE {copy} WITH (FORCE)")
    return name


def add_reference_rows() -> None:
    """Load what an office begins with, unless it is there: a flush after a served test empties."""
    if not Agency.objects.exists():
        load_reference()
        load_forms()
        load_wordings()
    write_groups()  # the template may be older than the table of rights


def let_flush_empty_every_table() -> None:
    """Tables that refuse to be truncated are emptied too when a test that commits is over."""
    flush = DatabaseOperations.sql_flush

    def without_triggers(self, *args, **options) -> list[str]:
        emptying = flush(self, *args, **options)
        return ["SET LOCAL session_replication_role = replica", *emptying] if emptying else []

    DatabaseOperations.sql_flush = without_triggers


def _what_shapes_the_tables() -> dict[str, str]:
    """Return the hash of every migration, and the versions of what writes tables and triggers.

    What only grew since a template was made is migrated from there instead of from nothing.
    """
    migrations = {
        f"{config.label}/{path.name}": sha256(path.read_bytes()).hexdigest()[:16]
        for config in apps.get_app_configs()
        for path in sorted(Path(config.path).glob("migrations/*.py"))
    }
    return migrations | {name: version(name) for name in ("Django", "django-pgtrigger")}


def _named(server: psycopg.Connection, pattern: str) -> list[str]:
    found = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
    return [name for (name,) in found]


def _templates(server: psycopg.Connection) -> dict[str, dict[str, str]]:
    rows = server.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname LIKE %s ORDER BY oid",
        [PREFIX + "%"],
    )
    return {name: json.loads(shape or '{"": "unknown"}') for name, shape in rows}


@contextmanager
def _maintenance():
    values = {**connection.get_connection_params(), "dbname": "postgres"}
    allowed = {"dbname", "user", "password", "host", "port"}
    with psycopg.connect(
        **{key: value for key, value in values.items() if key in allowed}, autocommit=True
    ) as server:
        yield server


def _give_up_safety(server: psycopg.Connection) -> None:
    """The tests' own cluster may lose everything at a power cut; another server is left alone."""
    if not os.environ.get("PORTAL_DATABASE_URL"):
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            server.execute(f"ALTER SYSTEM SET {name} = off")
        server.execute("SELECT pg_reload_conf()")


@contextmanager
def _connected_to(name: str):
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
