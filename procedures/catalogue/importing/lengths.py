"""What would not fit into the catalogue's columns: refused with its length, never cut silently."""

from __future__ import annotations

from dataclasses import fields

from django.db.models import Model

from procedures.catalogue import (
    CaseChannel,
    Fee,
    LegalBasis,
    ProcedureCase,
    ProcedureResult,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.catalogue.importing.aspects import LABELS
from procedures.catalogue.importing.records import (
    BasisRecord,
    ChannelRecord,
    FeeRecord,
    PaperRecord,
    Part,
    ResultRecord,
    Value,
)

LONGEST_FIELD = 199  # characters: its sort key takes twice as many, and one

_MODELS: dict[type, type[Model]] = {
    ChannelRecord: CaseChannel,
    FeeRecord: Fee,
    PaperRecord: RequiredPaper,
    ResultRecord: ProcedureResult,
    BasisRecord: LegalBasis,
}


def too_long(content: dict[str, Value]) -> list[str]:
    """Return one sentence per text that is longer than its column, each sentence once."""
    found = []
    for aspect, value in content.items():
        if isinstance(value, str):
            limit = LONGEST_FIELD if aspect == "field" else _limit(ProcedureVersion, aspect)
            if limit and len(value) > limit:
                found.append(_sentence(LABELS[aspect], len(value), limit))
        else:
            for part in value:
                found += _of_part(part)
    return list(dict.fromkeys(found))


def _of_part(part: Part) -> list[str]:
    if isinstance(part, str):
        return []
    model = _MODELS[type(part)]
    found = []
    for column in fields(part):
        text = getattr(part, column.name)
        if not isinstance(text, str):
            continue
        owner, name = (ProcedureCase, "name") if column.name == "case" else (model, column.name)
        limit = _limit(owner, name)
        if limit and len(text) > limit:
            label = getattr(owner._meta.get_field(name), "verbose_name", name)
            found.append(_sentence(str(label), len(text), limit))
    return found


def _limit(model: type[Model], name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)


def _sentence(label: str, length: int, limit: int) -> str:
    return f"{label} dài {length} ký tự, quá {limit}"
