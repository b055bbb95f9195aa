"""The checklist of papers on the intake form: what the procedure lists, and a few spare lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.timezone import localdate

from dossiers.models import HandedPaper
from procedures.catalogue import ProcedureCase, RequiredPaper

SPARE_LINES = 2  # papers brought beyond the list
COUNTS = [("chinh", "originals"), ("chung_thuc", "certified"), ("sao", "photocopies")]
HEADS = {"chinh": "Bản chính", "chung_thuc": "Chứng thực", "sao": "Bản sao"}


@dataclass
class PaperLine:
    """One line of the checklist as shown: its paper, whether handed in, and how many."""

    key: str
    paper: RequiredPaper | None
    name: str
    handed: bool
    counts: dict[str, str]
    error: str = ""

    @property
    def boxes(self) -> list[tuple[str, str, str]]:
        return [(f"{self.key}_{part}", HEADS[part], self.counts[part]) for part, _ in COUNTS]

    def check(self) -> None:
        if any(not _count_ok(value) for value in self.counts.values()):
            self.error = "Số lượng là số từ 0 đến 999."

    def handed_paper(self) -> HandedPaper:
        """Return the unsaved row; only after ``check`` found nothing."""
        counts = {column: int(self.counts[part] or 0) for part, column in COUNTS}
        return HandedPaper(required=self.paper, name=self.name, **counts)


def paper_lines(case: ProcedureCase, data: Mapping[str, str] | None) -> list[PaperLine]:
    """Return the lines as typed in ``data``, or as the procedure wants them where it is None."""
    lines = [_listed(paper, data) for paper in case.papers.all()]
    return lines + [_spare(number, data or {}) for number in range(SPARE_LINES)]


def handed_papers(lines: list[PaperLine]) -> list[HandedPaper]:
    return [line.handed_paper() for line in lines if line.handed and line.name]


def _listed(paper: RequiredPaper, data: Mapping[str, str] | None) -> PaperLine:
    key = f"giay_{paper.pk}"
    if data is None:
        counts = {part: str(getattr(paper, column) or "") for part, column in COUNTS}
        expected = not paper.conditional and not paper.is_held(localdate())
        return PaperLine(key, paper, paper.name, expected, counts)
    return PaperLine(key, paper, paper.name, key in data, _typed(key, data))


def _spare(number: int, data: Mapping[str, str]) -> PaperLine:
    key = f"them_{number}"
    name = data.get(f"{key}_ten", "").strip()
    return PaperLine(key, None, name[:500], bool(name), _typed(key, data))


def _typed(key: str, data: Mapping[str, str]) -> dict[str, str]:
    return {part: data.get(f"{key}_{part}", "").strip() for part, _ in COUNTS}


def _count_ok(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit() and len(text) <= 3)
