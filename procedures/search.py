"""Finding a procedure as people type: without marks, in any order, the last word unfinished."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, IntegerField, Q, Value, When

from khanhson_portal.text import one_line, search_key
from procedures.models.versions import ProcedureVersionQuerySet

LONGEST_QUERY = 200  # characters; nobody types more, machines do
MOST_WORDS = 12


def find(
    versions: ProcedureVersionQuerySet, text: str, *, limit: int | None = None
) -> ProcedureVersionQuerySet:
    """Return the versions whose title, field, keywords or code hold every word of ``text``.

    As typed before folded, the title's beginning before its middle, then alphabetical.
    Index: version_search (GIN over the folded text).
    """
    typed = one_line(text[:LONGEST_QUERY])
    words = search_key(typed).split()[:MOST_WORDS]
    if not words:
        return versions.none() if typed else versions
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
    )
    folded = " ".join(words)
    rank = Case(
        When(procedure__code=typed, then=Value(0)),
        When(title__icontains=typed, then=Value(1)),
        When(Q(search_text__startswith=folded), then=Value(2)),
        When(Q(search_text__contains=folded), then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    found = (
        versions.annotate(vector=SearchVector("search_text", config="simple"), rank=rank)
        .filter(vector=query)
        .order_by("rank", "sort_key")
    )
    return found[:limit] if limit else found
