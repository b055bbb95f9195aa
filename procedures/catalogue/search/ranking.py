"""Which titles fit a search, the best first: titles before synonyms, fields before contents.

A search is a row of slots. A slot is one typed word, or a phrase with what it means in the words
of the titles; the best reading of a slot counts. What is asked for weighs by how rare it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from procedures.catalogue import Synonym
from procedures.catalogue.search.mending import Meant, loosely, strictly, take_apart
from procedures.catalogue.search.snapshot import Entry, Snapshot
from procedures.catalogue.search.words import Word, code_in, query_words, words_of

BESIDE_TITLE = 0.55  # a word of the field or the keywords against one of the title
BY_SYNONYM = 0.98
SURE = 0.75  # coverage from which a search counts as understood without looking for slips
FITS = 0.55  # the least coverage that is shown at all
UNDERSTOOD = 9.0  # the most that an everyday phrase weighs
TOGETHER = 0.75  # the least share of neighbours of a search that counts as understood
UNHEARD = 3.0  # how much two neighbours tell that are neighbours in no title: likely a slip
SCATTERED = 0.5  # a phrase whose words a title holds, but apart
NEAR = 0.5  # share of the best coverage from which a title is looked at closely
MOST_RANKED = 250

Reader = Callable[..., Meant]


@dataclass
class Reading:
    """One way to read a slot: words to be found, how far to trust it, or one procedure."""

    words: tuple[Meant, ...]
    trust: float = 1.0
    procedure: int | None = None
    synonym: Synonym | None = None

    @cached_property
    def weight(self) -> float:
        return sum(meant.weight for meant in self.words)


@dataclass
class Slot:
    readings: tuple[Reading, ...]

    @cached_property
    def weight(self) -> float:
        """Return how much a slot tells; a phrase that is understood tells more than its words."""
        meanings = [reading.weight for reading in self.readings[1:]]
        return max(self.readings[0].weight, min(UNDERSTOOD, max(meanings, default=0)))


@dataclass
class Fit:
    """How one version fits: ``coverage`` of what was asked (0–1), ``score`` for the order."""

    entry: Entry
    coverage: float
    score: float = 0.0
    together: float = 1.0  # which share of neighbours in the search are neighbours in the title
    relevance: float = 0.0  # coverage and neighbourhood in one figure, 0–1
    marks: float = 0.0  # which share of the typed marks the title has
    forms: dict[str, str] = field(default_factory=dict)  # word of the title → word that was typed
    read_as: set[str] = field(default_factory=set)  # words of the title by the readings that count
    synonyms: list[Synonym] = field(default_factory=list)


@dataclass
class Ranked:
    """The fits, best first, and the slots they were found by."""

    fits: list[Fit] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    code: str = ""

    @property
    def best(self) -> float:
        return max((fit.relevance for fit in self.fits), default=0.0)

    @property
    def top(self) -> float:
        return max((fit.score for fit in self.fits), default=0.0)

    @property
    def sure(self) -> bool:
        """Whether some title holds what was asked, and holds it together."""
        return any(fit.relevance >= SURE and fit.together >= TOGETHER for fit in self.fits)


def rank(text: str, known: Snapshot) -> Ranked:
    """Return what fits ``text``; slips of known words only count where nothing else fits."""
    code = code_in(text)
    exact = [entry for entry in known.entries.values() if code and entry.code == code]
    if exact:
        return Ranked([Fit(entry, 1.0, 100.0, relevance=1.0) for entry in exact], code=code)
    words = take_apart(query_words(text), known)
    ranked = _ranked(words, known, strictly)
    if not ranked.sure:
        loose = _ranked(words, known, loosely)
        ranked = loose if loose.top > ranked.top else ranked
    return ranked


def shown(ranked: Ranked) -> list[Fit]:
    """Return the fits worth showing: near the best, and never less than half of what was asked."""
    least = max(FITS, 0.8 * ranked.best)
    return [fit for fit in ranked.fits if fit.relevance >= least]


def _ranked(words: list[Word], known: Snapshot, reader: Reader) -> Ranked:
    slots = _slots(words, known, reader)
    total = sum(slot.weight for slot in slots)
    if not total:
        return Ranked(slots=slots)
    coverage: dict[int, float] = defaultdict(float)
    for slot in slots:
        for pk, quality in _quality(slot, known).items():
            coverage[pk] += slot.weight * quality / total
    least = NEAR * max(coverage.values(), default=0.0)
    near = [pair for pair in coverage.items() if pair[1] >= least]
    near.sort(key=lambda pair: (-pair[1], pair[0]))
    fits = [_fit(known.entries[pk], slots, words, known) for pk, _ in near[:MOST_RANKED]]
    fits.sort(
        key=lambda fit: (-round(fit.score + fit.marks, 4), len(fit.entry.title), fit.entry.pk)
    )
    return Ranked(fits, slots)


# Slots ------------------------------------------------------------------------------------------


def _slots(words: list[Word], known: Snapshot, reader: Reader) -> list[Slot]:
    """Return the slots of a search; the longest phrase of the synonym table is taken first."""
    telling = [word for word in words if not word.is_filler] or words
    fillers = [word for word in words if word not in telling]
    slots, at = [], 0
    while at < len(telling):
        length, synonyms = _phrase_at(telling, at, known, reader)
        part = telling[at : at + length]
        ends = at + length == len(telling)
        own = tuple(
            reader(word, known, last=ends and word is part[-1], beside=_beside(telling, place))
            for place, word in enumerate(part, at)
        )
        slots.append(Slot((Reading(own), *(_meaning(row, known) for row in synonyms))))
        at += length
    return [*slots, *(Slot((Reading((reader(word, known, last=False),)),)) for word in fillers)]


def _beside(words: list[Word], at: int) -> tuple[str, str]:
    """Return the words before and after, "" where there is none."""
    before = words[at - 1].folded if at else ""
    return before, words[at + 1].folded if at + 1 < len(words) else ""


def _phrase_at(
    words: list[Word], at: int, known: Snapshot, reader: Reader
) -> tuple[int, list[Synonym]]:
    """Return how many words from ``at`` are a phrase of the table, and what it may mean."""
    folded = [word.folded for word in words[at : at + known.longest_synonym]]
    for length in range(len(folded), 0, -1):
        if synonyms := known.synonyms.get(tuple(folded[:length])):
            return length, synonyms
    return 1, []


def _meaning(synonym: Synonym, known: Snapshot) -> Reading:
    words = tuple(strictly(word, known, last=False) for word in words_of(synonym.meaning))
    return Reading(words, BY_SYNONYM, synonym.procedure_id, synonym)


def _quality(slot: Slot, known: Snapshot) -> dict[int, float]:
    """Return how well each version holds a slot, 0–1; versions that do not are missing."""
    best: dict[int, float] = {}
    for reading in slot.readings:
        for pk, quality in _held_by_titles(reading, known).items():
            best[pk] = max(best.get(pk, 0.0), quality * reading.trust)
    return best


def _held_by_titles(reading: Reading, known: Snapshot) -> dict[int, float]:
    held: dict[int, float] = defaultdict(float)
    weight = reading.weight or 1.0
    for meant in reading.words:
        best: dict[int, float] = {}
        for form, sure in meant.forms:
            for pk in known.beside.get(form, ()):
                best[pk] = max(best.get(pk, 0.0), sure * BESIDE_TITLE)
            for pk in known.titles.get(form, ()):
                best[pk] = max(best.get(pk, 0.0), sure)
        for pk, sure in best.items():
            held[pk] += sure * meant.weight / weight
    for pk in known.by_procedure.get(reading.procedure or 0, ()):
        held[pk] = 1.0
    return held


# Order ------------------------------------------------------------------------------------------


def _fit(entry: Entry, slots: list[Slot], words: list[Word], known: Snapshot) -> Fit:
    fit = Fit(entry, 0.0)
    places = entry.places
    wanted = []
    for slot in slots:
        quality, forms = _best_reading(slot, places, fit, known)
        fit.read_as.update(forms)
        fit.coverage += slot.weight * quality
        wanted += forms
    fit.coverage /= sum(slot.weight for slot in slots)
    found = {form for form in fit.forms if form in places}
    tight = sum(map(known.weight, found & entry.core)) / known.whole(entry)
    asked = f" {' '.join(wanted)} "
    extra = sum(f" {' '.join(phrase)} " not in asked for phrase in entry.special)
    fit.together = _in_a_row(wanted, places, known, unheard=UNHEARD)
    heard = any(known.pairs[pair] for pair in pairwise(wanted))
    fit.relevance = fit.coverage
    if heard:
        fit.relevance = 0.65 * fit.coverage + 0.35 * _in_a_row(wanted, places, known)
    fit.score = 10 * fit.coverage + 4 * tight + 5 * fit.together - 1.2 * min(extra, 3)
    fit.marks = _marks(words, entry)
    return fit


def _best_reading(
    slot: Slot, places: dict[str, list[int]], fit: Fit, known: Snapshot
) -> tuple[float, list[str]]:
    """Return how well a title holds a slot, and the words of the best reading as it writes them."""
    best: tuple[float, list[str], Reading] = (-1.0, [], slot.readings[0])
    for reading in slot.readings:
        forms = [_written_form(meant, places, fit.entry) for meant in reading.words]
        sure = sum(m.weight * f[1] for m, f in zip(reading.words, forms, strict=True))
        quality = reading.trust * sure / (reading.weight or 1.0)
        spelled = [form for form, _ in forms]
        for meant, form in zip(reading.words, spelled, strict=True):
            fit.forms.setdefault(form, "" if reading.synonym else meant.word.folded)
        if len(spelled) > 1:
            quality *= SCATTERED + (1 - SCATTERED) * _in_a_row(spelled, places, known)
        if reading.procedure == fit.entry.procedure:
            quality = 1.0
        if quality > best[0]:
            best = quality, spelled, reading
    quality, chosen, reading = best
    if reading.synonym and quality > 0:
        fit.synonyms.append(reading.synonym)
    return quality, chosen


def _written_form(meant: Meant, places: dict[str, list[int]], entry: Entry) -> tuple[str, float]:
    for form, sure in meant.forms:
        if form in places:
            return form, sure
    for form, sure in meant.forms:
        if form in entry.beside:
            return form, sure * BESIDE_TITLE
    return meant.word.folded, 0.0


def _in_a_row(
    words: list[str], places: dict[str, list[int]], known: Snapshot, unheard: float = 0.0
) -> float:
    """Return which share of neighbouring words are neighbours in the title too, rare pairs first.

    ``unheard`` is the weight of neighbours that no title has.
    """
    whole = together = 0.0
    for one, two in pairwise(words):
        weight = known.pair_weight(one, two) or unheard
        whole += weight
        if one in places and two in places:
            following = places[two]
            together += weight * any(at + 1 in following for at in places[one])
    if not whole:
        return float(any(word in places for word in words))
    return together / whole


def _marks(words: Iterable[Word], entry: Entry) -> float:
    """Return up to 1 for marks typed as the title has them: exact goes before folded."""
    marked = [word for word in words if word.marked]
    if not marked:
        return 0.0
    have = {word.marked for word in entry.title}
    return sum(word.marked in have for word in marked) / len(marked)
