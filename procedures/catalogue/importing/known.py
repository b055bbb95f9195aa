"""What the catalogue already says of the procedures of an import, in the terms of the records."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from procedures.catalogue import (
    Approval,
    CaseChannel,
    Fee,
    Procedure,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.catalogue.importing.aspects import TEXTS
from procedures.catalogue.importing.records import (
    BasisRecord,
    ChannelRecord,
    FeeRecord,
    PaperRecord,
    ResultRecord,
    Value,
)
from procedures.worktime import Unit

Seen = tuple[tuple[int, int, str, str], ...]


@dataclass
class Known:
    """One version as a plan sees it; ``pk`` is None while it is only planned."""

    number: int
    valid_from: date
    approval: str
    source: str
    content: dict[str, Value]
    pk: int | None = None

    @property
    def is_draft(self) -> bool:
        return self.approval == Approval.DRAFT

    @property
    def counts(self) -> bool:
        """Whether this version holds for its time, or may yet."""
        return self.approval in {Approval.DRAFT, Approval.APPROVED}


def known_versions(codes: Collection[str]) -> dict[str, list[Known]]:
    """Return the versions of each procedure that exists, oldest number first; seven queries."""
    known: dict[str, list[Known]] = {
        code: [] for code in Procedure.objects.filter(code__in=codes).values_list("code", flat=True)
    }
    versions = ProcedureVersion.objects.filter(procedure__code__in=codes).whole()
    for version in versions.order_by("number"):
        known[version.procedure.code].append(_known(version))
    return known


def seen(codes: Collection[str]) -> dict[str, Seen]:
    """Return what tells that procedures have changed since they were read; two queries."""
    found: dict[str, list[tuple[int, int, str, str]]] = {
        code: [] for code in Procedure.objects.filter(code__in=codes).values_list("code", flat=True)
    }
    rows = ProcedureVersion.objects.filter(procedure__code__in=codes).order_by("pk")
    columns = rows.values_list("procedure__code", "pk", "number", "approval", "source")
    for code, pk, number, approval, source in columns:
        found[code].append((pk, number, approval, source))
    return {code: tuple(versions) for code, versions in found.items()}


def _known(version: ProcedureVersion) -> Known:
    return Known(
        number=version.number,
        valid_from=version.valid_from,
        approval=version.approval,
        source=version.source,
        content=content_of(version),
        pk=version.pk,
    )


def content_of(version: ProcedureVersion) -> dict[str, Value]:
    """Return every aspect of a version from what ``whole()`` prefetched; no query."""
    cases = list(version.cases.all())
    content: dict[str, Value] = {name: getattr(version, name) for name in TEXTS}
    content["field"] = version.field.name
    content["levels"] = tuple(version.levels)
    content["channels"] = tuple(
        _known_channel(row, case.name) for case in cases for row in case.channels.all()
    )
    content["fees"] = tuple(_known_fee(row, case.name) for case in cases for row in case.fees.all())
    content["papers"] = tuple(
        _known_paper(row, case.name) for case in cases for row in case.papers.all()
    )
    content["results"] = tuple(ResultRecord(row.name, row.code) for row in version.results.all())
    content["bases"] = tuple(BasisRecord(row.title, row.number) for row in version.bases.all())
    return content


def _known_channel(row: CaseChannel, case: str) -> ChannelRecord:
    return ChannelRecord(row.channel, row.number, Unit(row.unit), row.source_text, row.note, case)


def _known_fee(row: Fee, case: str) -> FeeRecord:
    return FeeRecord(row.state, row.amount, row.per, row.note, row.source_text, row.channel, case)


def _known_paper(row: RequiredPaper, case: str) -> PaperRecord:
    return PaperRecord(
        row.name,
        row.group,
        row.form_name,
        row.originals,
        row.photocopies,
        row.presented_only,
        case,
    )


def standing_on(versions: Iterable[Known], day: date) -> Known | None:
    """Return the version that ``day`` falls to, drafts included, the newest of several."""
    begun = [v for v in versions if v.valid_from <= day and v.counts]
    return max(begun, key=lambda version: (version.valid_from, version.number), default=None)
