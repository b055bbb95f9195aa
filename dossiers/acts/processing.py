"""Giải quyết: the dossier goes from hand to hand until there is a result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dossiers import due_dates, legs
from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import DossierStep, step
from dossiers.acts.who_and_when import WORKED_ON, Chapter
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import Dossier, NoticeKind, Outcome, Signing, State
from procedures.offices import Agency, AgencyKind, Officer
from procedures.offices.rights import Right


def _proposed(dossier: Dossier) -> bool:
    return dossier.signing == Signing.PROPOSED


def _nothing_proposed(dossier: Dossier) -> bool:
    return dossier.signing != Signing.PROPOSED


ACTS.declare(
    Act(
        "hand_over",
        "Chuyển hồ sơ",
        Chapter.FROM_HAND_TO_HAND,
        told=Sentence(
            "Chuyển hồ sơ",
            " từ {from}",
            " đến {to}",
            ", giao {officer}",
            ", chặng này đến hết {until:moment}",
        ),
        public=Sentence("{to} xem xét"),
        sources=WORKED_ON,
        target=State.IN_PROGRESS,
        right=Right.HAND_OVER,
        slug="chuyen",
        form="work_forms.HandOverForm",
        primary=True,
    )
)


def hand_over(
    dossier_id: int, hand: Hand, *, to: Agency, officer: Officer | None = None, note: str = ""
) -> Dossier:
    """Chuyển hồ sơ: close the leg here, open one at ``to``: a line of the control sheet.

    Source: TT 01/2018/TT-VPCP, Mẫu 05.
    """
    with step("hand_over", dossier_id, hand, note=note) as current:
        dossier = current.dossier
        if to.pk == dossier.holder_id and officer == dossier.holder_officer:
            raise ActRefused(f"Hồ sơ {dossier} đang ở {to.short_name} rồi.", "to")
        if to.kind == AgencyKind.DESK and to.pk != dossier.desk_id:
            raise ActRefused("Hồ sơ chỉ quay về bộ phận một cửa đã tiếp nhận nó.", "to")
        _check_apology(dossier, hand)
        until = legs.due_at(dossier, to, hand.now)
        current.data |= {
            "from": dossier.holder.short_name,
            "to": to.short_name,
            "officer": str(officer or ""),
            "until": until.isoformat() if until else None,
        }
        current.move_to(to.pk, officer, until)
    return current.dossier


def _check_apology(dossier: Dossier, hand: Hand) -> None:
    """A late dossier is not handed on without its letter; working on it is never blocked."""
    if dossier.promised_at is None and due_dates.is_late(dossier, hand.now):
        raise ActRefused(
            f"Hồ sơ {dossier} đã quá hạn mà chưa có thư xin lỗi. "
            "Lãnh đạo ký thư xin lỗi và hẹn lại trước khi chuyển.",
        )


ACTS.declare(
    Act(
        "propose",
        "Trình ký",
        Chapter.RESULT,
        told=Sentence("Trình ký", " “{draft}”"),
        public=Sentence("Đã trình lãnh đạo ký"),
        sources=WORKED_ON,
        right=Right.WORK_ON,
        slug="trinh-ky",
        form="work_forms.ProposeForm",
        makes_sense=_nothing_proposed,
    )
)


def propose(dossier_id: int, hand: Hand, *, draft: str, note: str = "") -> Dossier:
    """Trình ký: ``draft`` names the document laid before the one who signs."""
    if not draft.strip():
        raise ActRefused("Ghi tên dự thảo văn bản trình ký.", "draft")
    with step("propose", dossier_id, hand, note=note) as current:
        if _proposed(current.dossier):
            raise ActRefused(f"Hồ sơ {current.dossier} đang trình ký rồi.")
        current.dossier.signing = Signing.PROPOSED
        current.data["draft"] = draft.strip()
    return current.dossier


ACTS.declare(
    Act(
        "sign",
        "Ký duyệt",
        Chapter.RESULT,
        told=Sentence("Ký duyệt", " “{draft}”"),
        public=Sentence("Lãnh đạo đã ký"),
        sources=WORKED_ON,
        right=Right.SIGN,
        slug="ky",
        form="work_forms.SignForm",
        makes_sense=_proposed,
    )
)


def sign(dossier_id: int, hand: Hand, *, note: str = "") -> Dossier:
    """Ký duyệt what was laid before the leader; the clerk then numbers it (``finish``)."""
    with step("sign", dossier_id, hand, note=note) as current:
        _check_proposed(current.dossier)
        current.data["draft"] = current.said_last("propose", "draft")
        current.dossier.signing = Signing.SIGNED
    return current.dossier


ACTS.declare(
    Act(
        "send_back",
        "Trả lại để xem lại",
        Chapter.RESULT,
        told=Sentence("Trả lại để xem lại", " “{draft}”"),
        public=Sentence("Lãnh đạo yêu cầu xem lại dự thảo"),
        sources=WORKED_ON,
        right=Right.SIGN,
        slug="tra-lai-trinh",
        form="work_forms.SendBackForm",
        makes_sense=_proposed,
    )
)


def send_back(dossier_id: int, hand: Hand, *, note: str) -> Dossier:
    """Trả lại để xem lại: not signed, and why."""
    if not note.strip():
        raise ActRefused("Ghi điều cần xem lại.", "note")
    with step("send_back", dossier_id, hand, note=note) as current:
        _check_proposed(current.dossier)
        current.data["draft"] = current.said_last("propose", "draft")
        current.dossier.signing = ""
    return current.dossier


def _check_proposed(dossier: Dossier) -> None:
    if not _proposed(dossier):
        raise ActRefused(f"Hồ sơ {dossier} không có văn bản nào đang trình ký.")


@dataclass(frozen=True)
class ResultDocument:
    """Văn bản kết quả: what the citizen will get. ``number`` and ``signer`` as printed on it."""

    number: str
    issued_on: date
    signer: str
    summary: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "issued_on": self.issued_on.isoformat(),
            "signer": self.signer,
            "summary": self.summary,
        }


ACTS.declare(
    Act(
        "finish",
        "Ghi kết quả",
        Chapter.RESULT,
        told=Sentence(
            "Ghi kết quả",
            " {result[number]}",
            " ngày {result[issued_on]:day}",
            ", {result[signer]} ký",
        ),
        public=Sentence("Có kết quả"),
        sources=WORKED_ON,
        target=State.FINISHED,
        right=Right.FINISH,
        notice=NoticeKind.RESULT,
        slug="ket-qua",
        form="work_forms.FinishForm",
        makes_sense=_nothing_proposed,
        primary=True,
    )
)


def finish(dossier_id: int, hand: Hand, *, result: ResultDocument, note: str = "") -> Dossier:
    """Ghi kết quả: the office is done; the result goes to the desk's shelf. Lateness stops here."""
    with step("finish", dossier_id, hand, note=note) as current:
        if _proposed(current.dossier):
            raise ActRefused(
                f"Văn bản của hồ sơ {current.dossier} đang trình ký: ký hoặc trả lại trước."
            )
        close_with_result(current, result)
    return current.dossier


def close_with_result(
    current: DossierStep, result: ResultDocument, outcome: Outcome = Outcome.GRANTED
) -> None:
    """The result goes to the desk's shelf and the dossier out of the books."""
    if not result.number.strip() or not result.signer.strip():
        raise ActRefused("Kết quả cần số văn bản và người ký.", "number")
    dossier = current.dossier
    dossier.outcome, dossier.result = outcome, result.as_json()
    dossier.signing = ""
    dossier.finished_at, dossier.closed_at = current.at, current.hand.now
    current.data["result"] = dossier.result
    if dossier.holder_id != dossier.desk_id:
        current.move_to(dossier.desk_id, None)
