"""Giấy tờ, các bước, căn cứ của từng thủ tục: the project's own files, one TOML per field.

Each fact carries the code and decision it was read under and the day of reading. A paper that many
procedures of a field ask for stands once, under ``common``; the title of a legal document stands
once, in ``van-ban.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

CONTENTS = Path(__file__).parent.parent / "data" / "contents"
TITLES = "van-ban.toml"


@dataclass(frozen=True)
class PaperFacts:
    """One paper: the plain name, the official wording, how many, when only."""

    name: str
    official: str
    originals: int = 0
    certified: int = 0
    photocopies: int = 0
    presented: bool = False
    condition: str = ""
    channel: str = ""
    form: str = ""
    held_data: str = ""
    held_from: date | None = None
    held_basis: str = ""


@dataclass(frozen=True)
class Basis:
    number: str
    title: str


@dataclass(frozen=True)
class ContentFacts:
    """What one procedure asks for and leads to. ``source`` is said on its page.

    ``since``: the first day of the versions that the source itself describes; an earlier version
    that takes these facts over is less sure of them.
    """

    code: str
    name: str
    decision: str
    source: str
    read_on: date
    since: date
    confidence: str
    papers: tuple[PaperFacts, ...]
    steps: tuple[str, ...]
    results: tuple[str, ...]
    bases: tuple[Basis, ...]


def read_all(folder: Path = CONTENTS) -> list[ContentFacts]:
    """Return what every file of ``folder`` says, in the order of files and entries.

    Raises ValueError for a key that is not known, KeyError for one that is missing.
    """
    titles = tomllib.loads((folder / TITLES).read_text(encoding="utf-8"))["titles"]
    files = sorted(path for path in folder.glob("*.toml") if path.name != TITLES)
    return [facts for path in files for facts in _of_file(path, titles)]


def _of_file(path: Path, titles: dict[str, str]) -> Iterator[ContentFacts]:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    common = said.get("common", {})
    for row in said["procedure"]:
        yield ContentFacts(
            code=row["code"],
            name=row["name"],
            decision=row["decision"],
            source=said["source"],
            read_on=said["read_on"],
            since=said["since"],
            confidence=row.get("confidence", said["confidence"]),
            papers=tuple(_paper(paper, common) for paper in row.get("papers", [])),
            steps=tuple(row.get("steps", [])),
            results=tuple(row.get("results", [])),
            bases=tuple(Basis(number, titles[number]) for number in row.get("bases", [])),
        )


def _paper(row: dict[str, Any], common: dict[str, dict[str, Any]]) -> PaperFacts:
    """Return one paper; what a row says itself goes before what its ``common`` paper says."""
    said = common[row["common"]] | row if "common" in row else row
    said = {key: value for key, value in said.items() if key != "common"}
    if strange := set(said) - {column.name for column in fields(PaperFacts)}:
        raise ValueError(f"không rõ mục {', '.join(sorted(strange))} của giấy tờ “{row}”")
    return PaperFacts(**said)
