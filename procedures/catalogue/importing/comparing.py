"""What a record says differently from a version, and which of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from procedures.catalogue.importing.aspects import LABELS, differs, in_words, says_nothing
from procedures.catalogue.importing.known import Known
from procedures.catalogue.importing.records import ProcedureRecord, Value


@dataclass(frozen=True)
class Change:
    """One aspect that would change, old and new as people read them."""

    aspect: str
    old: Value
    new: Value

    @property
    def label(self) -> str:
        return LABELS[self.aspect]

    @property
    def old_words(self) -> str:
        return in_words(self.aspect, self.old)

    @property
    def new_words(self) -> str:
        return in_words(self.aspect, self.new)


def changes_of(
    record: ProcedureRecord, known: Known, versions: Iterable[Known]
) -> tuple[Change, ...]:
    """Return what ``record`` says differently; only over the aspects its source speaks of."""
    return tuple(
        change
        for change in _differences(record, known)
        if not _gives_way(record, change, known, versions)
    )


def changes_between(old: Known, new: Known) -> tuple[Change, ...]:
    """Return everything that two versions say differently."""
    return tuple(
        Change(aspect, was, value)
        for aspect, value in new.content.items()
        if differs(aspect, was := old.content.get(aspect, type(value)()), value)
    )


def kept_back(record: ProcedureRecord, known: Known, versions: Iterable[Known]) -> tuple[str, ...]:
    """Return which of its words a record was read too doubtfully for."""
    return tuple(
        f"{change.label}: nguồn này đọc còn nghi vấn, giữ nội dung của nguồn khác"
        for change in _differences(record, known)
        if not says_nothing(change.new) and _gives_way(record, change, known, versions)
    )


def _differences(record: ProcedureRecord, known: Known) -> Iterator[Change]:
    for aspect, new in record.content.items():
        old = known.content.get(aspect, type(new)())
        if aspect == "field" and not new:  # every version has one
            continue
        if differs(aspect, old, new):
            yield Change(aspect, old, new)


def _gives_way(
    record: ProcedureRecord, change: Change, known: Known, versions: Iterable[Known]
) -> bool:
    """Whether a difference leaves the catalogue as it is.

    What a source leaves blank, or was read with doubt, does not push aside what another source
    said of the same time.
    """
    if not (says_nothing(change.new) or change.aspect in record.unsure):
        return False
    if says_nothing(change.old) or record.valid_from not in {None, known.valid_from}:
        return False
    others = [version for version in versions if version.source != record.source]
    return _said_by(others, change.aspect, change.old)


def _said_by(versions: Iterable[Known], aspect: str, value: Value) -> bool:
    return any(
        aspect in version.content and not differs(aspect, version.content[aspect], value)
        for version in versions
    )
