"""Slips undone against the catalogue's own words: Telex keys, missing spaces, wrong letters.

A word that the catalogue knows is left alone here; ``loosely`` is for when taking it as it stands
found nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from khanhson_portal.ground.text import search_key
from procedures.catalogue.search.snapshot import Snapshot
from procedures.catalogue.search.words import FILLERS, Word, sound, untelexed

Forms = tuple[tuple[str, float], ...]  # a word of the catalogue, and how surely it is meant

EXACT, BEGUN, SOUNDS, ONE_SLIP, TWO_SLIPS = 1.0, 0.9, 0.8, 0.75, 0.55
MOST_BEGUN = 60
MOST_NEIGHBOURS = 14
SHORTEST_MENDED = 3
SHORTEST_STUCK = 4


@dataclass(frozen=True)
class Meant:
    """A typed word and the words of the catalogue that it may stand for."""

    word: Word
    forms: Forms
    weight: float

    @property
    def mended(self) -> bool:
        return all(form != self.word.folded for form, _ in self.forms)


def take_apart(words: list[Word], known: Snapshot) -> list[Word]:
    """Return the words with Telex keys undone and missing spaces put back."""
    found: list[Word] = []
    for word in words:
        found += [word] if _stands(word, known) else _mended_whole(word, known)
    return found


def strictly(
    word: Word, known: Snapshot, *, last: bool, beside: tuple[str, str] = ("", "")
) -> Meant:
    """Return a word as it stands; the last one may be unfinished, an unknown one a slip."""
    forms = [(word.folded, EXACT)] if word.folded in known.known else []
    if last and len(word.folded) > 1:
        begun = (other for other in known.vocabulary if other.startswith(word.folded))
        longer = [(other, BEGUN) for other in begun if other != word.folded]
        forms += longer[:MOST_BEGUN]
    if not forms and not word.is_filler:
        forms = neighbours(word.folded, known)
    return Meant(word, tuple(forms), _weight(word, forms, known))


def loosely(
    word: Word, known: Snapshot, *, last: bool, beside: tuple[str, str] = ("", "")
) -> Meant:
    """Return a word with what it may be a slip of: words that some title has ``beside`` it."""
    meant = strictly(word, known, last=last)
    if word.is_filler:
        return meant
    before, after = beside
    have = {form for form, _ in meant.forms}
    more = [
        (other, sure)
        for other, sure in neighbours(word.folded, known)
        if other not in have and (known.pairs[before, other] or known.pairs[other, after])
    ]
    return Meant(word, (*meant.forms, *more), meant.weight)


def neighbours(word: str, known: Snapshot) -> list[tuple[str, float]]:
    """Return words of the catalogue one slip away, two for a long word; the nearest first.

    A slip is a letter wrong, missing or doubled, two changed over, or a word that sounds alike.
    """
    if len(word) < SHORTEST_MENDED or word.isdigit():
        return []
    most = 2 if len(word) >= 6 else 1
    near = process.extract(
        word, known.vocabulary, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEIGHBOURS * 3
    )
    ranked = sorted(
        (int(slips), other[0] != word[0], known.weight(other), other)
        for other, slips, _ in near
        if slips and not other.isdigit()
    )
    sure = {1: ONE_SLIP, 2: TWO_SLIPS}
    alike = {other: SOUNDS for other in known.by_sound.get(sound(word), ()) if other != word}
    slipped = {other: sure[slips] for slips, _, _, other in ranked[:MOST_NEIGHBOURS]}
    return list((slipped | alike).items())


def _weight(word: Word, forms: list[tuple[str, float]], known: Snapshot) -> float:
    if word.is_filler:
        return 0.2
    sure = [known.weight(form) for form, quality in forms if quality == EXACT]
    return sure[0] if sure else min((known.weight(form) for form, _ in forms), default=3.0)


def _stands(word: Word, known: Snapshot) -> bool:
    return word.folded in known.known or word.folded in FILLERS or word.folded.isdigit()


def _mended_whole(word: Word, known: Snapshot) -> list[Word]:
    telex = untelexed(word.folded)
    if telex in known.known:
        return [Word(telex)]
    one_slip_away = len(word.folded) < 7 and neighbours(word.folded, known)
    if one_slip_away or len(word.folded) < SHORTEST_STUCK:
        return [word]
    parts = _split(word.folded, known)
    return [Word(part) for part in parts] if parts else [word]


def _split(stuck: str, known: Snapshot) -> list[str]:
    """Return words that follow each other in titles and make up ``stuck``, [] where none do."""
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(stuck)
    for end in range(1, len(stuck) + 1):
        for start in range(max(0, end - 7), end):
            before, word = best[start], search_key(stuck[start:end])
            if before is None or not (word in known.known or word in FILLERS):
                continue
            cost = before[0] + _cost(word, before[1][-1:], known)
            standing = best[end]
            if standing is None or cost < standing[0]:
                best[end] = (cost, [*before[1], word])
    found = best[-1]
    return found[1] if found and len(found[1]) > 1 else []


def _cost(word: str, before: list[str], known: Snapshot) -> float:
    """Return how unlikely a word is here: few letters are, and a pair that no title has."""
    cost = 4.0 if len(word) == 1 else 2.0
    if before:
        cost += 3.0 if not (seen := known.pairs[before[0], word]) else 1 / math.log(2 + seen)
    return cost
