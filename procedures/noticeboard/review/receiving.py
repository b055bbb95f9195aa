"""Taking a proposal in: it gets a code at once; machines that send many are slowed down.

Codes run without gaps within a year, whatever the number of workers.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from khanhson_portal.ground.brake import Brake
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.presses import made_before
from procedures.catalogue import ProcedureVersion
from procedures.noticeboard import ReviewProposal, Source
from procedures.offices import Officer

FLOOD = Brake(
    "review",
    window=timedelta(hours=1),
    per_address=10,  # beyond it one every two minutes: a village shares one address
    of_all=200,
    pace=timedelta(minutes=2),
)
LOCK = 643_301  # any number of our own


def receive(
    proposal: ReviewProposal,
    version: ProcedureVersion,
    now: datetime,
    *,
    by: Officer | None = None,
    address: str = "",
    nonce: UUID | None = None,
) -> ReviewProposal:
    """Store ``proposal`` about ``version`` and return it with its code.

    With ``by`` it comes from staff, else from a citizen at ``address``. The same press twice is
    one proposal. Raises TooFast.
    """
    proposal.procedure, proposal.title = version.procedure, version.title
    proposal.source = Source.STAFF if by else Source.CITIZEN
    proposal.by, proposal.received_at = by, now
    proposal.received_on = local_day(now)
    proposal.nonce = nonce
    with transaction.atomic():
        made = made_before(ReviewProposal.objects.all(), nonce)
        if made:
            return made
        if not by:
            FLOOD.check(address, now)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        proposal.code = _next_code(proposal.received_on.year)
        proposal.save()
        if not by:
            FLOOD.count(address, now)
    return proposal


def _next_code(year: int) -> str:
    number = ReviewProposal.objects.filter(received_on__year=year).count() + 1
    return f"RS-{year}-{number:04}"
