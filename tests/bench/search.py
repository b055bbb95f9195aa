"""Searching 6,500 procedures: how well, how fast beside a bare full-text query."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median, quantiles

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.utils.timezone import localdate

from khanhson_portal.ground.text import search_key
from procedures import reference
from procedures.catalogue import Approval, Field, Procedure, ProcedureVersion
from procedures.catalogue.models.versions import ProcedureVersionQuerySet
from procedures.catalogue.search import version_words
from procedures.catalogue.search.finding import find
from procedures.catalogue.search.snapshot import SHELF
from tests.procedures import labelled

MANY = 6500


def measure() -> None:
    reference.load_reference()
    labelled.load_catalogue()
    _quality()
    _fill_up()
    _speed()


def _quality() -> None:
    searches = labelled.read()
    for name, held_out in (("tuned on", False), ("held out", True)):
        part = [search for search in searches if search.held_out is held_out]
        score = labelled.score(part, localdate())
        print(
            f"{name:9} {score.total:4} searches: first {score.share_first:.1%}, "
            f"among the first three {score.share_in_three:.1%}"
        )


def _fill_up() -> None:
    """Add procedures made of the real titles in other combinations, to the size of the nation's."""
    titles = list(ProcedureVersion.objects.values_list("title", flat=True))
    field = Field.objects.first()
    missing = range(ProcedureVersion.objects.count(), MANY)
    procedures = Procedure.objects.bulk_create(Procedure(code=f"9.{n:06}") for n in missing)
    versions = []
    for n, procedure in enumerate(procedures):
        head, tail = titles[n % len(titles)].split(), titles[(n * 7 + 3) % len(titles)].split()
        title = " ".join(head[: len(head) // 2 + 1] + tail[len(tail) // 2 :])[:1400]
        version = ProcedureVersion(
            procedure=procedure, title=title, field=field, approval=Approval.APPROVED
        )
        version.refresh_keys()
        versions.append(version)
    ProcedureVersion.objects.bulk_create(versions, batch_size=1000)
    version_words.write_missing()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _speed() -> None:
    versions = ProcedureVersion.objects.approved().in_force(localdate())
    texts = [search.text for search in labelled.read()]
    print(f"{versions.count()} procedures, {len(texts)} searches, 20 rows each")
    started = time.perf_counter()
    SHELF.current(localdate())
    print(
        f"reading the titles after a change: {time.perf_counter() - started:.2f} s, once a process"
    )
    bare = _times(texts, lambda text: list(_bare(text)))
    ours = _times(texts, lambda text: find(versions, text).hits[:20])
    print(f"bare full text   median {median(bare):5.1f} ms, 95 % under {_p95(bare):6.1f} ms")
    print(f"portal's search  median {median(ours):5.1f} ms, 95 % under {_p95(ours):6.1f} ms")
    middle, slow = median(ours) / median(bare), _p95(ours) / _p95(bare)
    print(f"ratio            median {middle:5.1f},    95 % {slow:6.1f}")


def _bare(text: str) -> ProcedureVersionQuerySet:
    """The barest way: every word, unmarked, at the beginning of a word of the title."""
    words = search_key(text).split()
    query = SearchQuery(" & ".join(f"{w}:*" for w in words), search_type="raw", config="simple")
    vector = SearchVector("search_text", config="simple")
    found = ProcedureVersion.objects.annotate(vector=vector).filter(vector=query)
    return found.for_listing().order_by("sort_key")[:20]


def _times(texts: list[str], search: Callable[[str], object]) -> list[float]:
    """Return milliseconds per search, after one round to warm up."""
    found = []
    for text in texts[:5] + texts:
        started = time.perf_counter()
        search(text)
        found.append(1000 * (time.perf_counter() - started))
    return found[5:]


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
