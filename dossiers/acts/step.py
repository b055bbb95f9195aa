"""What every act has in common: lock, check, change, event, paper, save; or no trace at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dossiers import due_dates, journal
from dossiers.acts.rights import entitling_post
from dossiers.declaring import ACTS, Act
from dossiers.models import Dossier, Event, FormKind, Leg
from dossiers.notices.announcing import announce
from dossiers.papers import issuing
from dossiers.papers.facts import Facts
from khanhson_portal.ground.moments import LOCAL, local_day
from procedures.offices import Officer, Post


class ActRefused(Exception):
    """An act out of turn. ``str()`` is a Vietnamese sentence, safe to show to an officer.

    ``field`` names the form field it belongs to, "" for the act as a whole.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class AlreadyDone(Exception):
    """The same press of the same button came twice; ``event`` is what the first one did."""

    def __init__(self, event: Event) -> None:
        super().__init__(str(event))
        self.event = event


@dataclass(frozen=True)
class Hand:
    """Whose hand acts, and when: ``now`` is the moment of recording.

    ``nonce`` names one press of a button: the same one twice is one act. ``seen`` is the number of
    events the person had before their eyes; None where nobody looked (jobs, imports).
    """

    by: Officer
    now: datetime
    nonce: UUID | None = None
    seen: int | None = None


@dataclass
class Step:
    """One act under way: the locked dossier, and what its event and its paper shall say."""

    name: str
    act: Act
    dossier: Dossier
    hand: Hand
    post: Post
    at: datetime
    note: str = ""
    reason_code: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)  # what its paper is told
    from_state: str = ""
    event: Event | None = None

    def move_to(
        self, holder_id: int, officer: Officer | None, due_at: datetime | None = None
    ) -> None:
        """Close the open leg and open one at ``holder_id``, numbered after the event."""
        dossier = self.dossier
        dossier.legs.filter(ended_at=None).update(ended_at=self.at)
        Leg.objects.create(
            dossier=dossier,
            number=dossier.events_count + 1,
            giver_id=dossier.holder_id,
            holder_id=holder_id,
            officer=officer,
            given_by=self.hand.by,
            started_at=self.at,
            due_at=due_at,
        )
        dossier.holder_id, dossier.holder_officer = holder_id, officer

    def said_last(self, act: str, fact: str) -> str:
        """Return what the last event of another act says, "" where there was none."""
        event = self.dossier.events.filter(act=act).last()
        return str(event.data.get(fact, "")) if event else ""


@contextmanager
def step(
    name: str, dossier_id: int, hand: Hand, *, note: str = "", at: datetime | None = None
) -> Iterator[Step]:
    """Lock the dossier, check the table, let the caller change it, then log, print and save.

    Raises ActRefused or AlreadyDone, having changed nothing.
    """
    act = ACTS[name]
    with transaction.atomic():
        dossier = _locked(dossier_id, with_relations=act.paper is not None)
        before = dossier.columns()
        _check_press(dossier, hand)
        if dossier.state not in act.sources:
            raise ActRefused(
                f"Hồ sơ {dossier} đang ở trạng thái “{dossier.get_state_display()}” "
                f"nên không thể “{act.label}”."
            )
        post = check_right(act, dossier, hand)
        current = Step(name, act, dossier, hand, post, at or hand.now, note=note.strip())
        current.from_state = dossier.state
        yield current
        if act.target:
            dossier.state = act.target
        record(current, before)


def record(current: Step, before: dict[str, Any]) -> None:
    """Append the event of a step, issue its paper, save what changed since ``before``."""
    dossier, hand = current.dossier, current.hand
    event = Event(
        dossier=dossier,
        act=current.name,
        at=current.at,
        recorded_at=hand.now,
        by=hand.by,
        post=current.post,
        from_state=current.from_state,
        state=dossier.state,
        reason_code=current.reason_code,
        note=current.note,
        data=current.data,
        nonce=hand.nonce,
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
    current.event = journal.append(event)
    if current.act.paper:
        try:
            issuing.issue(FormKind(current.act.paper), dossier, event, current.facts)
        except issuing.PaperFailed as failure:
            raise ActRefused(str(failure)) from failure
    after = dossier.columns()
    dossier.save(update_fields=[name for name in after if after[name] != before[name]])
    announce(dossier, event)


def check_right(act: Act, dossier: Dossier, hand: Hand) -> Post:
    """Return the post that entitles the hand to ``act``, or refuse."""
    post = entitling_post(hand.by, act, dossier, local_day(hand.now))
    if post is None:
        raise ActRefused(
            f"Bạn không có vai trò để “{act.label}” với hồ sơ {dossier}, "
            f"đang ở {dossier.holder.short_name}."
        )
    return post


def acts_for(dossier: Dossier, officer: Officer, now: datetime) -> dict[str, Act]:
    """Return the acts that this officer may do now: the buttons of the dossier's page."""
    day = local_day(now)
    return {
        act.name: act
        for act in ACTS.in_order()
        if dossier.state in act.sources
        and act.makes_sense(dossier)
        and entitling_post(officer, act, dossier, day)
    }


def _locked(dossier_id: int, *, with_relations: bool) -> Dossier:
    """Return the row, locked; with everything a paper names where one will be issued."""
    rows = Dossier.objects.select_for_update(of=("self",))
    if with_relations:
        rows = rows.select_related(
            "version__procedure", "version__field", "desk__parent", "owner", "submitter"
        )
    return rows.get(pk=dossier_id)


def _check_press(dossier: Dossier, hand: Hand) -> None:
    """Tell a second press of one button from a page that grew old."""
    if hand.nonce:
        done = Event.objects.filter(nonce=hand.nonce).first()
        if done:
            raise AlreadyDone(done)
    if hand.seen is not None and hand.seen != dossier.events_count:
        last = dossier.events.select_related("by").last()
        assert last is not None
        moment = last.recorded_at.astimezone(LOCAL)
        raise ActRefused(
            f"Hồ sơ {dossier} vừa thay đổi: {last.by} đã “{ACTS[last.act].label}” "
            f"lúc {moment:%H:%M}. Hãy xem lại rồi làm tiếp."
        )


def renew_deadline(current: Step) -> None:
    """Compute the deadline again and note the date before and after in the event."""
    before = current.dossier.due_at
    due_dates.set_deadline(current.dossier, due_dates.deadline_of(current.dossier))
    current.data["due"] = {
        "before": before.isoformat() if before else None,
        "after": current.dossier.due_at.isoformat() if current.dossier.due_at else None,
    }
