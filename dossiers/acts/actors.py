"""Whose hand acts: an officer's, a citizen's or a job's; and the two answers beside "done"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from dossiers.declaring import Assurance
from dossiers.models import ActorKind
from procedures.offices import Officer


class ActRefused(Exception):
    """An act out of turn. ``str()`` is a Vietnamese sentence, safe to show to whoever acts.

    ``field`` names the form field it belongs to, "" for the act as a whole.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class AlreadyDone(Exception):
    """The same press of the same button came twice; ``event`` is what the first one did.

    Good news for whoever pressed: what was wanted is done.
    """

    def __init__(self, event: Any) -> None:
        super().__init__(str(event))
        self.event = event


@dataclass(frozen=True)
class Citizen:
    """Whoever acts in their own matter, and how sure the portal is of that."""

    assurance: Assurance


@dataclass(frozen=True)
class Job:
    """Work that runs by itself, by the name of its job."""

    name: str


Actor = Officer | Citizen | Job


@dataclass(frozen=True)
class Hand:
    """Whose hand acts, and when: ``now`` is the moment of recording.

    ``nonce`` names one press of a button: the same one twice is one act. ``seen`` is the number of
    events the person had before their eyes; None where nobody looked (jobs, imports).
    """

    by: Actor
    now: datetime
    nonce: UUID | None = None
    seen: int | None = None

    @property
    def officer(self) -> Officer | None:
        return self.by if isinstance(self.by, Officer) else None

    def of_officer(self) -> Officer:
        """Return the officer; refuse a hand that is not an officer's."""
        if isinstance(self.by, Officer):
            return self.by
        raise ActRefused("Việc này do cán bộ làm, không làm thay được.")

    @property
    def recorded(self) -> tuple[ActorKind, str]:
        """Return what the event keeps of an actor beside the officer: the kind, and how known."""
        if isinstance(self.by, Citizen):
            return ActorKind.CITIZEN, self.by.assurance.name.lower()
        if isinstance(self.by, Job):
            return ActorKind.JOB, self.by.name
        return ActorKind.OFFICER, ""
