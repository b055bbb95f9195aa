"""``find``: from what somebody typed to procedures in order, with what was understood.

Three queries whatever the size: is the snapshot still true, which versions match (full text over
the folded titles and, where titles say too little, over the contents), and the rows of one page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, overload

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Model, Q, QuerySet
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from procedures.models import ProcedureVersion, VersionWords
from procedures.models.versions import ProcedureVersionQuerySet
from procedures.search import snapshot
from procedures.search.ranking import Fit, Ranked, rank, shown
from procedures.search.snapshot import Snapshot
from procedures.search.words import query_words, words_of

FEW = 5  # with fewer titles than this the contents of procedures are searched too
OFFERED = 5  # titles offered when nothing fits
NEAREST = 0.3  # the least coverage of a title worth offering


class Hits(Sequence[ProcedureVersion]):
    """Versions by primary key, in order; a slice reads its rows with one query."""

    def __init__(self, pks: list[int], fits: dict[int, Fit]) -> None:
        self.pks, self._fits = pks, fits

    def __len__(self) -> int:
        return len(self.pks)

    @overload
    def __getitem__(self, part: int) -> ProcedureVersion: ...

    @overload
    def __getitem__(self, part: slice) -> list[ProcedureVersion]: ...

    def __getitem__(self, part: int | slice) -> ProcedureVersion | list[ProcedureVersion]:
        if isinstance(part, int):
            return self._read([self.pks[part]])[0]
        return self._read(self.pks[part])

    def _read(self, pks: list[int]) -> list[ProcedureVersion]:
        rows = {row.pk: row for row in ProcedureVersion.objects.filter(pk__in=pks).for_listing()}
        for pk, row in rows.items():
            row.marked_title = marked(row.title, self._fits.get(pk))  # type: ignore[attr-defined]
        return [rows[pk] for pk in pks if pk in rows]


@dataclass
class Found:
    """What a search found. ``meant`` and ``understood`` say in words how it was read.

    ``meant`` is the search with its slips undone, "" where there was none; ``understood`` pairs
    what was typed with what it stands for; ``offered`` are titles to offer when ``hits`` is empty.
    """

    hits: Hits
    meant: str = ""
    understood: list[tuple[str, str]] = field(default_factory=list)
    offered: list[ProcedureVersion] = field(default_factory=list)


def find(versions: ProcedureVersionQuerySet, text: str) -> Found:
    """Return the versions among ``versions`` that fit ``text``, the best first."""
    known = snapshot.current(localdate())
    ranked = rank(text, known)
    fits = {fit.entry.pk: fit for fit in shown(ranked)}
    pks = _matching(versions, text, fits)
    found = Found(Hits(pks, fits))
    if pks:
        _explain(found, ranked, known, fits.get(pks[0]))
    else:
        found.offered = _offered(versions, ranked)
    return found


def suggest(versions: ProcedureVersionQuerySet, text: str, most: int) -> list[ProcedureVersion]:
    """Return the best ``most`` versions, for a list under a box."""
    return find(versions, text).hits[:most]


def _matching(versions: ProcedureVersionQuerySet, text: str, fits: dict[int, Fit]) -> list[int]:
    """Return the primary keys in order: ranked titles, other titles, contents."""
    words = [word.folded for word in query_words(text)]
    if not words:
        return []
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
    )
    wanted = Q(pk__in=list(fits)) | Q(pk__in=_holding(ProcedureVersion, "search_text", query))
    if len(fits) < FEW:
        wanted |= Q(pk__in=_holding(VersionWords, "words", query))
    rows = versions.filter(wanted).order_by("sort_key").values_list("pk", flat=True)
    place = {pk: at for at, pk in enumerate(fits)}
    return sorted(dict.fromkeys(rows), key=lambda pk: place.get(pk, len(place)))


def _holding(model: type[Model], column: str, query: SearchQuery) -> QuerySet[Any, Any]:
    """Return the keys of rows whose text holds the words, as a subquery that its index answers."""
    rows = model._default_manager.annotate(vector=SearchVector(column, config="simple"))
    return rows.filter(vector=query).values("pk")


def _offered(versions: ProcedureVersionQuerySet, ranked: Ranked) -> list[ProcedureVersion]:
    near = [fit.entry.pk for fit in ranked.fits if fit.coverage >= NEAREST][: OFFERED * 4]
    if not near:
        return []
    rows = {row.pk: row for row in versions.filter(pk__in=near).for_listing()}
    return [rows[pk] for pk in near if pk in rows][:OFFERED]


# In words ---------------------------------------------------------------------------------------


def _explain(found: Found, ranked: Ranked, known: Snapshot, best: Fit | None) -> None:
    """Say how the search was read, from the best fit: its slips and its everyday words."""
    if best is None or ranked.code:
        return
    for synonym in dict.fromkeys(best.synonyms):
        if synonym.meaning:
            found.understood.append((synonym.phrase, synonym.meaning))
    own = [slot.readings[0].words for slot in ranked.slots]
    meants = [meant for words in own for meant in words]
    if best.synonyms or not any(meant.mended and meant.forms for meant in meants):
        return
    typed = {written: title for title, written in best.forms.items() if written}
    said = [typed.get(meant.word.folded, meant.word.folded) for meant in meants]
    found.meant = " ".join(known.spelling(word) for word in said)


def marked(title: str, fit: Fit | None) -> SafeString:
    """Return a title as safe HTML, the words that were found between ``<mark>`` tags."""
    if fit is None:
        return conditional_escape(title)
    pieces = []
    for chunk in title.split(" "):
        words = [word.folded for word in words_of(chunk)]
        hit = bool(words) and all(word in fit.forms for word in words)
        text = conditional_escape(chunk)
        pieces.append(f"<mark>{text}</mark>" if hit else text)
    joined = " ".join(pieces).replace("</mark> <mark>", " ")
    return mark_safe(joined)  # noqa: S308 - every piece was escaped above


def nearest(texts: list[str], day: date, most: int = 3) -> dict[str, list[ProcedureVersion]]:
    """Return for each text the titles that come nearest, however far; two queries for all."""
    known = snapshot.current(day)
    near = {text: [fit.entry.pk for fit in rank(text, known).fits[:most]] for text in texts}
    wanted = {pk for pks in near.values() for pk in pks}
    rows = {row.pk: row for row in ProcedureVersion.objects.filter(pk__in=wanted).for_listing()}
    return {text: [rows[pk] for pk in pks if pk in rows] for text, pks in near.items()}
