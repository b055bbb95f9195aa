"""What a version says differently from another, field by field, in words.

Lists are compared line by line, texts word by word; both versions must have been filled by
``reading.fill``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from khanhson_portal.ground.words import short_date
from procedures.catalogue import Confidence, ProcedureVersion
from procedures.catalogue.importing.aspects import LABELS, differs, in_words
from procedures.catalogue.importing.known import content_of
from procedures.catalogue.importing.records import Value

OF_THE_OFFICE = [
    "linked", "receipt_needed", "on_supplement", "reply_window", "max_requests", "supplement_basis",
]  # fmt: skip
LONGEST_COMPARED = 3000  # words: longer texts are shown whole, old beside new


class Part(NamedTuple):
    text: str
    changed: bool


@dataclass(frozen=True)
class Difference:
    """One field, old and new as parts; what is in one and not in the other is ``changed``."""

    label: str
    old: list[Part]
    new: list[Part]


def between(old: ProcedureVersion | None, new: ProcedureVersion) -> list[Difference]:
    """Return the fields in which ``new`` differs from ``old``; everything said, without an old."""
    return list(_contents(old, new)) + list(_columns(old, new))


def _contents(old: ProcedureVersion | None, new: ProcedureVersion) -> Iterator[Difference]:
    before = content_of(old) if old else {}
    for aspect, value in content_of(new).items():
        was = before.get(aspect, type(value)())
        if old is None and not value:
            continue
        if old is None or differs(aspect, was, value):
            listed = isinstance(value, tuple)
            pair = _told(aspect, was), _told(aspect, value)
            yield Difference(
                LABELS[aspect], *(_compared_lines(*pair) if listed else _compared_words(*pair))
            )


def _columns(old: ProcedureVersion | None, new: ProcedureVersion) -> Iterator[Difference]:
    for name in OF_THE_OFFICE:
        was, value = _column_in_words(old, name), _column_in_words(new, name)
        if old and was != value:
            label = str(ProcedureVersion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield Difference(label, [Part(was, True)], [Part(value, True)])
    if old is None or old.valid_from != new.valid_from:
        was = short_date(old.valid_from) if old else ""
        yield Difference(
            "có hiệu lực từ ngày", [Part(was, True)], [Part(short_date(new.valid_from), True)]
        )


def _told(aspect: str, value: Value) -> str:
    return str(Confidence(str(value)).label) if aspect == "confidence" else in_words(aspect, value)


def _column_in_words(version: ProcedureVersion | None, name: str) -> str:
    if version is None:
        return ""
    value = getattr(version, name)
    if isinstance(value, bool):
        return "có" if value else "không"
    display = getattr(version, f"get_{name}_display", None)
    return str(display() if display else value or "")


def _compared_lines(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Compare lists without regard to order: sources shuffle their rows."""
    before, after = Counter(old.split("\n")), Counter(new.split("\n"))
    return (
        [Part(f"{line}\n", line not in after) for line in old.split("\n") if line],
        [Part(f"{line}\n", line not in before) for line in new.split("\n") if line],
    )


def _compared_words(old: str, new: str) -> tuple[list[Part], list[Part]]:
    before, after = old.split(" "), new.split(" ")
    if not old or not new or max(len(before), len(after)) > LONGEST_COMPARED:
        return [Part(old, True)], [Part(new, True)]
    was: list[Part] = []
    now: list[Part] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        changed = kind != "equal"
        was += [Part(" ".join(before[a:b]) + " ", changed)] if b > a else []
        now += [Part(" ".join(after[c:d]) + " ", changed)] if d > c else []
    return was, now
