"""Giấy tờ tôi đã có: what is still missing before the trip. Nothing is stored, nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from khanhson_portal.ground.pages import asked_number
from procedures.catalogue import ProcedureCase, ProcedureVersion, RequiredPaper

MOST_TICKS = 500  # a procedure has a few dozen papers; machines send more


@dataclass(frozen=True)
class Checklist:
    """``had`` and ``missing`` in the order of the procedure's own list.

    Of a group that asks for "một trong các giấy tờ" one is enough: then the rest is not missing.
    """

    case: ProcedureCase
    had: list[RequiredPaper]
    missing: list[RequiredPaper]

    @property
    def empty(self) -> bool:
        """Whether the catalogue names no paper at all."""
        return not self.had and not self.missing

    @property
    def grouped(self) -> bool:
        """Whether papers come in groups, so that a mere number of them would mislead."""
        return any(paper.group for paper in self.missing)

    @property
    def needed(self) -> list[RequiredPaper]:
        """Return what is missing, papers for a named circumstance aside."""
        return [paper for paper in self.missing if not paper.condition]

    @property
    def certain(self) -> list[RequiredPaper]:
        """Return what is missing in every circumstance."""
        return [paper for paper in self.missing if not paper.conditional]


def ticked(request: HttpRequest) -> set[int]:
    """Return the papers ticked in ``?co=…&co=…``; anything that is no number is passed over."""
    values = request.GET.getlist("co")[:MOST_TICKS]
    return {int(v) for v in values if v.isascii() and v.isdigit() and len(v) < 19}


def chosen_case(request: HttpRequest, version: ProcedureVersion) -> ProcedureCase | None:
    """Return the case named in ``?truong-hop=``, else the first; None without cases."""
    cases = list(version.cases.all())
    number = asked_number(request, "truong-hop")
    return next((case for case in cases if case.pk == number), next(iter(cases), None))


def checklist(request: HttpRequest, version: ProcedureVersion, day: date) -> Checklist | None:
    """Return the list of the case in ``?truong-hop=``, else of the first; None without cases.

    Papers that nobody may ask for on ``day`` are not missing.
    """
    case = chosen_case(request, version)
    if case is None:
        return None
    here = ticked(request)
    papers = [paper for paper in case.papers.all() if not paper.is_held(day)]
    had = [paper for paper in papers if paper.pk in here]
    served = {paper.group for paper in had if one_of(paper.group)}
    missing = [p for p in papers if p.pk not in here and p.group not in served]
    return Checklist(case=case, had=had, missing=missing)


def one_of(group: str) -> bool:
    """Whether the heading of a group says that one paper of it is enough."""
    return "một trong" in group.lower()
