"""Cho mượn, nhận lại, gia hạn, nhắc: each act declared beside its function, as in the portal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.engine import Engine, Step
from dossiers.declaring import Act, Assurance, Sentence
from dossiers.models import Counter
from khanhson_portal.ground.moments import local_day
from procedures.offices import Agency, Officer, Post
from procedures.offices.reach import post_over
from procedures.offices.rights import Right
from tests.loans.models import Loan, LoanEvent, LoanSlip, LoanState
from tests.loans.table import LOANS

SLIP = "phieu-muon"


class Loans(Engine[Loan, Step[Loan]]):
    table = LOANS
    noun = "Phiếu mượn"
    step_class = Step

    def locked(self, pk: int, act: Act) -> Loan:
        return Loan.objects.select_for_update().get(pk=pk)

    def events(self) -> QuerySet[LoanEvent]:
        return LoanEvent.objects.all()

    def entitling_post(self, officer: Officer, act: Act, subject: Loan, day: date) -> Post | None:
        desk = subject.desk_id
        return post_over(officer, act.right, day, received_at=desk, lies_at=desk)

    def event_of(self, step: Step[Loan]) -> LoanEvent:
        return LoanEvent(loan=step.subject, due_on=step.subject.due_on)

    def issue(self, step: Step[Loan], kind: str) -> None:
        number = Counter.objects.next(f"loan-slip:{step.subject.desk_id}")
        LoanSlip.objects.create(event=step.event, number=f"{number:02}/PM", words=step.event.told)


ENGINE = Loans()


LOANS.declare(
    Act(
        "lend",
        "Cho mượn sách",
        chapter=1,
        right=Right.RECEIVE,
        told=Sentence("Cho {reader} mượn “{book}”", ", trả trước ngày {due:day}"),
        public=Sentence("Đã cho mượn sách", ", trả trước ngày {due:day}"),
        target=LoanState.LENT,
        paper=SLIP,
    )
)


def lend(desk: Agency, book: str, reader: str, hand: Hand, *, days: int = 14) -> Loan:
    """An act that makes its subject: the nonce first, then the right, then the row."""
    with transaction.atomic():
        ENGINE.check_first_press(hand)
        due_on = local_day(hand.now) + timedelta(days=days)
        loan = Loan(desk=desk, book=book, reader=reader, state=LoanState.LENT, due_on=due_on)
        post = ENGINE.check_right(LOANS["lend"], loan, hand)
        loan.save(force_insert=True)
        current = Step(LOANS["lend"], loan, hand, post, hand.now)
        current.data = {"book": book, "reader": reader, "due": due_on.isoformat()}
        ENGINE.record(current, loan.columns())
    return loan


LOANS.declare(
    Act(
        "take_back",
        "Nhận lại sách",
        chapter=1,
        right=Right.RECEIVE,
        told=Sentence("Nhận lại “{book}”", ", sách {condition}"),
        public=Sentence("Đã trả sách"),
        sources={LoanState.LENT},
        target=LoanState.RETURNED,
        paper=SLIP,
        primary=True,
    )
)


def take_back(loan_id: int, hand: Hand, *, condition: str) -> Loan:
    with ENGINE.step("take_back", loan_id, hand) as current:
        if not condition:
            raise ActRefused("Ghi sách còn nguyên hay hư.", "condition")
        current.data |= {"book": current.subject.book, "condition": condition}
    return current.subject


LOANS.declare(
    Act(
        "prolong",
        "Gia hạn",
        chapter=1,
        right=Right.RECEIVE,
        citizen=Assurance.HOLDS_THE_CODE,
        told=Sentence("Gia hạn", " từ ngày {due[before]:day}", " đến ngày {due[after]:day}"),
        public=Sentence("Đã gia hạn", " đến ngày {due[after]:day}"),
        sources={LoanState.LENT},
        makes_sense=lambda loan: loan.events_count < 5,
    )
)


def prolong(loan_id: int, hand: Hand) -> Loan:
    with ENGINE.step("prolong", loan_id, hand) as current:
        before, loan = current.subject.due_on, current.subject
        loan.due_on = before + timedelta(days=7)
        current.data["due"] = {"before": before.isoformat(), "after": loan.due_on.isoformat()}
    return current.subject


LOANS.declare(
    Act(
        "remind",
        "Nhắc trả sách",
        chapter=2,
        right=Right.RECEIVE,
        citizen=None,
        by_jobs=True,
        pressed=False,
        told=Sentence("Nhắc trả sách lần {time}"),
        public=Sentence("Được nhắc trả sách"),
        sources={LoanState.LENT},
    )
)


def remind(loan_id: int, hand: Hand) -> Loan:
    with ENGINE.step("remind", loan_id, hand) as current:
        before: QuerySet[Any] = current.subject.events.filter(act="remind")
        current.data["time"] = before.count() + 1
    return current.subject
