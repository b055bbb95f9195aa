"""Sửa và chịu trách nhiệm: the apology, the wrong procedure, the next officer, the next agency."""

from __future__ import annotations

from datetime import datetime, timedelta

from dossiers import due_dates
from dossiers.acts import reception
from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import step
from dossiers.acts.who_and_when import (
    BEFORE_ACCEPTANCE,
    RUNNING,
    WORKED_ON,
    Chapter,
)
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import Dossier, FormKind, NoticeKind, State
from dossiers.papers.facts import ApologyFacts
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import local_day
from procedures.catalogue import ProcedureCase
from procedures.offices import Agency, Officer, Succession
from procedures.offices.rights import Right

LONGEST_DELAY = 60  # working days an apology may ask for


def _has_no_new_day_yet(dossier: Dossier) -> bool:
    return dossier.promised_at is None and dossier.due_at is not None


ACTS.declare(
    Act(
        "apologise",
        "Xin lỗi và hẹn lại",
        Chapter.MENDING,
        told=Sentence(
            "Xin lỗi và hẹn lại",
            " đến ngày {promised:day}",
            ", thêm {days} ngày làm việc",
        ),
        public=Sentence("Cơ quan xin lỗi và hẹn lại", " đến ngày {promised:day}"),
        sources=RUNNING,
        right=Right.ANSWER_FOR,
        paper=FormKind.APOLOGY,
        notice=NoticeKind.APOLOGY,
        slug="xin-loi",
        form="mending_forms.ApologiseForm",
        makes_sense=_has_no_new_day_yet,
    )
)


def apologise(dossier_id: int, hand: Hand, *, reason: str, days: int) -> Dossier:
    """Xin lỗi và hẹn lại: once, with the one new date, ``days`` working days after the old one.

    The legal due date stays for statistics: an apology does not make a late dossier timely. It is
    due a day before the old date at the latest; a later one is written all the same and says so.
    Source: QĐ 09/2015/QĐ-TTg; NĐ 61/2018/NĐ-CP, Điều 19.
    """
    if len(reason.strip()) < 10:
        raise ActRefused("Ghi lý do chậm để bà con hiểu.", "reason")
    if not 1 <= days <= LONGEST_DELAY:
        raise ActRefused(f"Số ngày hẹn thêm từ 1 đến {LONGEST_DELAY}.", "days")
    with step("apologise", dossier_id, hand, note=reason) as current:
        dossier = current.dossier
        if dossier.promised_at:
            raise ActRefused(
                f"Hồ sơ {dossier} đã hẹn lại một lần, đến "
                f"{words.short_date(local_day(dossier.promised_at))}. "
                "Việc hẹn lại được thực hiện không quá một lần.",
            )
        if dossier.due_at is None:
            raise ActRefused(f"Hồ sơ {dossier} không có hạn nên không có gì để hẹn lại.")
        promised = new_promise(dossier, hand.now, days)
        in_time = local_day(hand.now) < local_day(dossier.due_at)
        current.data |= {"days": days, "promised": promised.isoformat(), "in_time": in_time}
        current.facts = ApologyFacts(reason.strip(), dossier.due_at, local_day(promised))
        dossier.promised_at = promised
    return current.dossier


def new_promise(dossier: Dossier, now: datetime, days: int) -> datetime:
    """Return the new date: counted from the old one, or from today once that has passed."""
    assert dossier.due_at is not None
    start = max(local_day(dossier.due_at), local_day(now))
    calendar = due_dates.calendar_of(dossier.desk, now - timedelta(days=1))
    return calendar.closing_time(calendar.add(start, days))


ACTS.declare(
    Act(
        "reclassify",
        "Sửa nhầm thủ tục",
        Chapter.MENDING,
        told=Sentence(
            "Sửa nhầm thủ tục",
            " từ “{from_procedure}”",
            " sang “{to_procedure}”",
            ", hẹn trả ngày {due[after]:day}",
        ),
        public=Sentence("Cán bộ chọn nhầm thủ tục, nay sửa lại cho đúng"),
        sources=WORKED_ON,
        right=Right.RECEIVE,
        paper=FormKind.RECEIPT,
        notice=NoticeKind.RECLASSIFIED,
        slug="sua-thu-tuc",
        form="mending_forms.ReclassifyForm",
        rare=True,
    )
)


def reclassify(dossier_id: int, hand: Hand, *, case: ProcedureCase, reason: str) -> Dossier:
    """Sửa nhầm thủ tục: the right procedure, the first reception time, and the truth in writing.

    The due date is computed anew from the first reception, and a new receipt is issued.
    """
    if len(reason.strip()) < 10:
        raise ActRefused("Ghi rõ đã nhầm thế nào: bà con đọc được dòng này.", "reason")
    with step("reclassify", dossier_id, hand, note=reason) as current:
        dossier = current.dossier
        if case.pk == dossier.case_id:
            raise ActRefused("Hồ sơ đang ở đúng thủ tục và trường hợp này rồi.", "case")
        intake = reception.Intake(
            desk=dossier.desk,
            version=case.version,
            case=case,
            owner=dossier.owner,
            channel=dossier.channel,
        )
        reception.check_competence(intake, local_day(dossier.received_at))
        reception.promise(intake, dossier.received_at)
        current.data |= {
            "from_procedure": dossier.version.title,
            "to_procedure": case.version.title,
        }
        dossier.version, dossier.case = case.version, case
        dossier.summary = dossier.signing = ""  # what was laid before the leader was another matter
        current.renew_deadline()
    return current.dossier


ACTS.declare(
    Act(
        "assign",
        "Phân công",
        Chapter.FROM_HAND_TO_HAND,
        told=Sentence("Phân công", " {officer} thụ lý", ", thay {before}"),
        public=Sentence("Đã phân công cán bộ giải quyết"),
        sources=RUNNING,
        right=Right.ASSIGN,
        slug="phan-cong",
        form="work_forms.AssignForm",
    )
)


def assign(dossier_id: int, hand: Hand, *, officer: Officer, note: str = "") -> Dossier:
    """Phân công: who works on it now, also when the one before has left."""
    with step("assign", dossier_id, hand, note=note) as current:
        dossier = current.dossier
        if not officer.post_at(dossier.holder_id, local_day(hand.now)):
            raise ActRefused(f"{officer} không làm việc ở {dossier.holder.short_name}.", "officer")
        if dossier.holder_officer_id == officer.pk:
            raise ActRefused(f"{officer} đang thụ lý hồ sơ này rồi.", "officer")
        current.data |= {"officer": str(officer), "before": str(dossier.holder_officer or "")}
        current.move_to(dossier.holder_id, officer)
    return current.dossier


ACTS.declare(
    Act(
        "transfer",
        "Chuyển cơ quan kế thừa",
        Chapter.MENDING,
        told=Sentence("Chuyển cơ quan kế thừa", " từ {from}", " sang {to}"),
        public=Sentence("{to} tiếp tục giải quyết"),
        sources=RUNNING | BEFORE_ACCEPTANCE | {State.FINISHED},
        right=Right.MEND,
        slug="co-quan-ke-thua",
        form="mending_forms.TransferForm",
        rare=True,
    )
)


def transfer(dossier_id: int, hand: Hand, *, to: Agency, note: str = "") -> Dossier:
    """Chuyển cơ quan kế thừa: the desk was merged or renamed; its successor carries on."""
    with step("transfer", dossier_id, hand, note=note) as current:
        dossier = current.dossier
        old = [dossier.desk_id, dossier.desk.parent_id]
        heirs = Succession.objects.filter(old__in=old, on__lte=local_day(hand.now))
        if not heirs.filter(new__in=[to.pk, to.parent_id]).exists():
            raise ActRefused(
                f"{to} không phải cơ quan kế thừa của {dossier.desk}. "
                "Quản trị viên ghi việc kế thừa ở mục “kế thừa cơ quan” trước.",
                "to",
            )
        current.data |= {"from": dossier.desk.short_name, "to": to.short_name}
        dossier.desk = to
        current.move_to(to.pk, None)
    return current.dossier
