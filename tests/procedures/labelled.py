"""Searches as people of a mountain district type them, labelled with the procedures that answer.

``data/queries.tsv``: the search, a tab, the acceptable codes. A third is held out: it was not
looked at while the ranking and the synonyms were being tuned.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zlib import crc32

import procedures
from procedures.catalogue import ProcedureVersion, importing
from procedures.catalogue.search.finding import find
from procedures.offices import Officer

OWN = Path(procedures.__file__).parent / "data"
FILE = Path(__file__).parent / "data" / "queries.tsv"


@dataclass(frozen=True)
class Labelled:
    text: str
    codes: frozenset[str]

    @property
    def held_out(self) -> bool:
        return crc32(self.text.encode()) % 3 == 0


@dataclass
class Score:
    """Counts over a set of searches; ``missed`` are those whose answer is not among the first 3."""

    total: int = 0
    first: int = 0
    in_three: int = 0
    missed: list[tuple[str, list[str]]] = field(default_factory=list)
    not_first: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def share_first(self) -> float:
        return self.first / self.total

    @property
    def share_in_three(self) -> float:
        return self.in_three / self.total


def read() -> list[Labelled]:
    rows = [line.split("\t") for line in FILE.read_text().splitlines() if line]
    return [Labelled(text, frozenset(codes.split())) for text, codes in rows]


def real_files() -> list[Path]:
    """Return the real catalogue of ``PORTAL_SHARED_DATA``, [] where it is not at hand."""
    folder = os.environ.get("PORTAL_SHARED_DATA", "")
    catalogue = Path(folder) / "catalogue"
    return [catalogue] if folder and catalogue.is_dir() else []


def load_catalogue() -> None:
    """Import and approve the real catalogue, or the project's own lists where it is not at hand."""
    controller = Officer.objects.create_user("doi-chieu", full_name="Người đối chiếu")
    records = importing.read_files(real_files() or [OWN / "procedures-2026.csv"])
    importing.apply(importing.plan(records), approve_by=controller)


def score(searches: list[Labelled], day: date) -> Score:
    """Run the searches over the approved catalogue of ``day``."""
    result = Score()
    versions = ProcedureVersion.objects.approved().in_force(day)
    for search in searches:
        hits = find(versions, search.text).hits[:3]
        codes = [version.procedure.code for version in hits]
        result.total += 1
        result.first += bool(codes and codes[0] in search.codes)
        found = bool(search.codes & set(codes))
        result.in_three += found
        titles = [f"{v.procedure.code} {v.title[:60]}" for v in hits]
        if not found:
            result.missed.append((search.text, titles))
        elif codes[0] not in search.codes:
            result.not_first.append((search.text, titles))
    return result
