"""Carry a plan out: all of it or nothing, in one transaction, with a bounded number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.text import slugify
from django.utils.timezone import now as current_moment
from psycopg.errors import ExclusionViolation, UniqueViolation

from khanhson_portal.ground.text import search_key, sort_key
from procedures.catalogue import (
    CaseChannel,
    Fee,
    Field,
    InternalStep,
    LegalBasis,
    OnlineLevel,
    Procedure,
    ProcedureCase,
    ProcedureResult,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.catalogue.importing.approving import approve_items
from procedures.catalogue.importing.drafting import Draft, bases_by_pk, draft_of
from procedures.catalogue.importing.faults import PlanOutdated
from procedures.catalogue.importing.known import seen
from procedures.catalogue.importing.planning import CataloguePlan, PlannedRecord
from procedures.catalogue.search import version_words
from procedures.offices import Officer

LONGEST_SLUG = 120
OUTDATED = "Danh mục đã thay đổi trong lúc chuẩn bị; chưa ghi gì, hãy chạy lại."


@dataclass
class Report:
    """What was written: counts, and the records that an approval did not reach, with the reason."""

    procedures: int = 0
    versions: int = 0
    updated: int = 0
    fields: int = 0
    approved: int = 0
    replaced: int = 0
    held: list[tuple[PlannedRecord, str]] = field(default_factory=list)

    @property
    def wrote_nothing(self) -> bool:
        return not (self.versions or self.updated or self.approved)


def apply(
    plan: CataloguePlan,
    *,
    approve_by: Officer | None = None,
    correcting: bool = False,
    now: datetime | None = None,
) -> Report:
    """Write what ``plan`` says. Running twice writes nothing the second time.

    With ``approve_by``, the versions that stand for the records are approved as well, drafts of
    earlier runs included; ``correcting`` lets them take the place of approved versions of the same
    day that other sources gave. Raises PlanOutdated, with nothing written, when the
    catalogue is no longer what the plan was made from.
    """
    report = Report()
    try:
        with transaction.atomic():
            _check_still_valid(plan)
            for wave in _waves(plan):
                _write_wave(wave, report)
            if approve_by:
                at = now or current_moment()
                done, report.held = approve_items(
                    plan.items, by=approve_by, at=at, correcting=correcting
                )
                report.approved, report.replaced = len(done.passed), len(done.replaced)
    except IntegrityError as error:
        if isinstance(error.__cause__, (UniqueViolation, ExclusionViolation)):
            raise PlanOutdated(OUTDATED) from error  # somebody was quicker
        raise
    return report


def _check_still_valid(plan: CataloguePlan) -> None:
    codes = {item.record.code for item in plan.items}
    list(Procedure.objects.select_for_update().filter(code__in=codes).order_by("pk"))
    if seen(codes) != plan.seen:
        raise PlanOutdated(OUTDATED)


def _waves(plan: CataloguePlan) -> Iterator[list[PlannedRecord]]:
    """Yield what can be written together: records of one procedure build upon each other."""
    waves: dict[int, list[PlannedRecord]] = defaultdict(list)
    turn: dict[str, int] = defaultdict(int)
    ordered = sorted(
        (item for item in plan.items if item.writes and item.target),
        key=lambda item: item.target.number if item.target else 0,
    )
    for item in ordered:
        waves[turn[item.record.code]].append(item)
        turn[item.record.code] += 1
    yield from waves.values()


def _write_wave(wave: list[PlannedRecord], report: Report) -> None:
    bases = bases_by_pk(item.base.pk for item in wave if item.base and item.base.pk)
    procedures = _procedures(wave, report)
    drafts = [draft_of(item, bases.get(item.base.pk or 0) if item.base else None) for item in wave]
    fields = _fields(wave, report)
    for draft in drafts:
        draft.version.procedure = procedures[draft.item.record.code]
        for change in draft.item.changes:
            if change.aspect == "field":
                draft.version.field = fields[search_key(str(change.new))]
        draft.version.refresh_keys()
    _save_versions(drafts, report)
    _save_contents(drafts)
    version_words.write_words(draft.version.pk for draft in drafts)


def _procedures(wave: list[PlannedRecord], report: Report) -> dict[str, Procedure]:
    codes = [item.record.code for item in wave]
    found = {row.code: row for row in Procedure.objects.filter(code__in=codes)}
    missing = [Procedure(code=code) for code in dict.fromkeys(codes) if code not in found]
    report.procedures += len(Procedure.objects.bulk_create(missing))
    return found | {row.code: row for row in missing}


def _fields(wave: list[PlannedRecord], report: Report) -> dict[str, Field]:
    """Return the fields by their folded names, the missing ones created."""
    found = {search_key(row.name): row for row in Field.objects.all()}
    slugs = {row.slug for row in found.values()}
    missing = []
    for item in wave:
        for change in item.changes:
            key = search_key(str(change.new)) if change.aspect == "field" else ""
            if key and key not in found:
                name = str(change.new)
                found[key] = Field(name=name, slug=_slug(key, slugs), sort_key=sort_key(name))
                missing.append(found[key])
    report.fields += len(Field.objects.bulk_create(missing))
    return found


def _slug(key: str, taken: set[str]) -> str:
    """Return an address made of a folded name, and put it among ``taken``."""
    plain = slugify(key)[: LONGEST_SLUG - 4].strip("-") or "linh-vuc"
    slug, number = plain, 1
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    taken.add(slug)
    return slug


def _save_versions(drafts: list[Draft], report: Report) -> None:
    new = [draft.version for draft in drafts if not draft.item.in_place]
    old = [draft.version for draft in drafts if draft.item.in_place]
    ProcedureVersion.objects.bulk_create(new)
    for version in old:
        version.save()
    report.versions += len(new)
    report.updated += len(old)
    for draft in drafts:
        assert draft.item.target
        draft.item.target.pk = draft.version.pk
    ProcedureCase.objects.filter(version__in=old).delete()
    for model in (ProcedureResult, LegalBasis, OnlineLevel):
        model.objects.filter(version__in=old).delete()


def _save_contents(drafts: list[Draft]) -> None:
    cases = [(draft.version, row) for draft in drafts for row in draft.cases]
    for version, row in cases:
        row.case.version = version
    ProcedureCase.objects.bulk_create(row.case for _, row in cases)
    for _, row in cases:
        for child in row.rows():
            child.case = row.case  # type: ignore[attr-defined]
    for draft in drafts:
        for child in [*draft.results, *draft.bases, *draft.online_levels]:
            child.version = draft.version  # type: ignore[attr-defined]
    _save(CaseChannel, (child for _, row in cases for child in row.channels))
    _save(Fee, (child for _, row in cases for child in row.fees))
    _save(RequiredPaper, (child for _, row in cases for child in row.papers))
    _save(InternalStep, (child for _, row in cases for child in row.steps))
    _save(ProcedureResult, (child for draft in drafts for child in draft.results))
    _save(LegalBasis, (child for draft in drafts for child in draft.bases))
    _save(OnlineLevel, (child for draft in drafts for child in draft.online_levels))


def _save(model: type[Model], rows: Iterable[Model]) -> None:
    model._default_manager.bulk_create(list(rows), batch_size=1000)
