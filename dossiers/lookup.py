"""Tra cứu without an account: code and secret together, and nothing learned from a wrong guess.

A wrong code and a wrong secret take the same road: one query, one comparison, one recorded
failure, the same words. Guessing slows down per address and per code.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from dossiers.models import Dossier, LookupAttempt

WINDOW = timedelta(minutes=15)
MOST_FAILURES = {"code": 8, "address": 30}  # per window; several people share one address
NO_SECRET = "x" * 8


class TooManyGuesses(Exception):
    """Wait until ``until`` before the next try."""

    def __init__(self, until: datetime) -> None:
        super().__init__(str(until))
        self.until = until


def by_code_and_secret(code: str, secret: str, address: str, now: datetime) -> Dossier | None:
    """Return the dossier whose printed code and secret these are, None for any mistake.

    Raises TooManyGuesses while the code or the address has failed too often.
    """
    code = normal_code(code)
    keys = {"code": _key("code", code), "address": _key("address", address)}
    _refuse_guessing(keys, now)
    found = Dossier.objects.filter(code=code).values_list("pk", "secret").first()
    pk, expected = found or (None, NO_SECRET)
    if hmac.compare_digest(normal_secret(secret).encode(), expected.encode()) and pk:
        return Dossier.objects.for_tracking(now).get(pk=pk)
    _record_failure(list(keys.values()), now)
    return None


def normal_code(code: str) -> str:
    """Return a code as stored, however it was typed: spaces, lower case, long dashes."""
    joined = "".join(code.split()).upper()
    return joined.translate(str.maketrans("–—−‐‑_", "------"))[:60]


def normal_secret(secret: str) -> str:
    """Return the digits of what was typed."""
    return "".join(char for char in secret if char.isascii() and char.isdigit())[:20]


def _key(kind: str, value: str) -> str:
    """Return a keyed hash: no address and no code is stored in clear."""
    message = f"{kind}:{value}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def _refuse_guessing(keys: dict[str, str], now: datetime) -> None:
    recent = LookupAttempt.objects.filter(key__in=keys.values(), window__gt=now - WINDOW)
    failures = {row.key: row for row in recent}
    for kind, key in keys.items():
        row = failures.get(key)
        if row and row.failures >= MOST_FAILURES[kind]:
            raise TooManyGuesses(row.window + WINDOW)


def _record_failure(keys: list[str], now: datetime) -> None:
    """Raise each counter in one statement; a window that has passed starts anew."""
    begin = now - WINDOW
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute(RAISE, [key, now, begin, begin, now])


RAISE = """
INSERT INTO dossiers_lookupattempt AS seen (key, "window", failures) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN seen."window" > %s THEN seen.failures + 1 ELSE 1 END,
    "window" = CASE WHEN seen."window" > %s THEN seen."window" ELSE %s END
"""
