"""The words of a version's contents, kept folded beside it for full-text search."""

from __future__ import annotations

from collections.abc import Iterable

from khanhson_portal.ground.text import search_key
from procedures.catalogue import ProcedureVersion, VersionWords, reading

_TEXTS = [
    "applicants", "authority", "implementer", "partners", "sequence", "conditions", "papers_text",
    "related",
]  # fmt: skip
AT_ONCE = 300


def write_words(pks: Iterable[int]) -> int:
    """Write the words of these versions anew; returns how many. Twice is the same."""
    wanted = sorted(set(pks))
    for at in range(0, len(wanted), AT_ONCE):
        versions = list(ProcedureVersion.objects.filter(pk__in=wanted[at : at + AT_ONCE]))
        reading.fill(versions)
        VersionWords.objects.bulk_create(
            [VersionWords(version=version, words=content_words(version)) for version in versions],
            update_conflicts=True,
            unique_fields=["version"],
            update_fields=["words"],
        )
    return len(wanted)


def write_missing() -> int:
    """Write the words of versions that have none yet; returns how many."""
    rows = ProcedureVersion.objects.filter(content_words=None)
    return write_words(rows.values_list("pk", flat=True))


def content_words(version: ProcedureVersion) -> str:
    """Return every folded word of a version's contents once, from what ``reading.fill`` read."""
    texts = [getattr(version, name) for name in _TEXTS]
    texts += [result.name for result in version.results.all()]
    for case in version.cases.all():
        texts.append(case.name)
        for paper in case.papers.all():
            texts += [paper.group, paper.name, paper.official_name, paper.form_name]
    return " ".join(dict.fromkeys(" ".join(map(search_key, texts)).split()))
