"""A version being written: what is carried over from the one before, and what a record changes.

Rows here are model instances that are not saved yet; ``storing`` saves them in bulk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from django.db.models import Model

from procedures.catalogue import (
    CaseChannel,
    Channel,
    Fee,
    LegalBasis,
    ProcedureCase,
    ProcedureResult,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.catalogue.importing.aspects import LISTS, TEXTS
from procedures.catalogue.importing.comparing import Change
from procedures.catalogue.importing.planning import PlannedRecord
from procedures.catalogue.importing.records import Part

OF_CASES: dict[str, type[Model]] = {"channels": CaseChannel, "fees": Fee, "papers": RequiredPaper}
OF_VERSION: dict[str, type[Model]] = {"results": ProcedureResult, "bases": LegalBasis}

_CHANNEL_ORDER = {channel.value: at for at, channel in enumerate(Channel, 1)} | {"": 0}
_NOT_CARRIED = {
    "id", "number", "approval", "approved_by_id", "approved_at", "valid_from", "valid_to",
    "checked_on", "source", "source_url", "search_text", "sort_key",
}  # fmt: skip

_OF_OUR_FILES = {"papers", "sequence", "results", "bases"}

M = TypeVar("M", bound=Model)


@dataclass
class CaseRows:
    """One case with its rows, by aspect; ``steps`` are internal and come from no source."""

    case: ProcedureCase
    channels: list[Model] = field(default_factory=list)
    fees: list[Model] = field(default_factory=list)
    papers: list[Model] = field(default_factory=list)
    steps: list[Model] = field(default_factory=list)

    def rows(self) -> list[Model]:
        return [*self.channels, *self.fees, *self.papers, *self.steps]


@dataclass
class Draft:
    """One version with everything that belongs to it."""

    item: PlannedRecord
    version: ProcedureVersion
    cases: list[CaseRows] = field(default_factory=list)
    results: list[Model] = field(default_factory=list)
    bases: list[Model] = field(default_factory=list)
    online_levels: list[Model] = field(default_factory=list)


def draft_of(item: PlannedRecord, base: ProcedureVersion | None) -> Draft:
    """Return the draft of an item: ``base`` carried over, then the record's changes upon it.

    ``base`` must be prefetched as ``bases_by_pk`` does. The field is left to the caller.
    """
    assert item.target
    version = base if base and item.in_place else ProcedureVersion()
    draft = Draft(item, version)
    if base:
        _carry_over(draft, base)
    version.number, version.source = item.target.number, item.record.source
    version.source_url = item.record.source_url or (base.source_url if base else "")
    version.valid_from = item.target.valid_from
    for change in item.changes:
        _change(draft, change)
    if any(change.aspect in _OF_OUR_FILES for change in item.changes):  # the record says them now
        version.contents_source, version.contents_confidence = "", ""
        version.contents_read_on = None
    _keep_only_real_cases(draft)
    return draft


def bases_by_pk(pks: Iterable[int]) -> dict[int, ProcedureVersion]:
    """Return versions with everything ``draft_of`` carries over, by primary key."""
    return {version.pk: version for version in ProcedureVersion.objects.filter(pk__in=pks).whole()}


def _carry_over(draft: Draft, base: ProcedureVersion) -> None:
    if draft.version is not base:
        for column in ProcedureVersion._meta.concrete_fields:
            if column.attname not in _NOT_CARRIED:
                setattr(draft.version, column.attname, getattr(base, column.attname))
        draft.version.field = base.field
    for case in base.cases.all():
        draft.cases.append(
            CaseRows(
                _copy(case),
                channels=list(map(_copy, case.channels.all())),
                fees=list(map(_copy, case.fees.all())),
                papers=list(map(_copy, case.papers.all())),
                steps=list(map(_copy, case.steps.all())),
            )
        )
    draft.results = list(map(_copy, base.results.all()))
    draft.bases = list(map(_copy, base.bases.all()))
    draft.online_levels = list(map(_copy, base.online_levels.all()))


def _copy(row: M) -> M:
    columns = [column for column in row._meta.concrete_fields if not column.primary_key]
    return type(row)(**{column.attname: getattr(row, column.attname) for column in columns})


def _change(draft: Draft, change: Change) -> None:
    value = change.new
    if change.aspect in TEXTS:
        setattr(draft.version, change.aspect, value)
    elif change.aspect == "levels":
        draft.version.levels = list(map(str, value))
    elif change.aspect in OF_VERSION:
        model = OF_VERSION[change.aspect]
        setattr(draft, change.aspect, [model(**_columns(part)) for part in value])
    elif change.aspect in LISTS:
        _change_of_cases(draft, change.aspect, value)


def _change_of_cases(draft: Draft, aspect: str, parts: Iterable[str | Part]) -> None:
    """Replace the rows of one aspect in all cases; files people attached to papers stay."""
    files = {
        (row.case.name, paper.name): paper.form_file
        for row in draft.cases
        for paper in row.papers
        if isinstance(paper, RequiredPaper) and paper.form_file
    }
    for row in draft.cases:
        setattr(row, aspect, [])
    for order, part in enumerate(parts):
        columns = _columns(part)
        case = columns.pop("case")
        order = _CHANNEL_ORDER[columns["channel"]] if "channel" in columns else order
        made = OF_CASES[aspect](order=order, **columns)
        if isinstance(made, RequiredPaper) and (case, made.name) in files:
            made.form_file = files[case, made.name]
        getattr(_case_named(draft, str(case)), aspect).append(made)


def _columns(part: str | Part) -> dict[str, Any]:
    assert not isinstance(part, str)
    return asdict(part)


def _case_named(draft: Draft, name: str) -> CaseRows:
    for row in draft.cases:
        if row.case.name == name:
            return row
    draft.cases.append(CaseRows(ProcedureCase(name=name, order=len(draft.cases))))
    return draft.cases[-1]


def _keep_only_real_cases(draft: Draft) -> None:
    """Drop cases that nothing is left of; a version has one case at least."""
    draft.cases = [row for row in draft.cases if row.rows()] or draft.cases[:1]
    if not draft.cases:
        draft.cases.append(CaseRows(ProcedureCase()))
