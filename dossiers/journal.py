"""The journal of a dossier: appending an event, its hash, the day's seal, and verifying all of it.

Writers of different dossiers never wait for each other: the chain of hashes runs inside one
dossier, whose row the act holds locked anyway. Once a day the last hashes of every dossier that
moved are sealed into one, so that a whole forged chain shows as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, Protocol, TypeVar

from django.db import transaction
from django.db.models import Max

from dossiers.models import Dossier, Event, RecordedAct, Seal
from khanhson_portal.ground import frozen
from khanhson_portal.ground.moments import LOCAL, ONE_DAY, day_bounds, first_moment, local_day

R = TypeVar("R", bound=RecordedAct)


class Chained(Protocol):
    """A row whose events hang together: how many there are, and the hash of the last."""

    events_count: Any
    last_hash: Any


def canonical(value: Any) -> str:
    """Return JSON that is the same for equal values: sorted keys, no spaces, UTC moments."""
    return frozen.canonical(value, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).isoformat(timespec="microseconds")
    return str(value)


def sha256(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def hash_of(event: RecordedAct) -> str:
    """Return what the hash of ``event`` must be: its columns and the hash before it."""
    columns = {name: getattr(event, name) for name in event.hashed}
    return sha256(event.previous_hash + canonical(columns))


def append(event: R, subject: Chained) -> R:
    """Chain ``event`` behind the last one of its subject and insert it.

    The subject's row must be locked by the caller, and is brought up to date (not saved).
    """
    event.number = subject.events_count + 1
    event.previous_hash = subject.last_hash
    event.hash = hash_of(event)
    event.save(force_insert=True)
    subject.events_count, subject.last_hash = event.number, event.hash
    return event


# Seals -----------------------------------------------------------------------------------------


def seal_day(day: date, now: datetime) -> Seal | None:
    """Seal every day up to ``day`` that has events and no seal; returns the last seal made.

    Running it again makes nothing. Raises ValueError for a day that is not over.
    """
    if day >= local_day(now):
        raise ValueError(f"{day} is not over yet")
    made = None
    with transaction.atomic():
        last = Seal.objects.select_for_update().first()
        for unsealed in _unsealed_days(last.day if last else None, day):
            dossiers, events, root = day_root(unsealed)
            made = last = Seal.objects.create(
                day=unsealed,
                dossiers=dossiers,
                events=events,
                root=sha256((last.root if last else "") + root),
                previous=last.root if last else "",
                sealed_at=now,
            )
    return made


def _unsealed_days(after: date | None, until: date) -> list[date]:
    events = Event.objects.filter(recorded_at__lt=first_moment(until + ONE_DAY))
    if after:
        events = events.filter(recorded_at__gte=first_moment(after + ONE_DAY))
    return events.dates_of_recording()


def day_root(day: date) -> tuple[int, int, str]:
    """Return how many dossiers moved on ``day``, in how many events, and the hash over their ends.

    Index: event_by_time.
    """
    start, end = day_bounds(day)
    events = Event.objects.filter(recorded_at__gte=start, recorded_at__lt=end)
    ends = events.values("dossier").annotate(last=Max("number")).order_by("dossier")
    numbers = {row["dossier"]: row["last"] for row in ends}
    hashes = {
        (dossier, number): digest
        for dossier, number, digest in events.values_list("dossier", "number", "hash")
    }
    lines = (f"{dossier}:{hashes[dossier, last]}" for dossier, last in numbers.items())
    return len(numbers), len(hashes), sha256("\n".join(lines))


# Verifying -------------------------------------------------------------------------------------


def faults() -> Iterator[str]:
    """Yield one Vietnamese line for every break in the chains, the summaries and the seals."""
    events = Event.objects.order_by("dossier", "number").iterator(chunk_size=2000)
    ends: dict[int, tuple[int, str]] = {}
    for dossier_id, chain in groupby(events, key=lambda event: event.dossier_id):
        previous, number = "", 0
        for event in chain:
            number += 1
            if event.number != number or event.previous_hash != previous:
                yield f"Hồ sơ số {dossier_id}: thiếu sự kiện trước sự kiện {event.number}."
            if event.hash != hash_of(event):
                yield f"Hồ sơ số {dossier_id}: sự kiện {event.number} đã bị sửa."
            previous, number = event.hash, event.number
        ends[dossier_id] = (number, previous)
    dossiers = Dossier.objects.values_list("pk", "events_count", "last_hash")
    for pk, count, last_hash in dossiers.iterator(chunk_size=5000):
        if ends.pop(pk, (0, "")) != (count, last_hash):
            yield f"Hồ sơ số {pk}: nhật ký không khớp với hồ sơ (thiếu hoặc thừa sự kiện cuối)."
    for pk in ends:
        yield f"Hồ sơ số {pk}: có nhật ký nhưng không còn hồ sơ."
    yield from _seal_faults()


def _seal_faults() -> Iterator[str]:
    previous = ""
    for seal in Seal.objects.order_by("day"):
        dossiers, events, root = day_root(seal.day)
        found = (dossiers, events, sha256(previous + root), previous)
        if found != (seal.dossiers, seal.events, seal.root, seal.previous):
            yield f"Niêm phong ngày {seal.day:%d/%m/%Y} không khớp với nhật ký."
        previous = seal.root
