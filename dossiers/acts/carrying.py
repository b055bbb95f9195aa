"""Chuyển từ hệ thống cũ: a dossier that another system received goes on here, as it stands.

It enters the books now, with its true reception time. The legal due date is counted anew by the
calendar; the day on the old receipt stays the citizen's where it is earlier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dossiers import codes, due_dates
from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import DossierStep, record_new
from dossiers.acts.reception import Intake, check_competence, insert, new_dossier, number
from dossiers.acts.who_and_when import Chapter
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import Counter, Dossier, KeptPromise, Leg, State
from khanhson_portal.ground.moments import local_day
from procedures.offices import Agency, Post
from procedures.offices.reach import post_with, refusal
from procedures.offices.rights import Right
from procedures.worktime import OnSupplement, StopReason, WorkCalendar

WHY_KEPT = "giấy hẹn của hệ thống cũ"
WAITS = {
    State.AWAITING_SUPPLEMENT: StopReason.SUPPLEMENT,
    State.AWAITING_PAYMENT: StopReason.PAYMENT,
}


@dataclass(frozen=True)
class Arriving:
    """One running dossier of another system. ``intake.received_at`` is its true reception.

    ``state``: accepted, in progress, awaiting supplement or payment (with ``asked_at``), or
    finished (with ``finished_at``: it lies on the desk's shelf). ``promised_at``: the day on the
    paper the citizen holds, None where the old system tells none.
    """

    intake: Intake
    old_code: str
    source: str
    state: State
    holder: Agency
    promised_at: datetime | None = None
    asked_at: datetime | None = None
    finished_at: datetime | None = None
    result: dict[str, Any] | None = None


ACTS.declare(
    Act(
        "import",
        "Chuyển từ hệ thống cũ",
        Chapter.MANY_AT_ONCE,
        told=Sentence(
            "Chuyển từ hệ thống cũ",
            " “{source}”",
            ", mã cũ {old_code}",
            ", ngày trên giấy cũ {due[before]:day}",
            ", hạn theo luật {due[after]:day}",
        ),
        public=Sentence("Chuyển từ hệ thống cũ sang cổng này"),
        right=Right.IMPORT_DOSSIERS,
        pressed=False,
    )
)


def carry_in(arriving: Arriving, hand: Hand, calendar: WorkCalendar) -> Dossier:
    """Number the dossier, count its deadline, put it where it was, append the event ``import``.

    Raises ActRefused, having written nothing. No paper: the old receipt stays the citizen's.
    """
    intake = arriving.intake
    received_at = intake.received_at or hand.now
    with transaction.atomic():
        post = check_in_charge(hand)
        check_competence(intake, local_day(received_at))
        dossier = new_dossier(intake, received_at, hand)
        dossier.late_entry, dossier.entered_at = False, hand.now
        _keep_clear_of(arriving.old_code, intake.desk)
        dossier.reference = arriving.old_code
        number(dossier, local_day(hand.now))
        _stand(dossier, arriving, hand)
        due_dates.set_deadline(dossier, due_dates.deadline_of(dossier, calendar))
        insert(dossier, intake)
        _open_leg(dossier, arriving, hand)
        keep_promise(dossier, arriving.promised_at, WHY_KEPT)
        step = DossierStep(ACTS["import"], dossier, hand, post, at=hand.now)
        step.data = {
            "source": arriving.source,
            "old_code": arriving.old_code,
            "deadline": dossier.deadline,
        }
        step.note_due(arriving.promised_at)
        record_new(step)
    return dossier


def check_in_charge(hand: Hand) -> Post:
    """Return the post that gives the right to carry dossiers over, or refuse."""
    officer, day = hand.of_officer(), local_day(hand.now)
    post = post_with(officer, Right.IMPORT_DOSSIERS, day)
    if post is None:
        raise ActRefused(f"{officer}: {refusal(officer, Right.IMPORT_DOSSIERS, day)}")
    return post


def keep_promise(dossier: Dossier, printed: datetime | None, why: str) -> None:
    """Keep the day on the citizen's paper where the legal due date now lies on a later day.

    The earliest day ever printed is the one that stays.
    """
    if printed is None or (dossier.due_at and local_day(printed) >= local_day(dossier.due_at)):
        return
    kept, made = KeptPromise.objects.get_or_create(
        dossier=dossier, defaults={"day_at": printed, "why": why}
    )
    if not made and printed < kept.day_at:
        kept.day_at, kept.why = printed, why
        kept.save()


def _keep_clear_of(old_code: str, desk: Agency) -> None:
    """Where the old system numbered as this one does, never give its number out again."""
    parts = re.fullmatch(r"(.+)-(\d{2})(\d{2})(\d{2})-(\d{4,9})", old_code)
    try:
        day = date(2000 + int(parts[2]), int(parts[3]), int(parts[4])) if parts else None
    except ValueError:
        return
    if parts and day and parts[1] == desk.code(codes.CODE_SCHEME, day):
        Counter.objects.raise_to(codes.dossier_series(desk, day), int(parts[5]))


def _stand(dossier: Dossier, arriving: Arriving, hand: Hand) -> None:
    """Write how the dossier stood in the old system into its columns."""
    dossier.state = arriving.state
    dossier.holder, dossier.holder_officer = arriving.holder, None
    if arriving.state in WAITS:
        assert arriving.asked_at is not None
        dossier.resume_state = State.IN_PROGRESS
        pauses = arriving.state == State.AWAITING_PAYMENT
        effect = OnSupplement.PAUSE if pauses else OnSupplement(dossier.version.on_supplement)
        reason = WAITS[State(arriving.state)]
        dossier.stops = [due_dates.new_stop(arriving.asked_at, effect, reason)]
        dossier.standing = effect != OnSupplement.NONE
    if arriving.state == State.FINISHED:
        dossier.finished_at, dossier.closed_at = arriving.finished_at, hand.now
        dossier.result = arriving.result or {}


def _open_leg(dossier: Dossier, arriving: Arriving, hand: Hand) -> None:
    Leg.objects.create(
        dossier=dossier,
        number=1,
        giver=dossier.desk,
        holder=arriving.holder,
        officer=None,
        given_by=hand.officer,
        started_at=arriving.finished_at or dossier.received_at,
    )
