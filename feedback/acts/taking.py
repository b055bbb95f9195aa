"""Nhận phản ánh: from the web, the kiosk, the telephone or paper; and what the sender adds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dossiers.acts.engine import ActRefused, Hand
from dossiers.declaring import Act, Assurance, Sentence
from dossiers.models import Counter, Dossier
from feedback.acts.binding import ENGINE, CaseStep, due_for
from feedback.models import Case, CaseKind, CaseState, Via
from feedback.table import CASES
from khanhson_portal.ground.moments import local_day
from procedures.catalogue import Procedure
from procedures.offices import Agency
from procedures.offices.rights import Right

LONGEST = 5000  # characters of a text


@dataclass(frozen=True)
class Letter:
    """What was said, by whom if they told, and about what."""

    kind: CaseKind
    agency: Agency
    title: str
    text: str
    via: Via = Via.WEB
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    consents: bool = False
    about_officer: str = ""
    dossier: Dossier | None = None
    procedure: Procedure | None = None
    is_complaint: bool = False
    is_demo: bool = False


CASES.declare(
    Act(
        "receive",
        "Nhận phản ánh",
        chapter=1,
        right=Right.TAKE_FEEDBACK,
        citizen=Assurance.HOLDS_THE_CODE,
        told=Sentence("Nhận phản ánh", " ({via})", " về {agency}"),
        public=Sentence("Đã nhận"),
        target=CaseState.RECEIVED,
    )
)


def receive(letter: Letter, hand: Hand) -> Case:
    """Give the letter a code, a secret and a day. Raises ActRefused or AlreadyDone.

    A complaint or denunciation is only counted: it is led to the track that the law has for it.
    """
    if not letter.kind.anonymous and not (letter.name and letter.address):
        raise ActRefused("Loại này cần họ tên và địa chỉ của người gửi.", "name")
    with transaction.atomic():
        ENGINE.check_first_press(hand)
        case = Case(
            code=_code(local_day(hand.now)),
            kind=letter.kind,
            via=letter.via,
            state=CaseState.ELSEWHERE if letter.is_complaint else CaseState.RECEIVED,
            title=letter.title,
            text=letter.text[:LONGEST],
            sender_name=letter.name,
            sender_phone=letter.phone,
            sender_email=letter.email,
            sender_address=letter.address,
            consents=letter.consents and not letter.is_complaint,
            agency=letter.agency,
            holder=letter.agency,
            dossier=letter.dossier,
            procedure=letter.procedure,
            about_officer=letter.about_officer,
            received_at=hand.now,
            nonce=hand.nonce,
            is_demo=letter.is_demo,
        )
        post = ENGINE.check_right(CASES["receive"], case, hand)
        if not letter.is_complaint:
            case.due_at = due_for(case, letter.agency, hand.now)
        case.save(force_insert=True)
        step = CaseStep(CASES["receive"], case, hand, post, hand.now)
        step.data = {"via": Via(letter.via).label, "agency": letter.agency.short_name}
        ENGINE.record(step, case.columns())
    return case


def _code(day: date) -> str:
    return f"PA-{day:%y%m%d}-{Counter.objects.next(f'case:{day:%Y%m%d}'):04}"


CASES.declare(
    Act(
        "ask_back",
        "Hỏi lại người gửi",
        chapter=2,
        right=Right.SORT_FEEDBACK,
        told=Sentence("Hỏi lại người gửi", ": {note}"),
        public=Sentence("Cơ quan hỏi thêm", ": {note}"),
        sources={CaseState.RECEIVED, CaseState.IN_HAND},
        target=CaseState.ASKED,
        slug="hoi-lai",
        asks=True,
    )
)


def ask_back(case_id: int, hand: Hand, *, question: str) -> Case:
    if len(question.strip()) < 5:
        raise ActRefused("Ghi điều cần người gửi nói thêm.", "note")
    with ENGINE.step("ask_back", case_id, hand, note=question) as step:
        step.case.asked = question.strip()
    return step.case


CASES.declare(
    Act(
        "say_more",
        "Nói thêm",
        chapter=2,
        right=Right.TAKE_FEEDBACK,
        citizen=Assurance.HOLDS_THE_CODE,
        told=Sentence("Người gửi nói thêm", ": {note}"),
        public=Sentence("Đã nói thêm"),
        sources={CaseState.ASKED},
        target=CaseState.IN_HAND,
        slug="noi-them",
    )
)


def say_more(case_id: int, hand: Hand, *, words: str) -> Case:
    """The sender answers what was asked; the days to answer begin anew."""
    if len(words.strip()) < 2:
        raise ActRefused("Ghi điều ông/bà muốn nói thêm.", "note")
    with ENGINE.step("say_more", case_id, hand, note=words.strip()[:LONGEST]) as step:
        step.case.asked = ""
        step.case.due_at = due_for(step.case, step.case.holder, hand.now)
    return step.case
