"""The journal of a dossier: appending an event, its hash, and verifying the chains.

Writers of different dossiers never wait for each other: the chain of hashes runs inside one
dossier, whose row the act holds locked anyway. Each event also holds a digest of the dossier's
columns after it. A whole forged chain shows by the seal of its day (``dossiers.seals``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from django.apps import apps

from dossiers.models import RecordedAct
from khanhson_portal.ground import frozen
from khanhson_portal.ground.moments import LOCAL

R = TypeVar("R", bound=RecordedAct)


class Chained(Protocol):
    """A row whose events hang together: how many there are, and the hash of the last."""

    events_count: Any
    last_hash: Any

    def columns(self) -> dict[str, Any]: ...


CHAIN = {"id", "events_count", "last_hash"}  # of a subject, by what only appending moves


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


def summary_of(subject: Chained) -> str:
    """Return the digest of a subject's columns, its secret among them."""
    columns = {name: value for name, value in subject.columns().items() if name not in CHAIN}
    return sha256(canonical(columns))


def append(event: R, subject: Chained) -> R:
    """Chain ``event`` behind the last one of its subject and insert it.

    The subject's row must be locked by the caller, and is brought up to date (not saved).
    """
    event.number = subject.events_count + 1
    event.previous_hash, event.summary = subject.last_hash, summary_of(subject)
    event.hash = hash_of(event)
    event.save(force_insert=True)
    subject.events_count, subject.last_hash = event.number, event.hash
    return event


# Verifying -------------------------------------------------------------------------------------


def faults() -> Iterator[str]:
    """Yield one Vietnamese line for every break in the chains and in the summaries of subjects."""
    for model in kinds():
        yield from _faults_of(model)


def kinds() -> list[type[RecordedAct]]:
    """Return every journal of the portal: of dossiers, and of whatever else acts are done to."""
    return [model for model in apps.get_models() if issubclass(model, RecordedAct)]


def subject_of(model: type[RecordedAct]) -> str:
    """Return the name of the column by which an event names its subject."""
    return next(
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and hasattr(field.related_model, "last_hash")
    )


def _faults_of(model: type[RecordedAct]) -> Iterator[str]:
    subject = subject_of(model)
    subjects: Any = model._meta.get_field(subject).related_model
    noun = str(subjects._meta.verbose_name).capitalize()
    events = model._default_manager.order_by(subject, "number").iterator(chunk_size=2000)
    ends: dict[int, tuple[int, str, str]] = {}
    for pk, chain in groupby(events, key=attrgetter(f"{subject}_id")):
        previous, number, summary = "", 0, ""
        for event in chain:
            number += 1
            if event.number != number or event.previous_hash != previous:
                yield f"{noun} số {pk}: thiếu sự kiện trước sự kiện {event.number}."
            if event.hash != hash_of(event):
                yield f"{noun} số {pk}: sự kiện {event.number} đã bị sửa."
            previous, number, summary = event.hash, event.number, event.summary
        ends[pk] = (number, previous, summary)
    for row in subjects._default_manager.order_by("pk").iterator(chunk_size=2000):
        count, last_hash, summary = ends.pop(row.pk, (0, "", ""))
        if (count, last_hash) != (row.events_count, row.last_hash):
            yield f"{noun} số {row.pk}: nhật ký không khớp với hồ sơ (sự kiện cuối thiếu, thừa)."
        elif count and summary != summary_of(row):
            yield f"{noun} số {row.pk}: các cột đã bị sửa sau sự kiện cuối."
    for pk in ends:
        yield f"{noun} số {pk}: có nhật ký nhưng không còn hồ sơ."
