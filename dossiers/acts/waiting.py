"""Chờ: the citizen's papers, their money; and how each wait ends.

What happens to the clock is a rule of the procedure's version: it pauses, begins anew, or runs on
(domain rule: the day of asking is not used, the day of the complete answer is day 0).
Sources: TT 01/2018/TT-VPCP, Điều 6; QĐ 14/2015/QĐ-UBND.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dossiers import due_dates
from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import DossierStep, step
from dossiers.acts.front import Advice
from dossiers.acts.who_and_when import WORKED_ON, Chapter
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import Dossier, FormKind, NoticeKind, State
from dossiers.papers.facts import PaymentFacts, SupplementFacts
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.text import search_key
from khanhson_portal.ground.words import short_date
from procedures.offices.rights import Right
from procedures.worktime import OnSupplement, StopReason

ACTS.declare(
    Act(
        "request_supplement",
        "Yêu cầu bổ sung",
        Chapter.WAITING,
        told=Sentence(
            "Yêu cầu bổ sung",
            " lần {request}",
            ": {papers:list}",
            ", trước ngày {until:day}",
        ),
        public=Sentence("Cần bà con bổ sung giấy tờ", ", trước ngày {until:day}"),
        sources=WORKED_ON,
        target=State.AWAITING_SUPPLEMENT,
        right=Right.WORK_ON,
        paper=FormKind.SUPPLEMENT,
        notice=NoticeKind.SUPPLEMENT,
        slug="bo-sung",
        form="waiting_forms.RequestSupplementForm",
        asks=True,
    )
)


def request_supplement(dossier_id: int, hand: Hand, *, advice: Advice) -> Dossier:
    """Yêu cầu bổ sung: once and completely, in a numbered slip; more only as the version allows."""
    if not advice.reason.strip() or not (advice.papers or advice.reason_code):
        raise ActRefused("Ghi rõ giấy tờ cần bổ sung và lý do, đầy đủ trong một lần.", "reason")
    with step("request_supplement", dossier_id, hand, note=advice.reason) as current:
        dossier = current.dossier
        _refuse_what_is_held(dossier, advice.papers, local_day(hand.now))
        number = 1 + requests_so_far(dossier)
        limit = dossier.version.max_requests
        if limit and number > limit:
            raise ActRefused(
                f"Thủ tục này chỉ được yêu cầu bổ sung {limit} lần và đã yêu cầu đủ số lần đó. "
                "Giải quyết theo hồ sơ hiện có, hoặc từ chối có lý do.",
                "reason",
            )
        _stop_clock(current, StopReason.SUPPLEMENT, OnSupplement(dossier.version.on_supplement))
        until = _reply_due(dossier, hand.now)
        dossier.awaited_by = until
        current.reason_code = advice.reason_code
        current.data |= {"papers": advice.papers, "request": number}
        current.data["until"] = until.isoformat() if until else None
        current.facts = SupplementFacts(advice.reason, tuple(advice.papers), number, until)
    return current.dossier


def _refuse_what_is_held(dossier: Dossier, papers: Iterable[str], day: date) -> None:
    """Raise ActRefused for a paper whose data the State holds, with the decree that says so."""
    asked = [search_key(line) for line in papers]
    for paper in dossier.case.papers.filter(held_from__lte=day):
        key = search_key(paper.name)
        if paper.held_from and any(key in line for line in asked):
            raise ActRefused(
                f"Không được đòi “{paper.name}”: từ {short_date(paper.held_from)} cơ quan tự tra "
                f"{paper.held_data} ({paper.held_basis}). Bỏ giấy này khỏi phiếu.",
                "papers",
            )


ACTS.declare(
    Act(
        "receive_supplement",
        "Nhận đủ bổ sung",
        Chapter.WAITING,
        told=Sentence("Nhận đủ bổ sung", ", hẹn trả ngày {due[after]:day}"),
        public=Sentence("Đã nhận đủ giấy tờ bổ sung"),
        sources={State.AWAITING_SUPPLEMENT},
        right=Right.RECEIVE,
        slug="nhan-bo-sung",
        form="waiting_forms.ReceiveSupplementForm",
        primary=True,
    )
)


def receive_supplement(dossier_id: int, hand: Hand, *, note: str = "") -> Dossier:
    """Nhận đủ bổ sung: the clock goes on, or begins anew, and the date is computed again."""
    return _go_on("receive_supplement", dossier_id, hand, note)


ACTS.declare(
    Act(
        "request_payment",
        "Báo nghĩa vụ tài chính",
        Chapter.WAITING,
        told=Sentence("Báo nghĩa vụ tài chính", " {amount:money}"),
        public=Sentence("Cần bà con nộp tiền", ": {amount:money}"),
        sources=WORKED_ON,
        target=State.AWAITING_PAYMENT,
        right=Right.WORK_ON,
        paper=FormKind.PAYMENT_NOTICE,
        notice=NoticeKind.PAYMENT,
        slug="nghia-vu",
        form="waiting_forms.RequestPaymentForm",
        asks=True,
    )
)


def request_payment(dossier_id: int, hand: Hand, *, amount: int, reason: str) -> Dossier:
    """Báo nghĩa vụ tài chính: the amount in đồng and what for; the clock stands until paid."""
    if amount <= 0:
        raise ActRefused("Số tiền phải lớn hơn 0.", "amount")
    with step("request_payment", dossier_id, hand, note=reason) as current:
        _stop_clock(current, StopReason.PAYMENT, OnSupplement.PAUSE)
        current.data["amount"] = amount
        current.facts = PaymentFacts(reason, amount)
    return current.dossier


ACTS.declare(
    Act(
        "confirm_payment",
        "Đã nộp tiền",
        Chapter.WAITING,
        told=Sentence(
            "Đã nộp tiền",
            ", chứng từ {document}",
            ", hẹn trả ngày {due[after]:day}",
        ),
        public=Sentence("Đã nộp tiền"),
        sources={State.AWAITING_PAYMENT},
        right=Right.NOTE_ANSWERS,
        slug="da-nop-tien",
        form="waiting_forms.ConfirmPaymentForm",
        primary=True,
    )
)


def confirm_payment(dossier_id: int, hand: Hand, *, document: str, note: str = "") -> Dossier:
    """Đã nộp tiền: ``document`` is the proof, number and day of the receipt or payment slip."""
    if not document.strip():
        raise ActRefused("Ghi số và ngày chứng từ nộp tiền.", "document")
    return _go_on("confirm_payment", dossier_id, hand, note, document=document.strip())


def requests_so_far(dossier: Dossier) -> int:
    stops = due_dates.stored_stops(dossier)
    return sum(stop.reason == StopReason.SUPPLEMENT for stop in stops)


def close_open_stop(current: DossierStep) -> None:
    """End a wait because the dossier moves on or ends: time waited is not time used."""
    dossier = current.dossier
    if dossier.stops and not dossier.stops[-1]["answered"]:
        last = {**dossier.stops[-1], "answered": current.at.isoformat()}
        dossier.stops = [*dossier.stops[:-1], last]
        current.renew_deadline()
    dossier.standing, dossier.awaited_by = False, None


def _stop_clock(current: DossierStep, reason: StopReason, effect: OnSupplement) -> None:
    dossier = current.dossier
    dossier.stops = [*dossier.stops, due_dates.new_stop(current.at, effect, reason)]
    dossier.standing = effect != OnSupplement.NONE
    dossier.resume_state = dossier.state
    current.data["effect"] = effect.value


def _go_on(name: str, dossier_id: int, hand: Hand, note: str, **data: str) -> Dossier:
    with step(name, dossier_id, hand, note=note) as current:
        close_open_stop(current)
        current.data |= data
        dossier = current.dossier
        dossier.state = dossier.resume_state or State.IN_PROGRESS
        dossier.resume_state = ""
    return current.dossier


def _reply_due(dossier: Dossier, now: datetime) -> datetime | None:
    """Return the end of the reply window, None where the procedure sets none."""
    if not dossier.version.reply_window:
        return None
    calendar = due_dates.calendar_of(dossier.desk, now - timedelta(days=1))
    return calendar.closing_time(calendar.add(local_day(now), dossier.version.reply_window))
