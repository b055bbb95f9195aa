"""One field of a paper: its name in braces, what people call it, and how it is read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices

from dossiers.models import Dossier, FormKind
from dossiers.papers import wording
from dossiers.papers.facts import Facts
from dossiers.papers.kinds import ABOUT_ONE_DOSSIER, KINDS, told_by
from dossiers.papers.markup import Command
from dossiers.papers.matter import Matter
from dossiers.papers.tables import Layout
from khanhson_portal.ground import words

ALL_FORMS = frozenset(KINDS)
FRAME_ONLY: frozenset[FormKind] = frozenset()  # drawn around every form, asked for by none


class FieldKind(TextChoices):
    TEXT = "text", "chữ"
    LINES = "lines", "nhiều dòng"
    DAY = "day", "ngày"
    MOMENT = "moment", "giờ và ngày"
    MONEY = "money", "số tiền"
    NUMBER = "number", "số"
    LIST = "list", "danh sách"
    TABLE = "table", "bảng"
    IMAGE = "image", "ảnh"
    BLANK = "blank", "chỗ viết tay"


@dataclass(frozen=True)
class Field:
    """``name`` is stored with every issued paper: it is never renamed, only added to.

    ``read`` takes the matter of a paper; its value is printed as its type says, so a moment as
    papers write moments. ``usual`` and ``worst`` are what samples show; None: nothing, and the
    usual. ``forms``: the kinds of paper that may ask for it. ``of_act``: what an act told, which a
    paper issued anew repeats. ``costly``: asks the database, so only where the form asks for it.
    """

    name: str
    label: str
    kind: FieldKind
    read: Callable[[Matter], Any]
    usual: Any = None
    worst: Any = None
    forms: frozenset[FormKind] = ALL_FORMS
    of_act: bool = False
    costly: bool = False
    layout: Layout | None = None

    def frozen(self, matter: Matter) -> Any:
        """Return what the paper says here, as it is stored and printed for ever."""
        return self.printed(self.read(matter))

    def printed(self, value: Any) -> Any:
        if self.has_rows:
            return list(value or [])
        if self.kind == FieldKind.IMAGE:
            return value
        match value:
            case None:
                return ""
            case datetime():
                return wording.moment(value)
            case date():
                return words.official_date(value)
            case int() if self.kind == FieldKind.MONEY:
                return words.money(value)
        return value

    @property
    def has_rows(self) -> bool:
        return self.kind in {FieldKind.LIST, FieldKind.TABLE}

    @property
    def written(self) -> str:
        """Return how a form asks for it."""
        commands = {FieldKind.TABLE: Command.TABLE, FieldKind.LIST: Command.LIST}
        command = commands.get(self.kind)
        return f"[{command}: {self.name}]" if command else f"{{{self.name}}}"

    @property
    def sample(self) -> Any:
        return self.printed(self.usual)

    @property
    def worst_sample(self) -> Any:
        return self.printed(self.usual if self.worst is None else self.worst)


def of_dossier(
    name: str,
    label: str,
    read: Callable[[Dossier], Any],
    usual: Any = None,
    worst: Any = None,
    kind: FieldKind = FieldKind.TEXT,
    **more: Any,
) -> Field:
    """Declare a field read from the dossier that the paper is about; empty on a list."""

    def from_matter(matter: Matter) -> Any:
        return read(matter.dossier) if matter.dossier else None

    return Field(
        name, label, kind, from_matter, usual, worst, **{"forms": ABOUT_ONE_DOSSIER, **more}
    )


def of_facts(
    name: str,
    label: str,
    reads: Mapping[type[Facts], Callable[[Any], Any]],
    usual: Any = None,
    worst: Any = None,
    kind: FieldKind = FieldKind.TEXT,
    *,
    otherwise: Callable[[Matter], Any] = lambda matter: None,
    also: frozenset[FormKind] = frozenset(),
) -> Field:
    """Declare a field that acts tell: ``reads`` by the type of their facts, else ``otherwise``.

    ``also``: papers that may ask for it though their act tells nothing.
    """

    def from_matter(matter: Matter) -> Any:
        found = reads.get(type(matter.facts))
        return found(matter.facts) if found else otherwise(matter)

    forms = told_by(*reads) | also
    return Field(name, label, kind, from_matter, usual, worst, forms, of_act=True)


def by_hand(name: str, label: str, forms: frozenset[FormKind]) -> Field:
    """Declare a place that people fill in with a pen."""
    return Field(name, label, FieldKind.BLANK, lambda matter: None, forms=forms, of_act=True)
