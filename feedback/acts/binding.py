"""How the engine takes hold of a case: its row, its rights, its event."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from dossiers.acts.engine import Engine, Step
from dossiers.declaring import Act
from feedback.models import Case, CaseEvent
from feedback.table import CASES
from khanhson_portal.ground.moments import local_day
from procedures.offices import Agency, Officer, Post
from procedures.offices.reach import post_over, reach
from procedures.offices.rights import Right
from procedures.worktime import Holiday, TimeLimit, Unit, compute


class CaseStep(Step[Case]):
    """One act under way on a case."""

    @property
    def case(self) -> Case:
        return self.subject


class Cases(Engine[Case, CaseStep]):
    table = CASES
    noun = "Phản ánh"
    step_class = CaseStep

    def locked(self, pk: int, act: Act) -> Case:
        rows = Case.objects.select_for_update(of=("self",)).select_related("kind", "holder")
        return rows.get(pk=pk)

    def events(self) -> QuerySet[CaseEvent]:
        return CaseEvent.objects.select_related("case")

    def entitling_post(self, officer: Officer, act: Act, subject: Case, day: date) -> Post | None:
        if subject.pk and not may_see(officer, subject, day):
            return None
        return post_over(
            officer, act.right, day, received_at=subject.agency_id, lies_at=subject.holder_id
        )

    def event_of(self, step: CaseStep) -> CaseEvent:
        return CaseEvent(case=step.case, holder_id=step.case.holder_id, due_at=step.case.due_at)


ENGINE = Cases()


def may_see(officer: Officer, case: Case, day: date) -> bool:
    """Whether an officer may open a case: their place is meant or has it in hand.

    What is said about conduct is read by heads and those who control, nobody else.
    """
    right = Right.SEE_CONDUCT if case.kind.private else Right.SEE_FEEDBACK
    places = reach(officer, right, day).agencies
    return bool({case.agency_id, case.holder_id} & places)


def due_for(case: Case, holder: Agency, since: datetime) -> datetime | None:
    """Return when an answer is due that ``holder`` works on since ``since``; None: no limit."""
    if not case.kind.working_days:
        return None
    calendar = Holiday.objects.calendar(holder, local_day(since))
    limit = TimeLimit(case.kind.working_days, Unit.WORKING_DAY)
    return compute(limit, since, calendar).due_at
