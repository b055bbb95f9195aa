"""What every act has in common, whatever it is done to and whoever does it; or no trace at all.

Lock, already done, seen, state, right, change, event, paper, notice: always in this order, in one
transaction. A *subject* is one row with its own events (a dossier, a case); its ``Engine`` says
where its table of acts is and how its event, paper and notice are written. An *actor* is an
officer, a citizen or a job. See ``docs/extending.md``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from dossiers import journal
from dossiers.acts.actors import ActRefused, AlreadyDone, Citizen, Hand
from dossiers.declaring import Act, Table
from dossiers.models import RecordedAct
from dossiers.papers.facts import Facts
from khanhson_portal.ground.moments import LOCAL, local_day
from khanhson_portal.ground.presses import made_before
from procedures.offices import Officer, Post


class Subject(Protocol):
    """What acts are done to: one row, whose columns are the summary of its events."""

    pk: Any
    state: Any
    events_count: Any
    last_hash: Any

    def columns(self) -> dict[str, Any]:
        """Return every column's value by its field's name; acts assign, they never mutate."""

    def get_state_display(self) -> str: ...

    def save(self, *, update_fields: list[str]) -> None: ...


S = TypeVar("S", bound=Subject)


@dataclass
class Step(Generic[S]):
    """One act under way: the locked subject, and what its event and its paper shall say."""

    act: Act
    subject: S
    hand: Hand
    post: Post | None
    at: datetime
    note: str = ""
    reason_code: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)  # what its paper is told
    from_state: str = ""
    event: RecordedAct | None = None


T = TypeVar("T", bound=Step[Any])


class Engine(ABC, Generic[S, T]):
    """The acts on one kind of subject. ``noun`` begins the sentences of refusals: “Hồ sơ”."""

    table: Table
    noun: str
    step_class: type[T]

    @abstractmethod
    def locked(self, pk: int, act: Act) -> S:
        """Return the row, locked, with what its paper needs where ``act`` issues one."""

    @abstractmethod
    def events(self) -> QuerySet[Any]:
        """Return the events of all subjects of this kind."""

    @abstractmethod
    def entitling_post(self, officer: Officer, act: Act, subject: S, day: date) -> Post | None:
        """Return the post under which an officer may do ``act``, its state aside."""

    @abstractmethod
    def event_of(self, step: T) -> Any:
        """Return the unsaved event of a step: its subject and the subject's columns after it."""

    def issue(self, step: T, kind: str) -> None:
        """Issue the paper that an act of this kind needs. Raises ActRefused."""
        raise NotImplementedError(f"{step.act.name} has a paper and nobody issues it")

    def announce(self, step: T) -> None:
        """Tell whoever asked to be told."""

    def place_of(self, subject: S) -> str:
        """Return where the subject lies, as a refusal says it: ", đang ở …", or "" for nowhere."""
        return ""

    @contextmanager
    def step(
        self, name: str, pk: int, hand: Hand, *, note: str = "", at: datetime | None = None
    ) -> Iterator[T]:
        """Lock, check the table, let the caller change the subject, then log, print and save.

        Raises ActRefused or AlreadyDone, having changed nothing.
        """
        act = self.table[name]
        with transaction.atomic():
            if act.pressed:
                self.check_first_press(hand)
            subject = self.locked(pk, act)
            before = subject.columns()
            self._check_seen(subject, hand)
            if subject.state not in act.sources:
                raise ActRefused(
                    f"{self.noun} {subject} đang ở trạng thái “{subject.get_state_display()}” "
                    f"nên không thể “{act.label}”."
                )
            post = self.check_right(act, subject, hand)
            current = self.step_class(act, subject, hand, post, at or hand.now, note=note.strip())
            current.from_state = subject.state
            yield current
            if act.target:
                subject.state = act.target
            self.record(current, before)

    def record(self, current: T, before: dict[str, Any]) -> None:
        """Append the event of a step, issue its paper, save what changed since ``before``."""
        subject, hand = current.subject, current.hand
        event = self.event_of(current)
        event.act, event.at, event.recorded_at = current.act.name, current.at, hand.now
        event.by, event.post = hand.officer, current.post
        event.nonce = hand.nonce if current.act.pressed else None
        event.actor, event.actor_detail = hand.recorded
        event.from_state, event.state = current.from_state, subject.state
        event.reason_code, event.note, event.data = current.reason_code, current.note, current.data
        current.event = journal.append(event, subject)
        if current.act.paper:
            self.issue(current, current.act.paper)
        after = subject.columns()
        subject.save(update_fields=[name for name in after if after[name] != before[name]])
        self.announce(current)

    def check_first_press(self, hand: Hand) -> None:
        """Raise AlreadyDone for a press that was recorded; wait for one under way.

        First in the transaction, also of an act that makes its subject and has no row to lock.
        """
        done = made_before(self.events(), hand.nonce)
        if done:
            raise AlreadyDone(done)

    def check_right(self, act: Act, subject: S, hand: Hand) -> Post | None:
        """Return the post that entitles an officer to ``act``, None for another actor; or refuse.

        A citizen acts where the act says how surely they must be known, a job where it says so.
        """
        if isinstance(hand.by, Officer):
            post = self.entitling_post(hand.by, act, subject, local_day(hand.now))
            if post is None:
                raise ActRefused(
                    f"Bạn không có vai trò để “{act.label}” với {self.noun.lower()} {subject}"
                    f"{self.place_of(subject)}."
                )
            return post
        if isinstance(hand.by, Citizen):
            if act.citizen is None:
                raise ActRefused(f"“{act.label}” do cán bộ làm.")
            if hand.by.assurance < act.citizen:
                raise ActRefused(f"Để “{act.label}” cần {act.citizen.label}.")
        elif not act.by_jobs:
            raise ActRefused(f"“{act.label}” không tự chạy.")
        return None

    def buttons(self, subject: S, officer: Officer, now: datetime) -> dict[str, Act]:
        """Return the acts that an officer may do now, in the order of their buttons."""
        day = local_day(now)
        return {
            act.name: act
            for act in self.table.in_order()
            if subject.state in act.sources
            and act.makes_sense(subject)
            and self.entitling_post(officer, act, subject, day)
        }

    def _check_seen(self, subject: S, hand: Hand) -> None:
        """Refuse a press on a page that grew old, and say what happened meanwhile."""
        if hand.seen is None or hand.seen == subject.events_count:
            return
        last = subject.events.select_related("by").order_by("number").last()  # type: ignore[attr-defined]
        moment = last.recorded_at.astimezone(LOCAL)
        raise ActRefused(
            f"{self.noun} {subject} vừa thay đổi: {last.who} đã “{last.label}” "
            f"lúc {moment:%H:%M}. Hãy xem lại rồi làm tiếp."
        )
