"""Fill versions that say nothing yet of papers, steps and legal bases, from the project's files.

A version with any contents of its own is left alone: they are the office's, or a source's.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from procedures.catalogue import (
    Approval,
    Confidence,
    LegalBasis,
    ProcedureCase,
    ProcedureResult,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.catalogue.content_files import ContentFacts, PaperFacts, read_all
from procedures.catalogue.search import version_words

FILLED = ["plain_title", "sequence", "contents_source", "contents_read_on", "contents_confidence"]


@transaction.atomic
def fill_contents(all_facts: Iterable[ContentFacts] | None = None) -> int:
    """Fill what is empty; returns how many versions. Twice fills nothing the second time."""
    known = {facts.code: facts for facts in (read_all() if all_facts is None else all_facts)}
    versions = list(_empty(known))
    if not versions:
        return 0
    for version in versions:
        _say(version, known[version.procedure.code])
    ProcedureVersion.objects.bulk_update(versions, [*FILLED, "search_text"])
    by_version = {version.pk: known[version.procedure.code] for version in versions}
    RequiredPaper.objects.bulk_create(_papers(by_version))
    results = [
        ProcedureResult(version_id=pk, name=name)
        for pk, facts in by_version.items()
        for name in facts.results
    ]
    ProcedureResult.objects.bulk_create(results)
    bases = [
        LegalBasis(version_id=pk, number=basis.number, title=basis.title)
        for pk, facts in by_version.items()
        for basis in facts.bases
    ]
    LegalBasis.objects.bulk_create(bases)
    version_words.write_words(by_version)
    return len(versions)


def _empty(codes: Iterable[str]) -> Iterable[ProcedureVersion]:
    """Return the versions of these procedures, drafts included, that say nothing yet."""
    rows = ProcedureVersion.objects.filter(
        procedure__code__in=codes,
        approval__in=[Approval.APPROVED, Approval.DRAFT],
        sequence="",
        papers_text="",
        contents_source="",
    )
    for table, owner in (
        (RequiredPaper, "case__version"),
        (ProcedureResult, "version"),
        (LegalBasis, "version"),
    ):
        rows = rows.exclude(Exists(table._default_manager.filter(**{owner: OuterRef("pk")})))
    return rows.select_related("procedure", "field").order_by("pk")


def _say(version: ProcedureVersion, facts: ContentFacts) -> None:
    version.plain_title = facts.name
    version.sequence = "\n".join(facts.steps)
    version.contents_source = f"{facts.source}, mã {facts.code}, {facts.decision}"
    version.contents_read_on = facts.read_on
    earlier = version.valid_from < facts.since
    version.contents_confidence = Confidence.MEDIUM if earlier else facts.confidence
    version.refresh_keys()


def _papers(by_version: dict[int, ContentFacts]) -> list[RequiredPaper]:
    """Return the papers of every case: no source says that a case asks for others."""
    cases = ProcedureCase.objects.filter(version__in=by_version).order_by("pk")
    return [
        _paper(case, order, paper)
        for case in cases
        for order, paper in enumerate(by_version[case.version_id].papers)
    ]


def _paper(case: ProcedureCase, order: int, facts: PaperFacts) -> RequiredPaper:
    return RequiredPaper(
        case=case,
        order=order,
        name=facts.name,
        official_name=facts.official,
        form_name=facts.form,
        originals=facts.originals,
        certified=facts.certified,
        photocopies=facts.photocopies,
        presented_only=facts.presented,
        conditional=bool(facts.condition),
        condition=facts.condition,
        channel=facts.channel,
        held_data=facts.held_data,
        held_from=facts.held_from,
        held_basis=facts.held_basis,
    )
