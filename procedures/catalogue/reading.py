"""The contents of versions read ahead in one query, whatever the number of tables they lie in.

Prefetching (``ProcedureVersion.objects.whole()``) asks once per table. A procedure has eight tables
of contents, and its public page a budget of eight queries for everything: competences, opening
hours, days off and the page's frame included. So the database gathers the rows of each table into
JSON (``ArraySubquery`` of ``JSONObject``, each table in its own order), and the same model
instances as ever are built from it by ``Model.from_db``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, OuterRef
from django.db.models.functions import JSONObject

from khanhson_portal.ground.prefetched import remember
from procedures.catalogue import (
    CaseChannel,
    Fee,
    InternalStep,
    LegalBasis,
    OnlineLevel,
    ProcedureCase,
    ProcedureResult,
    ProcedureVersion,
    RequiredPaper,
)

# Table, its link to the owner, what the owner calls its rows.
OF_VERSION: list[tuple[type[Model], str, str]] = [
    (ProcedureCase, "version", "cases"),
    (ProcedureResult, "version", "results"),
    (LegalBasis, "version", "bases"),
    (OnlineLevel, "version", "online_levels"),
]
OF_CASE: list[tuple[type[Model], str, str]] = [
    (CaseChannel, "case", "channels"),
    (Fee, "case", "fees"),
    (RequiredPaper, "case", "papers"),
    (InternalStep, "case", "steps"),
]


def fill(versions: Iterable[ProcedureVersion]) -> None:
    """Read ahead ``cases`` with all of theirs, ``results``, ``bases`` and ``online_levels``.

    Afterwards ``version.cases.all()`` and the like read memory; one query, however many versions.
    """
    owners = list(versions)
    if not owners:
        return
    gathered = {name: _gathered(table, "version") for table, _, name in OF_VERSION}
    gathered |= {name: _gathered(table, "case__version") for table, _, name in OF_CASE}
    these = ProcedureVersion.objects.filter(pk__in=[version.pk for version in owners])
    found = zip(*these.order_by().values_list(*gathered.values()), strict=True)
    rows = {
        name: [row for part in parts for row in part]
        for name, parts in zip(gathered, found, strict=True)
    }
    for table, link, name in OF_VERSION:
        _attach(owners, _built(table, rows[name]), link, name)
    cases = [case for version in owners for case in version.cases.all()]
    for table, link, name in OF_CASE:
        _attach(cases, _built(table, rows[name]), link, name)


def _gathered(table: type[Model], path: str) -> ArraySubquery:
    """Return the rows that lead to a version by ``path``, in the table's order, as JSON objects."""
    names = [column.attname for column in table._meta.concrete_fields]
    rows = table._default_manager.filter(**{path: OuterRef("pk")})
    return ArraySubquery(rows.values_list(JSONObject(**{name: name for name in names})))


def _built(table: type[Model], rows: list[dict[str, Any]]) -> list[Any]:
    """Return rows as instances; JSON has no dates, the columns know how to read them back."""
    columns = table._meta.concrete_fields
    names = [column.attname for column in columns]
    read = [[column.to_python(row[column.attname]) for column in columns] for row in rows]
    return [table.from_db(DEFAULT_DB_ALIAS, names, values) for values in read]


def _attach(owners: Iterable[Model], rows: list[Any], link: str, name: str) -> None:
    """Give each owner its rows as if they had been prefetched."""
    of_owner: dict[int, list[Any]] = defaultdict(list)
    by_pk = {owner.pk: owner for owner in owners}
    for row in rows:
        owner = by_pk[getattr(row, f"{link}_id")]
        setattr(row, link, owner)
        of_owner[owner.pk].append(row)
    for pk, owner in by_pk.items():
        remember(owner, name, of_owner[pk])
