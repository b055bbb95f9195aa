"""What this process keeps of the catalogue's titles and synonyms, to rank by and mend slips with.

It is read again when the day or the catalogue's ``Edition`` is another: one small query per search,
and a new snapshot only after a change, whichever process made it.
"""

from __future__ import annotations

import math
import re
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from procedures.catalogue import Edition, ProcedureVersion, Synonym
from procedures.catalogue.search.words import SPECIAL, Word, marked_key, sound, words_of

Phrase = tuple[str, ...]

UNHEARD_OF = 3.0  # how much a word tells that no title has
LOOKED_AT = 40  # titles that tell how a word is written

_CHUNK = re.compile(r"[\w-]+")
_BRACKETS = re.compile(r"\([^)]*\)?")

_SPECIAL = {
    tuple(word.folded for word in words_of(phrase)): " ".join(map(marked_key, phrase.split()))
    for phrase in SPECIAL
}


class Key(NamedTuple):
    """What a snapshot is true for; an ``edition`` of None is a catalogue never written to."""

    edition: UUID | None
    day: date


@dataclass(eq=False)
class Entry:
    """One version as a search sees it."""

    pk: int
    procedure: int
    code: str
    title: tuple[Word, ...]
    beside: frozenset[str]  # words of the field and the keywords
    core: frozenset[str]  # words of the title without "thủ tục" and without what is in brackets
    special: frozenset[Phrase]  # what makes it a special case

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word.folded for word in self.title)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where in the title each word stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.title):
            found[word.folded].append(at)
        return dict(found)


@dataclass
class Snapshot:
    """The approved versions that have not ended, by their words, as of ``key``."""

    key: Key
    entries: dict[int, Entry] = field(default_factory=dict)
    titles: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    beside: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    synonyms: dict[Phrase, list[Synonym]] = field(default_factory=lambda: defaultdict(list))
    longest_synonym: int = 0

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every word that means something here, for undoing slips."""
        said = {word for phrase in self.synonyms for word in phrase}
        return sorted(self.titles.keys() | self.beside.keys() | said)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.vocabulary)

    @cached_property
    def by_procedure(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for entry in self.entries.values():
            found[entry.procedure].append(entry.pk)
        return found

    def weight(self, word: str) -> float:
        """Return how much a word tells: a rare one much, one of every title little."""
        if word not in self._weights:
            holders = len(self.titles.get(word, ())) or len(self.beside.get(word, ()))
            share = (len(self.entries) + 1) / (holders + 1)
            self._weights[word] = math.log(1 + share) if holders else UNHEARD_OF
        return self._weights[word]

    def whole(self, entry: Entry) -> float:
        """Return how much the core of a title tells altogether."""
        if entry.pk not in self._wholes:
            self._wholes[entry.pk] = sum(map(self.weight, entry.core)) or 1.0
        return self._wholes[entry.pk]

    def pair_weight(self, one: str, two: str) -> float:
        """Return how much two neighbouring words tell; 0 for neighbours that no title has."""
        seen = self.pairs[one, two]
        return math.log(1 + (len(self.entries) + 1) / seen) if seen else 0.0

    @cached_property
    def by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.vocabulary:
            found[sound(word)].append(word)
        return found

    def spelling(self, word: str) -> str:
        """Return a folded word as most titles write it."""
        some = sorted(self.titles.get(word, ()))[:LOOKED_AT]
        written = (chunk for pk in some for chunk in _CHUNK.findall(self.texts[pk].lower()))
        counted = Counter(
            chunk for chunk in written if [w.folded for w in words_of(chunk)] == [word]
        )
        return counted.most_common(1)[0][0] if counted else word

    texts: dict[int, str] = field(default_factory=dict, repr=False)
    _wholes: dict[int, float] = field(default_factory=dict, repr=False)
    _weights: dict[str, float] = field(default_factory=dict, repr=False)


class Shelf:
    """Holds the last snapshot read in this process; threads that ask at once read it once.

    The edition is asked before the rows: what is written in between makes the snapshot newer than
    its key says, and the next one who asks reads it again. It is never older.
    """

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._held: Snapshot | None = None

    def current(self, day: date) -> Snapshot:
        """Return the snapshot of a day's catalogue: one query, and two more after a change."""
        key = Key(Edition.current(), day)
        held = self._held
        if held is None or held.key != key:
            with self._reading:
                held = self._held
                if held is None or held.key != key:
                    held = self._held = _snapshot_of(key)
        return held


SHELF = Shelf()


def _snapshot_of(key: Key) -> Snapshot:
    made = Snapshot(key)
    versions = ProcedureVersion.objects.approved().not_ended(key.day)
    columns = ["pk", "procedure_id", "procedure__code", "title", "field__name", "keywords"]
    for pk, procedure, code, title, field_name, keywords in versions.values_list(*columns):
        beside = frozenset(word.folded for word in words_of(f"{field_name} {keywords}"))
        entry = Entry(pk, procedure, code, tuple(words_of(title)), beside, *_core_of(title))
        made.entries[pk], made.texts[pk] = entry, title
        for word in entry.words:
            made.titles[word].add(pk)
        for word in beside - entry.words:
            made.beside[word].add(pk)
        folded = [word.folded for word in entry.title]
        made.pairs.update(zip(folded, folded[1:], strict=False))
    for synonym in Synonym.objects.all():
        phrase = tuple(synonym.key.split())
        made.synonyms[phrase].append(synonym)
        made.pairs.update(zip(phrase, phrase[1:], strict=False))
        made.longest_synonym = max(made.longest_synonym, len(phrase))
    made.titles, made.beside = dict(made.titles), dict(made.beside)
    made.synonyms = dict(made.synonyms)
    return made


def _core_of(title: str) -> tuple[frozenset[str], frozenset[Phrase]]:
    """Return the words that a title is about, and the special cases that it names."""
    words = words_of(_BRACKETS.sub(" ", title))
    if [word.folded for word in words[:2]] == ["thu", "tuc"]:
        words = words[2:]
    text = f" {' '.join(word.marked or word.folded for word in words)} "
    special = frozenset(folded for folded, written in _SPECIAL.items() if f" {written} " in text)
    return frozenset(word.folded for word in words), special
