"""Phối hợp: another agency's opinion is asked for, and comes. The clock runs on meanwhile.

Source: TT 01/2018/TT-VPCP, Điều 6.
"""

from __future__ import annotations

from dossiers import due_dates
from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import step
from dossiers.acts.who_and_when import Chapter
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import Dossier, State
from khanhson_portal.ground.moments import local_day
from procedures.offices.rights import Right

ACTS.declare(
    Act(
        "ask_partner",
        "Hỏi cơ quan phối hợp",
        Chapter.WAITING,
        told=Sentence(
            "Hỏi ý kiến {partner}",
            ", đề nghị trả lời trong {days} ngày làm việc",
        ),
        public=Sentence("Hỏi ý kiến {partner}"),
        sources={State.IN_PROGRESS},
        target=State.AWAITING_PARTNER,
        right=Right.ASK_PARTNERS,
        slug="hoi-y-kien",
        form="waiting_forms.AskPartnerForm",
    )
)


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


ACTS.declare(
    Act(
        "receive_partner",
        "Nhận ý kiến phối hợp",
        Chapter.WAITING,
        told=Sentence("Nhận ý kiến phối hợp", " của {partner}"),
        public=Sentence("Đã có ý kiến cơ quan phối hợp"),
        sources={State.AWAITING_PARTNER},
        target=State.IN_PROGRESS,
        right=Right.NOTE_ANSWERS,
        slug="nhan-y-kien",
        form="waiting_forms.ReceivePartnerForm",
        primary=True,
    )
)


def receive_partner(dossier_id: int, hand: Hand, *, note: str) -> Dossier:
    """Nhận ý kiến phối hợp: ``note`` says which document and what it says."""
    if not note.strip():
        raise ActRefused("Ghi số văn bản và nội dung ý kiến.", "note")
    with step("receive_partner", dossier_id, hand, note=note) as current:
        current.data["partner"] = current.said_last("ask_partner", "partner")
        current.dossier.awaited_by = None
    return current.dossier
