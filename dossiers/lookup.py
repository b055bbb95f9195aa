"""Tra cứu without an account: code and secret together, and nothing learned from a wrong guess.

A wrong code and a wrong secret take the same road: one query, one comparison, one recorded
failure, the same words. Guessing slows down (``khanhson_portal.ground.brake``).
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from dossiers.models import Dossier
from khanhson_portal.ground.brake import Brake

GUESSING = Brake(
    "lookup",
    window=timedelta(minutes=15),
    per_subject=8,
    subject_pace=timedelta(minutes=1),
    per_address=60,  # a village, or the customers of a mobile network, share one address
    of_all=1000,
    pace=timedelta(seconds=10),
)
NO_SECRET = "x" * 8


def by_code_and_secret(code: str, secret: str, address: str, now: datetime) -> Dossier | None:
    """Return the dossier whose printed code and secret these are, None for any mistake.

    Raises TooFast where this address has to wait for its next try.
    """
    code = normal_code(code)
    GUESSING.check(address, now, code)
    found = Dossier.objects.filter(code=code).values_list("pk", "secret").first()
    pk, expected = found or (None, NO_SECRET)
    if hmac.compare_digest(normal_secret(secret).encode(), expected.encode()) and pk:
        return Dossier.objects.for_tracking(now).get(pk=pk)
    GUESSING.count(address, now, code)
    return None


def normal_code(code: str) -> str:
    """Return a code as stored, however it was typed: spaces, lower case, long dashes."""
    joined = "".join(code.split()).upper()
    return joined.translate(str.maketrans("–—−‐‑_", "------"))[:60]


def normal_secret(secret: str) -> str:
    """Return the digits of what was typed."""
    return "".join(char for char in secret if char.isascii() and char.isdigit())[:20]
