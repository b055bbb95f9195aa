"""Tiếp nhận: what happens between a citizen and the counter before the clock runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from dossiers import codes, due_dates
from dossiers.acts import reserving
from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import DOSSIERS, first_step, record_new
from dossiers.acts.who_and_when import BEFORE_ACCEPTANCE, Chapter
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import (
    CollectedFee,
    Delivery,
    Dossier,
    FormKind,
    FormSet,
    HandedPaper,
    Leg,
    NoticeKind,
    Party,
    Slip,
    State,
)
from dossiers.papers import issuing
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.prefetched import remember
from procedures.catalogue import Approval, Channel, ProcedureCase, ProcedureVersion
from procedures.offices import Agency, Officer
from procedures.offices.rights import Right
from procedures.worktime import Deadline, WorkCalendar, compute


@dataclass(frozen=True)
class Intake:
    """What the counter takes in. ``owner`` and ``submitter`` are unsaved rows; papers too.

    ``received_at`` None means now; set, it is the true time of a paper slip typed in later, with
    its reserved ``slip`` and the ``reason`` why. ``helper`` typed it for the citizen, who agreed.
    """

    desk: Agency
    version: ProcedureVersion
    case: ProcedureCase
    owner: Party
    channel: str = Channel.DIRECT
    submitter: Party | None = None
    papers: list[HandedPaper] = field(default_factory=list)
    summary: str = ""
    sets: int = 1
    delivery: str = Delivery.COUNTER
    delivery_address: str = ""
    notify_wish: str = ""
    note: str = ""
    fees: list[CollectedFee] = field(default_factory=list)
    helper: Officer | None = None
    received_at: datetime | None = None
    slip: Slip | None = None
    reason: str = ""
    is_demo: bool = False


ACTS.declare(
    Act(
        "accept",
        "Tiếp nhận hồ sơ",
        Chapter.AT_THE_COUNTER,
        told=Sentence(
            "Tiếp nhận hồ sơ",
            ", nhập bù từ phiếu {slip}",
            ", cán bộ nhập hộ được người nộp đồng ý{helped:if}",
            ", hẹn trả ngày {due[after]:day}",
        ),
        public=Sentence("Đã tiếp nhận"),
        sources=BEFORE_ACCEPTANCE,
        target=State.ACCEPTED,
        right=Right.RECEIVE,
        paper=FormKind.RECEIPT,
        notice=NoticeKind.ACCEPTED,
        slug="tiep-nhan",
        form="front_forms.AcceptForm",
        primary=True,
    )
)


def accept(intake: Intake, hand: Hand, calendar: WorkCalendar | None = None) -> Dossier:
    """Tiếp nhận: number the dossier, promise its day, enter it in the register, issue the receipt.

    Raises ActRefused (with the form field at fault) or AlreadyDone, having written nothing.
    Source: TT 01/2018/TT-VPCP, Mẫu 01; QĐ 14/2015/QĐ-UBND.
    """
    with transaction.atomic():
        DOSSIERS.check_first_press(hand)
        received_at = intake.received_at or hand.now
        day = local_day(received_at)
        check_competence(intake, day)
        deadline = promise(intake, received_at, calendar)
        dossier = new_dossier(intake, received_at, hand)
        accepted = first_step("accept", dossier, hand, received_at)
        if intake.slip:
            reserving.take_number(dossier, intake.slip.pk, hand.now)
        else:
            number(dossier, day)
        due_dates.set_deadline(dossier, deadline)
        dossier.entered_at = hand.now
        dossier.state = State.ACCEPTED
        for fee in intake.fees:
            fee.paid_at, fee.collector = received_at, hand.officer
        insert(dossier, intake)
        if intake.slip:
            reserving.mark_used(intake.slip.pk, dossier)
        open_leg(dossier, hand, received_at)
        accepted.note = intake.reason
        accepted.data = {"deadline": dossier.deadline}
        accepted.note_due(None)
        if intake.slip:
            accepted.data["slip"] = intake.slip.code
        if intake.helper:
            accepted.data["helped"] = {"by": intake.helper.pk, "consent": True}
        record_new(accepted)
    return dossier


def check_competence(intake: Intake, day: date) -> None:
    """Refuse a procedure that this desk does not receive, or that is not in force on ``day``."""
    version = intake.version
    if version.approval != Approval.APPROVED or not version.covers(day):
        raise ActRefused("Thủ tục này không có phiên bản đã duyệt đang có hiệu lực.", "procedure")
    received_here = version.procedure.competences.in_force(day).filter(desk=intake.desk)
    if not received_here.exists():
        raise ActRefused(
            f"{intake.desk} không tiếp nhận thủ tục này. Xem nơi tiếp nhận trên trang thủ tục.",
            "procedure",
        )
    if intake.case.version_id != version.pk:
        raise ActRefused("Trường hợp không thuộc thủ tục đã chọn.", "case")


def promise(
    intake: Intake, received_at: datetime, calendar: WorkCalendar | None = None
) -> Deadline:
    """Return the deadline a dossier taken in now would get; refuse where it cannot be known."""
    limit = due_dates.limit_of(intake.case, intake.channel)
    if not limit.known:
        raise ActRefused(
            "Danh mục chưa có thời hạn giải quyết của thủ tục này nên chưa thể hẹn ngày trả. "
            "Báo kiểm soát thủ tục hành chính bổ sung thời hạn rồi tiếp nhận lại.",
            "procedure",
        )
    return compute(limit, received_at, calendar or due_dates.calendar_of(intake.desk, received_at))


def new_dossier(intake: Intake, received_at: datetime, hand: Hand) -> Dossier:
    """Return an unsaved dossier as the counter sees it, in nobody's register yet."""
    return Dossier(
        desk=intake.desk,
        version=intake.version,
        case=intake.case,
        form_set=_form_set(intake.desk, local_day(received_at)),
        channel=intake.channel,
        owner=intake.owner,
        submitter=intake.submitter,
        helper=intake.helper,
        summary=intake.summary,
        sets=intake.sets,
        note=intake.note,
        received_at=received_at,
        late_entry=intake.received_at is not None,
        holder=intake.desk,
        holder_officer=hand.officer,
        delivery=intake.delivery,
        delivery_address=intake.delivery_address,
        notify_wish=intake.notify_wish,
        is_demo=intake.is_demo,
    )


def insert(dossier: Dossier, intake: Intake) -> None:
    """Save a new dossier with its people and papers; its event comes after."""
    for party in filter(None, [dossier.owner, dossier.submitter]):
        party.clean()
        party.save(force_insert=True)
    dossier.owner, dossier.submitter = dossier.owner, dossier.submitter  # their keys are known now
    dossier.save(force_insert=True)
    for order, paper in enumerate(intake.papers):
        paper.dossier, paper.order = dossier, order
    HandedPaper.objects.bulk_create(intake.papers)
    remember(dossier, "handed_papers", intake.papers)
    for fee in intake.fees:
        fee.dossier = dossier
    CollectedFee.objects.bulk_create(intake.fees)
    remember(dossier, "collected_fees", intake.fees)


def open_leg(dossier: Dossier, hand: Hand, at: datetime) -> None:
    """Put a new dossier into the hands of its desk, of the officer who took it in."""
    Leg.objects.create(
        dossier=dossier,
        number=1,
        giver=dossier.desk,
        holder=dossier.desk,
        officer=hand.officer,
        given_by=hand.officer,
        started_at=at,
    )


def _form_set(desk: Agency, day: date) -> FormSet:
    try:
        return issuing.form_set_for(desk, day)
    except issuing.PaperFailed as failure:
        raise ActRefused(str(failure)) from failure


def number(dossier: Dossier, day: date) -> None:
    """Give code and register line; the counters stay locked until the act is written."""
    try:
        entry = codes.next_entry(dossier.desk, day, dossier.form_set.rows_per_volume)
    except codes.NoAgencyCode as failure:
        raise ActRefused(str(failure)) from failure
    dossier.code, dossier.reference = entry.code, dossier.reference or entry.code
    dossier.book_year, dossier.book_volume = entry.year, entry.volume
    dossier.book_serial = entry.serial


def again(intake: Intake, **changes: object) -> Intake:
    """Return ``intake`` with some fields changed: the next dossier of the same visitor."""
    return replace(intake, **changes)  # type: ignore[arg-type]
