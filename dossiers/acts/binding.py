"""How the engine takes hold of a dossier: its row, its rights, its event, paper and notice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from dossiers import due_dates
from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.engine import Engine, Step
from dossiers.acts.rights import entitling_post
from dossiers.declaring import ACTS, Act
from dossiers.models import Dossier, Event, FormKind, Leg
from dossiers.notices.announcing import announce
from dossiers.papers import issuing
from procedures.offices import Officer, Post


class DossierStep(Step[Dossier]):
    """One act under way on a dossier."""

    @property
    def dossier(self) -> Dossier:
        return self.subject

    def move_to(
        self, holder_id: int, officer: Officer | None, due_at: datetime | None = None
    ) -> None:
        """Close the open leg and open one at ``holder_id``, numbered after the event."""
        dossier = self.subject
        dossier.legs.filter(ended_at=None).update(ended_at=self.at)
        Leg.objects.create(
            dossier=dossier,
            number=dossier.events_count + 1,
            giver_id=dossier.holder_id,
            holder_id=holder_id,
            officer=officer,
            given_by=self.hand.officer,
            started_at=self.at,
            due_at=due_at,
        )
        dossier.holder_id, dossier.holder_officer = holder_id, officer

    def said_last(self, act: str, fact: str) -> str:
        """Return what the last event of another act says, "" where there was none."""
        event = self.subject.events.filter(act=act).last()
        return str(event.data.get(fact, "")) if event else ""

    def renew_deadline(self) -> None:
        """Compute the deadline again and note the date before and after in the event."""
        before = self.subject.due_at
        due_dates.set_deadline(self.subject, due_dates.deadline_of(self.subject))
        self.note_due(before)

    def note_due(self, before: datetime | None) -> None:
        """Note in the event which due date there was before, and which there is now."""
        after = self.subject.due_at
        self.data["due"] = {
            "before": before.isoformat() if before else None,
            "after": after.isoformat() if after else None,
        }


class _Dossiers(Engine[Dossier, DossierStep]):
    table = ACTS
    noun = "Hồ sơ"
    step_class = DossierStep

    def locked(self, pk: int, act: Act) -> Dossier:
        rows = Dossier.objects.select_for_update(of=("self",))
        if act.paper:
            rows = rows.select_related(
                "version__procedure", "version__field", "desk__parent", "owner", "submitter"
            )
        return rows.get(pk=pk)

    def events(self) -> QuerySet[Event]:
        return Event.objects.select_related("dossier")

    def entitling_post(
        self, officer: Officer, act: Act, subject: Dossier, day: date
    ) -> Post | None:
        return entitling_post(officer, act, subject, day)

    def place_of(self, subject: Dossier) -> str:
        return f", đang ở {subject.holder.short_name}"

    def event_of(self, step: DossierStep) -> Event:
        dossier = step.subject
        return Event(
            dossier=dossier,
            desk_id=dossier.desk_id,
            version_id=dossier.version_id,
            holder_id=dossier.holder_id,
            due_at=dossier.due_at,
            due_exact=dossier.due_exact,
            promised_at=dossier.promised_at,
            standing=dossier.standing,
            entered_at=dossier.entered_at,
            closed_at=dossier.closed_at,
            finished_at=dossier.finished_at,
        )

    def record(self, current: DossierStep, before: dict[str, Any]) -> None:
        """Freeze what statistics count by with the event that enters or renames a dossier."""
        dossier = current.subject
        renamed = any(before[name] != dossier.columns()[name] for name in ("entered_at", "version"))
        if dossier.entered_at and (renamed or not dossier.events_count):
            current.data["counted"] = {
                "channel": dossier.channel,
                "field": dossier.version.field_id,
                "linked": dossier.version.linked,
                "helped": dossier.helper_id is not None,
            }
        super().record(current, before)

    def issue(self, step: DossierStep, kind: str) -> None:
        assert isinstance(step.event, Event)
        try:
            issuing.issue(FormKind(kind), step.subject, step.event, step.facts)
        except issuing.PaperFailed as failure:
            raise ActRefused(str(failure)) from failure

    def announce(self, step: DossierStep) -> None:
        assert isinstance(step.event, Event)
        announce(step.subject, step.event)


DOSSIERS = _Dossiers()


@contextmanager
def step(
    name: str, dossier_id: int, hand: Hand, *, note: str = "", at: datetime | None = None
) -> Iterator[DossierStep]:
    """Do one act on a dossier that exists; see ``Engine.step``."""
    with DOSSIERS.step(name, dossier_id, hand, note=note, at=at) as current:
        yield current


def first_step(name: str, dossier: Dossier, hand: Hand, at: datetime) -> DossierStep:
    """Return the step of an act that makes its dossier, which the hand has the right to do.

    The caller has asked ``DOSSIERS.check_first_press``, and records the step when it is told.
    """
    act = ACTS[name]
    return DossierStep(act, dossier, hand, DOSSIERS.check_right(act, dossier, hand), at)


def record_new(current: DossierStep) -> None:
    """Append the first event of a dossier that was just inserted."""
    DOSSIERS.record(current, current.subject.columns())


def acts_for(dossier: Dossier, officer: Officer, now: datetime) -> dict[str, Act]:
    """Return the acts that this officer may do now: the buttons of the dossier's page."""
    return DOSSIERS.buttons(dossier, officer, now)
