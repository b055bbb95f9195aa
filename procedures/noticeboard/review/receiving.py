"""Taking a proposal in: it gets a code at once; machines that send many are slowed down.

Codes run without gaps within a year, whatever the number of workers.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from khanhson_portal.ground.moments import local_day
from procedures.catalogue import ProcedureVersion
from procedures.noticeboard import ReviewProposal, Source
from procedures.offices import Officer

WINDOW = timedelta(hours=1)
MOST_PER_SENDER = 10  # per window; a village shares one address
MOST_OF_ALL = 200
HIDDEN = {"", "127.0.0.1", "::1"}
LOCK = 643_301  # any number of our own


class TooManyProposals(Exception):
    """Wait a while; ``str()`` is a Vietnamese sentence."""


def sender_key(address: str) -> str:
    """Return a keyed hash: no address is stored in clear.

    Behind a proxy that hides addresses everybody would be one sender: then "", and only the
    limit of all counts.
    """
    if address in HIDDEN:
        return ""
    message = f"review:{address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def receive(
    proposal: ReviewProposal,
    version: ProcedureVersion,
    now: datetime,
    *,
    by: Officer | None = None,
    address: str = "",
) -> ReviewProposal:
    """Store ``proposal`` about ``version`` and return it with its code.

    With ``by`` it comes from staff, else from a citizen at ``address``. Raises TooManyProposals.
    """
    proposal.procedure, proposal.title = version.procedure, version.title
    proposal.source = Source.STAFF if by else Source.CITIZEN
    proposal.by, proposal.received_at = by, now
    proposal.received_on = local_day(now)
    proposal.sender_key = "" if by else sender_key(address)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if not by:
            _refuse_flood(proposal.sender_key, now)
        proposal.code = _next_code(proposal.received_on.year)
        proposal.save()
    return proposal


def _refuse_flood(key: str, now: datetime) -> None:
    recent = ReviewProposal.objects.filter(source=Source.CITIZEN, received_at__gt=now - WINDOW)
    mine = recent.filter(sender_key=key).count() if key else 0
    if mine >= MOST_PER_SENDER or recent.count() >= MOST_OF_ALL:
        raise TooManyProposals(
            "Trong một giờ qua đã có nhiều đề nghị gửi từ đây. Những gì bà con viết vẫn còn bên "
            "dưới: chờ khoảng một giờ rồi bấm gửi lại, hoặc đưa cho cán bộ ở quầy."
        )


def _next_code(year: int) -> str:
    number = ReviewProposal.objects.filter(received_on__year=year).count() + 1
    return f"RS-{year}-{number:04}"
