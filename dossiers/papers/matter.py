"""What a paper is made from: who issues it, when, about which dossier, and what its act told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dossiers.models import Dossier, FormKind
from dossiers.papers.facts import Facts
from khanhson_portal.ground.moments import local_day
from procedures.offices import Agency, Officer, Post


@dataclass(frozen=True)
class Issuer:
    """Whose hand issues a paper, under which post, and when; ``nonce`` names the press that asked.

    Without ``by`` the portal issues it: for what a citizen did online, or a job.
    """

    by: Officer | None
    post: Post | None
    at: datetime
    nonce: UUID | None = None

    @property
    def day(self) -> date:
        return local_day(self.at)


@dataclass(frozen=True)
class Matter:
    """Everything that the fields of one paper are read from.

    ``agency`` has the letterhead; ``note`` is that of the act's event. Without ``by`` nobody signs,
    without ``dossier`` it is a list of a day.
    """

    kind: FormKind
    agency: Agency
    at: datetime
    by: Officer | None = None
    post: Post | None = None
    dossier: Dossier | None = None
    facts: Facts = field(default_factory=Facts)
    number: str = ""
    note: str = ""

    @property
    def day(self) -> date:
        return local_day(self.at)
