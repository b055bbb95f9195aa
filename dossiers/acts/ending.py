"""Kết thúc khác: refused, withdrawn, stopped; and opened again when that was a mistake."""

from __future__ import annotations

from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import DossierStep, step
from dossiers.acts.front import Advice
from dossiers.acts.processing import ResultDocument, close_with_result
from dossiers.acts.waiting import close_open_stop
from dossiers.acts.who_and_when import (
    BEFORE_ACCEPTANCE,
    ENDED,
    RUNNING,
    WORKED_ON,
    Chapter,
)
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import Dossier, FormKind, NoticeKind, Outcome, State
from dossiers.papers.facts import WithdrawalFacts
from procedures.offices.rights import Right

REFUSAL_REASONS = [
    ("khong-du-dieu-kien", "Không đủ điều kiện theo quy định"),
    ("sai-tham-quyen", "Không thuộc thẩm quyền giải quyết"),
    ("giay-to-khong-hop-le", "Giấy tờ không hợp lệ"),
    ("da-giai-quyet", "Việc này đã được giải quyết"),
    ("khac", "Lý do khác"),
]


ACTS.declare(
    Act(
        "refuse",
        "Từ chối giải quyết",
        Chapter.RESULT,
        told=Sentence(
            "Từ chối giải quyết",
            ", văn bản {result[number]}",
            " ngày {result[issued_on]:day}",
            ", {result[signer]} ký",
        ),
        public=Sentence("Có kết quả: từ chối giải quyết"),
        sources=WORKED_ON,
        target=State.FINISHED,
        right=Right.WORK_ON,
        paper=FormKind.REFUSAL,
        notice=NoticeKind.REFUSED,
        slug="tu-choi",
        form="ending_forms.RefuseForm",
        grave=True,
    )
)


def refuse(dossier_id: int, hand: Hand, *, advice: Advice, document: ResultDocument) -> Dossier:
    """Từ chối giải quyết: a result too, with a reason in words and in code."""
    _check_reason(advice)
    with step("refuse", dossier_id, hand, note=advice.reason) as current:
        close_with_result(current, document, outcome=Outcome.REFUSED)
        current.reason_code = advice.reason_code
        current.facts = advice.facts()
    return current.dossier


ACTS.declare(
    Act(
        "withdraw",
        "Rút hồ sơ theo yêu cầu",
        Chapter.ENDED_OTHERWISE,
        told=Sentence("Rút hồ sơ theo yêu cầu", ": {request}"),
        public=Sentence("Đã rút theo yêu cầu của người nộp"),
        sources=RUNNING | BEFORE_ACCEPTANCE,
        target=State.WITHDRAWN,
        right=Right.RECEIVE,
        paper=FormKind.WITHDRAWAL,
        slug="rut",
        form="ending_forms.WithdrawForm",
        grave=True,
    )
)


def withdraw(dossier_id: int, hand: Hand, *, request: str, note: str = "") -> Dossier:
    """Rút hồ sơ: only on the citizen's own request, ``request`` saying where it is kept.

    Nobody withdraws a citizen's dossier to mend a mistake: that is ``reclassify``.
    """
    if len(request.strip()) < 5:
        raise ActRefused(
            "Chỉ rút khi chính người nộp yêu cầu: ghi đơn hoặc giấy yêu cầu (số, ngày, ai ký). "
            "Chọn nhầm thủ tục thì dùng “Sửa nhầm thủ tục”.",
            "request",
        )
    with step("withdraw", dossier_id, hand, note=note) as current:
        current.data["request"] = request.strip()
        current.facts = WithdrawalFacts(request.strip())
        _close(current)
    return current.dossier


ACTS.declare(
    Act(
        "stop",
        "Dừng giải quyết",
        Chapter.ENDED_OTHERWISE,
        told=Sentence("Dừng giải quyết", ": {papers:list}"),
        public=Sentence("Dừng giải quyết"),
        sources=RUNNING,
        target=State.STOPPED,
        right=Right.ANSWER_FOR,
        paper=FormKind.STOP,
        notice=NoticeKind.STOPPED,
        slug="dung",
        form="ending_forms.StopForm",
        grave=True,
    )
)


def stop(dossier_id: int, hand: Hand, *, advice: Advice) -> Dossier:
    """Dừng giải quyết, for instance when the papers asked for did not come in time."""
    _check_reason(advice)
    with step("stop", dossier_id, hand, note=advice.reason) as current:
        current.data["papers"] = advice.papers
        current.facts = advice.facts()
        _close(current)
    return current.dossier


ACTS.declare(
    Act(
        "reopen",
        "Mở lại để đính chính",
        Chapter.MENDING,
        told=Sentence("Mở lại để đính chính", ", bỏ kết quả {undone[result][number]}"),
        public=Sentence("Mở lại để đính chính"),
        sources=ENDED,
        right=Right.MEND,
        slug="mo-lai",
        form="ending_forms.ReopenForm",
        grave=True,
    )
)


def reopen(dossier_id: int, hand: Hand, *, reason: str) -> Dossier:
    """Mở lại để đính chính: a record of correction; the closed past stays in the books.

    In the statistics the dossier enters anew on the day it is opened again. Its legal due date
    stays what it was.
    """
    if len(reason.strip()) < 10:
        raise ActRefused("Ghi rõ sai ở đâu và ai quyết định mở lại.", "reason")
    with step("reopen", dossier_id, hand, note=reason) as current:
        dossier = current.dossier
        if dossier.code:
            dossier.state, dossier.entered_at = State.IN_PROGRESS, hand.now
        else:
            dossier.state = State.SUBMITTED
        current.data["undone"] = {"outcome": dossier.outcome, "result": dossier.result}
        dossier.closed_at = dossier.finished_at = dossier.returned_at = None
        dossier.outcome, dossier.result, dossier.signing, dossier.shelf = "", {}, "", ""
        current.move_to(
            dossier.desk_id,
            hand.officer if current.post and current.post.agency_id == dossier.desk_id else None,
        )
    return current.dossier


def _close(current: DossierStep) -> None:
    dossier = current.dossier
    if dossier.code:
        close_open_stop(current)
        dossier.closed_at = current.hand.now
    dossier.resume_state, dossier.awaited_by, dossier.signing = "", None, ""
    dossier.legs.filter(ended_at=None).update(ended_at=current.at)


def _check_reason(advice: Advice) -> None:
    if len(advice.reason.strip()) < 10:
        raise ActRefused(
            "Ghi lý do cụ thể, dẫn quy định: bà con đọc nguyên văn trên giấy.", "reason"
        )
