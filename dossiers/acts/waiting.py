"""Chờ: the citizen's papers, their money, another agency's opinion; and how each wait ends.

What happens to the clock is a rule of the procedure's version: it pauses, begins anew, or runs on
(domain rule: the day of asking is not used, the day of the complete answer is day 0).
Sources: TT 01/2018/TT-VPCP, Điều 6; QĐ 14/2015/QĐ-UBND.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from dossiers import due_dates
from dossiers.acts.front import Advice
from dossiers.acts.step import ActRefused, Hand, Step, renew_deadline, step
from dossiers.models import Dossier, State
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import local_day
from procedures.worktime import OnSupplement, StopReason


def request_supplement(dossier_id: int, hand: Hand, *, advice: Advice) -> Dossier:
    """Yêu cầu bổ sung: once and completely, in a numbered slip; more only as the version allows."""
    if not advice.reason.strip() or not (advice.papers or advice.reason_code):
        raise ActRefused("Ghi rõ giấy tờ cần bổ sung và lý do, đầy đủ trong một lần.", "reason")
    with step("request_supplement", dossier_id, hand, note=advice.reason) as current:
        dossier = current.dossier
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
        current.paper_data = {
            **advice.on_paper(),
            "thoi_gian_bo_sung": words.official_date(until.date()) if until else "",
            "lan_thu": number,
        }
    return current.dossier


def receive_supplement(dossier_id: int, hand: Hand, *, note: str = "") -> Dossier:
    """Nhận đủ bổ sung: the clock goes on, or begins anew, and the date is computed again."""
    return _go_on("receive_supplement", dossier_id, hand, note)


def request_payment(dossier_id: int, hand: Hand, *, amount: int, reason: str) -> Dossier:
    """Báo nghĩa vụ tài chính: the amount in đồng and what for; the clock stands until paid."""
    if amount <= 0:
        raise ActRefused("Số tiền phải lớn hơn 0.", "amount")
    with step("request_payment", dossier_id, hand, note=reason) as current:
        _stop_clock(current, StopReason.PAYMENT, OnSupplement.PAUSE)
        current.data["amount"] = amount
        current.paper_data = {
            "ly_do": reason,
            "so_tien": words.money(amount),
            "bang_chu": words.money_in_words(amount),
        }
    return current.dossier


def confirm_payment(dossier_id: int, hand: Hand, *, document: str, note: str = "") -> Dossier:
    """Đã nộp tiền: ``document`` is the proof, number and day of the receipt or payment slip."""
    if not document.strip():
        raise ActRefused("Ghi số và ngày chứng từ nộp tiền.", "document")
    return _go_on("confirm_payment", dossier_id, hand, note, document=document.strip())


def ask_partner(dossier_id: int, hand: Hand, *, whom: str, days: int, note: str = "") -> Dossier:
    """Hỏi cơ quan phối hợp, answer asked for within ``days`` working days. The clock runs on."""
    if not whom.strip():
        raise ActRefused("Ghi tên cơ quan được hỏi ý kiến.", "whom")
    with step("ask_partner", dossier_id, hand, note=note) as current:
        calendar = due_dates.calendar_of(current.dossier.desk, hand.now)
        day = calendar.add(local_day(hand.now), days)
        current.dossier.awaited_by = calendar.closing_time(day)
        current.data |= {"partner": whom.strip(), "days": days}
    return current.dossier


def receive_partner(dossier_id: int, hand: Hand, *, note: str) -> Dossier:
    """Nhận ý kiến phối hợp: ``note`` says which document and what it says."""
    if not note.strip():
        raise ActRefused("Ghi số văn bản và nội dung ý kiến.", "note")
    with step("receive_partner", dossier_id, hand, note=note) as current:
        current.dossier.awaited_by = None
    return current.dossier


def requests_so_far(dossier: Dossier) -> int:
    stops = due_dates.stored_stops(dossier)
    return sum(stop.reason == StopReason.SUPPLEMENT for stop in stops)


def close_open_stop(current: Step) -> None:
    """End a wait because the dossier moves on or ends: time waited is not time used."""
    dossier = current.dossier
    if dossier.stops and not dossier.stops[-1]["answered"]:
        last = {**dossier.stops[-1], "answered": current.at.isoformat()}
        dossier.stops = [*dossier.stops[:-1], last]
        renew_deadline(current)
    dossier.standing, dossier.awaited_by = False, None


def _stop_clock(current: Step, reason: StopReason, effect: OnSupplement) -> None:
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
