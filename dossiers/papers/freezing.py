"""What a paper says, taken once from the rows of its day and never read from them again.

Every value is text as it shall be printed, so that a reprint needs no rules: agencies may be
renamed, officers leave and procedures change, the paper stays.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dossiers.models import FormKind
from dossiers.papers.matter import Matter
from dossiers.papers.registry import FIELDS
from dossiers.papers.registry.office import LETTERHEAD
from khanhson_portal.ground.moments import first_moment
from procedures.offices import Agency

Frozen = dict[str, Any]


def freeze(matter: Matter, asked: set[str]) -> Frozen:
    """Return every field, so that any form can be drawn; those that cost a query where ``asked``.

    Images are there only where one is allowed.
    """
    read = {
        name: field.frozen(matter)
        for name, field in FIELDS.items()
        if name in asked or not field.costly
    }
    return {name: value for name, value in read.items() if value is not None}


def told_before(data: Frozen) -> Frozen:
    """Return what the act told on a paper already issued: one issued anew repeats it."""
    return {name: data[name] for name, field in FIELDS.items() if field.of_act and name in data}


def letterhead(agency: Agency, day: date) -> Frozen:
    """Return the head of an agency's papers, for sheets that are no issued papers."""
    matter = Matter(FormKind.RECEIPT, agency, first_moment(day))
    return {field.name: field.frozen(matter) for field in LETTERHEAD}
