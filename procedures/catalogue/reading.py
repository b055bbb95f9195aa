"""The contents of versions in one query, whatever the number of tables they lie in.

Prefetching asks once per table; a procedure's page has seven of them and a budget of eight
queries for the whole page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection, models

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

OF_CASE: list[type[models.Model]] = [CaseChannel, Fee, RequiredPaper, InternalStep]
OF_VERSION: list[type[models.Model]] = [ProcedureCase, ProcedureResult, LegalBasis, OnlineLevel]


def fill(versions: Iterable[ProcedureVersion]) -> None:
    """Fill ``cases`` (channels, fees, papers, steps), ``results``, ``bases``, ``online_levels``.

    Afterwards ``version.cases.all()`` and the like read memory, each in its model's order.
    """
    by_pk = {version.pk: version for version in versions}
    rows = _rows(list(by_pk))
    cases = rows[ProcedureCase]
    for case in cases:
        case.version = by_pk[case.version_id]
    for model in OF_VERSION:
        _attach(by_pk.values(), rows[model], model, "version")
    for model in OF_CASE:
        _attach(cases, rows[model], model, "case")


def _rows(version_ids: list[int]) -> dict[type[models.Model], list[Any]]:
    """Return the rows of all tables as model instances, one query."""
    parts, tables = [], {model._meta.db_table: model for model in [*OF_VERSION, *OF_CASE]}
    for model in OF_VERSION:
        parts.append(_part(model, "t.version_id = ANY(%(ids)s)"))
    of_these = "SELECT id FROM procedures_procedurecase WHERE version_id = ANY(%(ids)s)"
    for model in OF_CASE:
        parts.append(_part(model, f"t.case_id IN ({of_these})"))
    found: dict[type[models.Model], list[Any]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {"ids": version_ids})
        for table, row in cursor.fetchall():
            found[tables[table]].append(_instance(tables[table], row))
    return found


def _part(model: type[models.Model], condition: str) -> str:
    table = model._meta.db_table
    return f"SELECT '{table}', to_jsonb(t) FROM {table} t WHERE {condition}"


def _instance(model: type[models.Model], row: dict[str, Any] | str) -> Any:
    import json

    columns = json.loads(row) if isinstance(row, str) else row
    fields = {field.column: field for field in model._meta.concrete_fields}
    values = {
        fields[name].attname: fields[name].to_python(value) for name, value in columns.items()
    }
    instance = model(**values)
    instance._state.adding, instance._state.db = False, connection.alias
    return instance


def _attach(owners: Iterable[Any], rows: list[Any], model: type[models.Model], link: str) -> None:
    """Give each owner its rows as if they had been prefetched, in the order of ``Meta``."""
    field = model._meta.get_field(link)
    accessor = str(field.remote_field.get_accessor_name())  # type: ignore[union-attr]
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=_meta_order(model)):
        grouped[getattr(row, field.attname)].append(row)  # type: ignore[union-attr]
    for owner in owners:
        remember(owner, accessor, grouped[owner.pk])


def _meta_order(model: type[models.Model]) -> Any:
    names = [str(name) for name in model._meta.ordering or ()]

    def key(row: Any) -> list[Any]:
        return [
            -getattr(row, name[1:]).toordinal() if name.startswith("-") else getattr(row, name)
            for name in names
        ]

    return key
