"""``find``: from what somebody typed to procedures in order, with what was understood.

Two queries whatever the size: is the snapshot still true, and the rows that match (full text over
the folded titles and, where titles say too little, over the contents); two more after a change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Model, Q, QuerySet
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from procedures.catalogue import ProcedureVersion, VersionWords
from procedures.catalogue.models.versions import ProcedureVersionQuerySet
from procedures.catalogue.search.ranking import Fit, Ranked, rank, shown
from procedures.catalogue.search.snapshot import SHELF, Snapshot
from procedures.catalogue.search.words import query_words, words_of

UNLISTED = [
    "applicants", "authority", "implementer", "partners", "receiving_address", "sequence",
    "conditions", "papers_text", "related", "search_text",
]  # fmt: skip
FEW = 5  # with fewer titles than this the contents of procedures are searched too
OFFERED = 5  # titles offered when nothing fits
NEAREST = 0.4  # the least coverage of a title worth offering


@dataclass
class Found:
    """What a search found. ``meant`` and ``understood`` say in words how it was read.

    ``meant`` is the search with its slips undone, "" where there was none; ``understood`` pairs
    what was typed with what it stands for; ``offered`` are titles to offer when ``hits`` is empty.
    """

    hits: list[ProcedureVersion]
    meant: str = ""
    understood: list[tuple[str, str]] = field(default_factory=list)
    offered: list[ProcedureVersion] = field(default_factory=list)


def find(versions: ProcedureVersionQuerySet, text: str) -> Found:
    """Return the versions among ``versions`` that fit ``text``, the best first."""
    known = SHELF.current(localdate())
    ranked = rank(text, known)
    fits = {fit.entry.pk: fit for fit in shown(ranked)}
    found = Found(_matching(versions, text, fits))
    if found.hits:
        _explain(found, ranked, known, fits.get(found.hits[0].pk))
    else:
        found.offered = _offered(versions, ranked)
    return found


def suggest(versions: ProcedureVersionQuerySet, text: str, most: int) -> list[ProcedureVersion]:
    """Return the best ``most`` versions, for a list under a box."""
    return find(versions, text).hits[:most]


def _matching(
    versions: ProcedureVersionQuerySet, text: str, fits: dict[int, Fit]
) -> list[ProcedureVersion]:
    """Return the rows of lists in order: ranked titles, other titles and contents by name."""
    words = [word.folded for word in query_words(text)]
    if not words:
        return []
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
    )
    wanted = Q(pk__in=list(fits)) | Q(pk__in=_holding(ProcedureVersion, "search_text", query))
    if len(fits) < FEW:
        wanted |= Q(pk__in=_holding(VersionWords, "words", query))
    rows = {row.pk: row for row in versions.filter(wanted).for_listing().defer(*UNLISTED)}
    for pk, row in rows.items():
        row.fit = fits.get(pk)
    place = {pk: at for at, pk in enumerate(fits)}
    return sorted(rows.values(), key=lambda row: (place.get(row.pk, len(place)), row.sort_key))


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
        hit = bool(words) and all(word in fit.read_as for word in words)
        text = conditional_escape(chunk)
        pieces.append(f"<mark>{text}</mark>" if hit else text)
    joined = " ".join(pieces).replace("</mark> <mark>", " ")
    return mark_safe(joined)  # noqa: S308 - every piece was escaped above


def nearest(texts: list[str], day: date, most: int = 3) -> dict[str, list[ProcedureVersion]]:
    """Return for each text the titles that come nearest, however far; two queries for all."""
    known = SHELF.current(day)
    near = {text: [fit.entry.pk for fit in rank(text, known).fits[:most]] for text in texts}
    wanted = {pk for pks in near.values() for pk in pks}
    rows = {row.pk: row for row in ProcedureVersion.objects.filter(pk__in=wanted).for_listing()}
    return {text: [rows[pk] for pk in pks if pk in rows] for text, pks in near.items()}
