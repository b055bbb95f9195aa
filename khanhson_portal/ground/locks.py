"""Named locks of the database: one worker at a time, and a killed one leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def advisory_lock(name: str) -> Iterator[bool]:
    """Hold the named lock of this database; yields False when another process holds it.

    The lock belongs to the transaction around it, so a killed worker never leaves it behind.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [name])
        (held,) = cursor.fetchone()
        yield bool(held)
