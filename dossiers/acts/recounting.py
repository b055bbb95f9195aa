"""Tính lại hạn: the working calendar changed, so the legal due date of an open dossier moves.

It moves only through this numbered event, with the date before and after. The day that the
citizen was told stays theirs where it is the earlier one.
"""

from __future__ import annotations

from datetime import datetime

from dossiers import due_dates
from dossiers.acts.actors import Hand, Job
from dossiers.acts.binding import DOSSIERS, DossierStep
from dossiers.acts.carrying import keep_promise
from dossiers.acts.who_and_when import Chapter
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import CalendarChange, Dossier
from khanhson_portal.ground.moments import local_day
from procedures.offices import Officer, Post
from procedures.offices.reach import post_with
from procedures.offices.rights import Right
from procedures.worktime import Deadline

WHY_KEPT = "lịch làm việc thay đổi sau khi hẹn"


ACTS.declare(
    Act(
        "recount",
        "Tính lại hạn do thay đổi lịch làm việc",
        Chapter.MANY_AT_ONCE,
        told=Sentence(
            "Tính lại hạn do thay đổi lịch làm việc",
            ", từ ngày {due[before]:day}",
            " sang ngày {due[after]:day}",
        ),
        public=Sentence("Tính lại hạn do thay đổi lịch làm việc"),
        right=Right.CHANGE_CALENDAR,
        by_jobs=True,
        pressed=False,
    )
)


def recount(dossier: Dossier, deadline: Deadline, change: CalendarChange, now: datetime) -> bool:
    """Write ``deadline`` to a locked, running dossier; False when it has that due date already."""
    if dossier.due_at == deadline.due_at:
        return False
    before = dossier.columns()
    told = dossier.due_at
    due_dates.set_deadline(dossier, deadline)
    if dossier.promised_at is None:
        keep_promise(dossier, told, WHY_KEPT)
    hand = Hand(by=change.by or Job("recount"), now=now)
    step = DossierStep(ACTS["recount"], dossier, hand, _post_of(change.by, now), at=now)
    step.from_state, step.note = dossier.state, "; ".join(change.lines)[:1000]
    step.data = {"change": change.pk, "deadline": dossier.deadline}
    step.note_due(told)
    DOSSIERS.record(step, before)
    return True


def _post_of(officer: Officer | None, now: datetime) -> Post | None:
    """Return the post under which an officer changes calendars, None for the system."""
    return post_with(officer, Right.CHANGE_CALENDAR, local_day(now)) if officer else None
