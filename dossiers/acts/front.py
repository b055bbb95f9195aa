"""Trước khi tiếp nhận: what was sent in, guided or turned away. No clock runs yet.

Each of these acts comes in two shapes: on what stands at the counter (an ``Intake``, nothing
written yet) and on a dossier already registered. Sources: QĐ 09/2015/QĐ-TTg, Điều 6;
NĐ 61/2018/NĐ-CP, Điều 17.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from dossiers import codes, due_dates
from dossiers.acts import reception
from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import DOSSIERS, DossierStep, first_step, record_new, step
from dossiers.acts.who_and_when import BEFORE_ACCEPTANCE, Chapter
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import Dossier, FormKind, HandedPaper, NoticeKind, State
from dossiers.papers.facts import AdviceFacts
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.prefetched import remember
from procedures.catalogue import Approval, ProcedureVersion
from procedures.offices.rights import Right
from procedures.worktime import TimeLimit, Unit, compute

ANSWER_WITHIN = TimeLimit(8, Unit.WORKING_HOUR)  # TT 01/2018/TT-VPCP, for what is sent online


@dataclass(frozen=True)
class Advice:
    """What a citizen is told: why, which papers to bring or mend, until when if there is a day."""

    reason: str
    papers: list[str] = field(default_factory=list)
    reason_code: str = ""
    until: str = ""

    def facts(self) -> AdviceFacts:
        return AdviceFacts(self.reason, tuple(self.papers), self.until)


ACTS.declare(
    Act(
        "submit",
        "Ghi nhận hồ sơ gửi đến",
        Chapter.AT_THE_COUNTER,
        told=Sentence("Ghi nhận hồ sơ gửi đến", ", phải trả lời trước {answer_by:moment}"),
        public=Sentence("Đã nhận hồ sơ gửi đến"),
        target=State.SUBMITTED,
        right=Right.RECEIVE,
    )
)


def submit(intake: reception.Intake, hand: Hand) -> Dossier:
    """Ghi nhận hồ sơ gửi đến: by post or online; an answer is due within 8 working hours."""
    return _register("submit", intake, hand, None)


def guide_visitor(intake: reception.Intake, hand: Hand, advice: Advice) -> Dossier:
    """Hướng dẫn hoàn thiện at the counter: a numbered slip instead of a word of mouth."""
    return _register("guide", intake, hand, advice)


def decline_visitor(intake: reception.Intake, hand: Hand, advice: Advice) -> Dossier:
    """Không tiếp nhận at the counter, with its reason in writing."""
    return _register("decline", intake, hand, advice)


ACTS.declare(
    Act(
        "guide",
        "Hướng dẫn hoàn thiện",
        Chapter.AT_THE_COUNTER,
        told=Sentence("Hướng dẫn hoàn thiện hồ sơ", ": {papers:list}"),
        public=Sentence("Được hướng dẫn hoàn thiện hồ sơ"),
        sources=BEFORE_ACCEPTANCE,
        target=State.GUIDED,
        right=Right.RECEIVE,
        paper=FormKind.GUIDANCE,
        notice=NoticeKind.GUIDED,
        slug="huong-dan",
        form="front_forms.GuideForm",
        asks=True,
    )
)


def guide(dossier_id: int, hand: Hand, *, advice: Advice) -> Dossier:
    """Hướng dẫn hoàn thiện what was sent in."""
    return _answer("guide", dossier_id, hand, advice)


ACTS.declare(
    Act(
        "decline",
        "Không tiếp nhận",
        Chapter.AT_THE_COUNTER,
        told=Sentence("Không tiếp nhận", ": {papers:list}"),
        public=Sentence("Không được tiếp nhận"),
        sources=BEFORE_ACCEPTANCE,
        target=State.DECLINED,
        right=Right.RECEIVE,
        paper=FormKind.REFUSAL,
        notice=NoticeKind.DECLINED,
        slug="khong-tiep-nhan",
        form="front_forms.DeclineForm",
        grave=True,
    )
)


def decline(dossier_id: int, hand: Hand, *, advice: Advice) -> Dossier:
    """Không tiếp nhận what was sent in, or what was guided and cannot be mended."""
    return _answer("decline", dossier_id, hand, advice)


def accept_registered(
    dossier_id: int, hand: Hand, *, papers: list[HandedPaper] | None = None, note: str = ""
) -> Dossier:
    """Tiếp nhận what was sent in or guided before, complete now. The clock starts now.

    ``papers`` are unsaved rows of what was brought this time. Raises ActRefused, AlreadyDone.
    """
    with step("accept", dossier_id, hand, note=note) as current:
        dossier = current.dossier
        day = local_day(hand.now)
        _renew_version(dossier, day)
        intake = reception.Intake(
            desk=dossier.desk,
            version=dossier.version,
            case=dossier.case,
            owner=dossier.owner,
            channel=dossier.channel,
        )
        reception.check_competence(intake, day)
        deadline = reception.promise(intake, hand.now)
        reception.number(dossier, day)
        due_dates.set_deadline(dossier, deadline)
        dossier.received_at = dossier.entered_at = hand.now
        dossier.awaited_by = None
        _add_papers(dossier, papers or [])
        current.data = {"deadline": dossier.deadline}
        current.note_due(None)
    return current.dossier


def _renew_version(dossier: Dossier, day: date) -> None:
    """Take the version in force now: the one registered may have been replaced while it waited."""
    if dossier.version.approval == Approval.APPROVED and dossier.version.covers(day):
        return
    version = ProcedureVersion.holding(dossier.version.procedure_id, day)
    cases = list(version.cases.order_by("order", "pk")) if version else []
    if version and cases:
        same = (case for case in cases if case.order == dossier.case.order)
        dossier.version, dossier.case = version, next(same, cases[0])


def _add_papers(dossier: Dossier, papers: list[HandedPaper]) -> None:
    have = list(dossier.handed_papers.all())
    for order, paper in enumerate(papers, len(have)):
        paper.dossier, paper.order = dossier, order
    HandedPaper.objects.bulk_create(papers)
    remember(dossier, "handed_papers", have + papers)


def _register(name: str, intake: reception.Intake, hand: Hand, advice: Advice | None) -> Dossier:
    with transaction.atomic():
        DOSSIERS.check_first_press(hand)
        _check_advice(advice)
        received_at = intake.received_at or hand.now
        reception.check_competence(intake, local_day(received_at))
        dossier = reception.new_dossier(intake, received_at, hand)
        current = first_step(name, dossier, hand, received_at)
        try:
            dossier.reference = codes.next_reference(intake.desk, local_day(received_at))
        except codes.NoAgencyCode as failure:
            raise ActRefused(str(failure)) from failure
        assert current.act.target is not None
        dossier.state = current.act.target
        if name == "submit":
            dossier.awaited_by = _answer_due(dossier, received_at)
        reception.insert(dossier, intake)
        reception.open_leg(dossier, hand, received_at)
        if dossier.awaited_by:
            current.data["answer_by"] = dossier.awaited_by.isoformat()
        _tell(current, advice)
        record_new(current)
    return dossier


def _answer(name: str, dossier_id: int, hand: Hand, advice: Advice) -> Dossier:
    _check_advice(advice)
    with step(name, dossier_id, hand) as current:
        _tell(current, advice)
        current.dossier.awaited_by = None
    return current.dossier


def _tell(current: DossierStep, advice: Advice | None) -> None:
    if advice:
        current.note, current.reason_code = advice.reason.strip(), advice.reason_code
        current.data["papers"] = advice.papers
        current.facts = advice.facts()


def _check_advice(advice: Advice | None) -> None:
    if advice and not advice.reason.strip():
        raise ActRefused(
            "Ghi rõ lý do và việc bà con cần làm; không hướng dẫn bằng miệng.", "reason"
        )


def _answer_due(dossier: Dossier, received_at: datetime) -> datetime | None:
    calendar = due_dates.calendar_of(dossier.desk, received_at - timedelta(days=1))
    return compute(ANSWER_WITHIN, received_at, calendar).due_at
