"""What an intake form holds when it comes back: as typed, plus what a scan or a small button adds.

Scan, "tìm người", "dùng lại" and "là chủ" only fill in; they never save.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from dossiers.acts import Hand, visits
from dossiers.counter.forms import filling
from dossiers.counter.known_people import Notice, doubts, offer
from dossiers.models import Party


@dataclass(frozen=True)
class Typed:
    """``data`` goes into the form. ``filled``: something was added, nobody asked to save."""

    data: QueryDict | None
    filled: bool = False
    notices: list[Notice] = field(default_factory=list)


def read(typed: QueryDict, hand: Hand, day: date, visitor: Party | None) -> Typed:
    """Return what a POST of the intake form brings, and whether it asks to save it."""
    scanned = filling.from_scan(typed, day)
    if scanned:
        offers = offer(scanned.part, scanned.number, hand)
        return Typed(scanned.data, True, [Notice.of_scan(scanned), *offers])
    if "la-chu" in typed:
        return Typed(filling.submitter_owns(typed, visitor), True)
    if "tim-nguoi" in typed:
        part = filling.SUBMITTER if typed["tim-nguoi"] == filling.SUBMITTER else filling.OWNER
        found = offer(part, typed.get(f"{part}_identity", ""), hand)
        return Typed(typed, True, [*(found or [Notice.nobody(part)]), *doubts(part, typed)])
    if "dung-lai" in typed:
        return _reused(typed, hand)
    return Typed(typed)


def _reused(typed: QueryDict, hand: Hand) -> Typed:
    part, _, number = str(typed["dung-lai"]).partition(":")
    known = number.isascii() and number.isdigit() and len(number) < 10
    party = visits.reuse(int(number), hand) if known else None
    if party and part in (filling.OWNER, filling.SUBMITTER):
        return Typed(filling.from_party(typed, part, party), True, [Notice.reused(part, party)])
    return Typed(typed, True, [Notice.nobody(filling.OWNER)])
