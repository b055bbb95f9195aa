"""Khai báo việc: what an act is, declared once beside its function, and the tables that hold them.

Buttons, refusals, notices, the citizen's page, the audit of papers and the tests read these
declarations. This module knows no model, so that every room above may read it; the tables are
filled when the acts are imported (``DossiersConfig.ready``). See ``docs/extending.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from string import Formatter
from typing import Any

from khanhson_portal.ground import words
from khanhson_portal.ground.moments import LOCAL
from procedures.offices.rights import Right


class Sentence:
    """One sentence told from an event's frozen data; its pieces name the facts they need.

    A piece whose fact is unknown or empty is left out: ``(“Chuyển hồ sơ”, “ đến {to}”)``. After a
    colon stands how a fact is written: ``day``, ``moment``, ``money``, ``list``, or ``if`` for
    one that is only looked at.
    """

    def __init__(self, *pieces: str) -> None:
        self.pieces = pieces

    def of(self, facts: Mapping[str, Any]) -> str:
        return "".join(_piece(piece, facts) for piece in self.pieces)

    @property
    def names(self) -> set[str]:
        """Return the facts that the sentence may tell, by the first part of their names."""
        fields = [name for piece in self.pieces for _, name, _, _ in Formatter().parse(piece)]
        return {name.split("[")[0] for name in fields if name}


class _Unknown(Exception):
    """A fact that the event does not hold."""


class _Writer(Formatter):
    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        try:
            value, used = super().get_field(field_name, args, kwargs)
        except (KeyError, TypeError) as error:
            raise _Unknown(field_name) from error
        if value in (None, "", [], {}):
            raise _Unknown(field_name)
        return value, used

    def format_field(self, value: Any, format_spec: str) -> str:
        return WRITTEN[format_spec](value)


def _piece(piece: str, facts: Mapping[str, Any]) -> str:
    try:
        return _Writer().vformat(piece, (), facts)
    except _Unknown:
        return ""


def _day(value: str | date) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(moment, datetime):
        moment = (moment.astimezone(LOCAL) if moment.tzinfo else moment).date()
    return words.short_date(moment)


def _moment(value: str | datetime) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = moment.astimezone(LOCAL)
    return f"{words.official_time(local)}, {words.short_date(local.date())}"


WRITTEN: dict[str, Callable[[Any], str]] = {
    "": str,
    "day": _day,
    "moment": _moment,
    "money": words.money,
    "list": "; ".join,
    "if": lambda value: "",
}


class Assurance(IntEnum):
    """How sure the portal is of who a citizen is (NĐ 69/2024/NĐ-CP, tài khoản định danh)."""

    HOLDS_THE_CODE = 1
    IDENTITY_1 = 2
    IDENTITY_2 = 3

    @property
    def label(self) -> str:
        return ASSURANCES[self]


ASSURANCES: dict[Assurance, str] = {
    Assurance.HOLDS_THE_CODE: "mã tra cứu in trên giấy",
    Assurance.IDENTITY_1: "tài khoản định danh điện tử mức độ 1",
    Assurance.IDENTITY_2: "tài khoản định danh điện tử mức độ 2",
}


def always(subject: Any) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Act:
    """One act. ``label`` is the button; ``target`` None: the act itself says where to, or nowhere.

    ``right``: which officers may, and where (``procedures.offices.rights``). ``citizen``: how
    surely a citizen must be known to do it, None where only officers may. ``by_jobs``: whether it
    may run by itself. ``paper``, ``notice``: the kind of paper issued and of notice sent with it.
    ``told`` is the event as staff read it, ``public`` as the citizen does; ``asks``: its note says
    what the citizen must do. ``slug``, ``form``: the word in the address and the form's name among
    the counter's, "" for an act without a page. ``makes_sense``: whether the button is worth
    showing; the act refuses in words all the same. ``grave``: asked twice. ``rare``: kept aside.
    ``pressed``: a person's button, whose second press is the same act.
    """

    name: str
    label: str
    chapter: int
    told: Sentence
    public: Sentence
    right: Right
    sources: Set[str] = frozenset()
    target: str | None = None
    paper: str | None = None
    notice: str | None = None
    slug: str = ""
    form: str = ""
    makes_sense: Callable[[Any], bool] = always
    citizen: Assurance | None = None
    by_jobs: bool = False
    asks: bool = False
    primary: bool = False
    grave: bool = False
    rare: bool = False
    pressed: bool = True


class Table(dict[str, Act]):
    """Every act on one kind of subject, by name."""

    def declare(self, act: Act) -> Act:
        if act.name in self:
            raise ValueError(f"{act.name} is declared twice")
        self[act.name] = act
        return act

    def in_order(self) -> list[Act]:
        """As buttons stand: by chapter, there first what is mostly done, last what is grave."""
        return sorted(self.values(), key=lambda act: (act.chapter, not act.primary, act.grave))

    def papers(self) -> dict[str, str]:
        """Return the kind of paper that each act must issue, for those that issue one."""
        return {name: act.paper for name, act in self.items() if act.paper}

    def by_slug(self, slug: str) -> Act | None:
        """Return the act whose page has this word in its address, None where there is none."""
        return next((act for act in self.values() if act.slug and act.slug == slug), None)


ACTS = Table()  # the acts on a dossier, filled by ``dossiers.acts``
