"""Xử lý: sorted, given to somebody, handed to the competent agency, joined with a like one."""

from __future__ import annotations

from dossiers.acts.engine import ActRefused, Hand
from dossiers.declaring import Act, Sentence
from feedback.acts.binding import ENGINE, due_for
from feedback.models import Case, CaseKind, CaseState
from feedback.table import CASES
from procedures.offices import Agency, Officer
from procedures.offices.rights import Right

WORKABLE = {CaseState.RECEIVED, CaseState.IN_HAND, CaseState.ASKED}

CASES.declare(
    Act(
        "assign",
        "Giao người xử lý",
        chapter=1,
        right=Right.SORT_FEEDBACK,
        told=Sentence("Giao", " cho {to}"),
        public=Sentence("Đã giao người xử lý"),
        sources={CaseState.RECEIVED, CaseState.IN_HAND},
        target=CaseState.IN_HAND,
        slug="giao",
        primary=True,
    )
)


def assign(case_id: int, hand: Hand, *, to: Officer, note: str = "") -> Case:
    with ENGINE.step("assign", case_id, hand, note=note) as step:
        step.case.handler = to
        step.data["to"] = to.full_name
    return step.case


CASES.declare(
    Act(
        "sort",
        "Sửa loại",
        chapter=1,
        right=Right.SORT_FEEDBACK,
        told=Sentence("Xếp lại", " từ “{before}”", " sang “{after}”"),
        public=Sentence("Đã xếp lại loại phản ánh"),
        sources=WORKABLE,
        slug="sua-loai",
        rare=True,
    )
)


def sort(case_id: int, hand: Hand, *, kind: CaseKind) -> Case:
    with ENGINE.step("sort", case_id, hand) as step:
        if step.case.kind_id == kind.pk:
            raise ActRefused("Phản ánh đang ở loại này rồi.", "kind")
        step.data |= {"before": step.case.kind.name, "after": kind.name}
        step.case.kind = kind
        step.case.due_at = due_for(step.case, step.case.holder, step.case.received_at)
    return step.case


CASES.declare(
    Act(
        "transfer",
        "Chuyển cơ quan có thẩm quyền",
        chapter=2,
        right=Right.SORT_FEEDBACK,
        told=Sentence("Chuyển", " từ {before}", " đến {to}", ": {note}"),
        public=Sentence("Chuyển đến {to} xử lý"),
        sources=WORKABLE,
        target=CaseState.IN_HAND,
        slug="chuyen",
    )
)


def transfer(case_id: int, hand: Hand, *, to: Agency, note: str = "") -> Case:
    """The receiver's own clock starts; how long each had it is told by the events."""
    with ENGINE.step("transfer", case_id, hand, note=note) as step:
        case = step.case
        if to.pk == case.holder_id:
            raise ActRefused(f"Phản ánh {case} đang ở {to.short_name} rồi.", "to")
        step.data |= {"before": case.holder.short_name, "to": to.short_name}
        case.holder, case.handler = to, None
        case.due_at = due_for(case, to, hand.now)
    return step.case


CASES.declare(
    Act(
        "merge",
        "Gộp vào phản ánh khác",
        chapter=3,
        right=Right.SORT_FEEDBACK,
        told=Sentence("Gộp vào {into}"),
        public=Sentence("Cùng việc với phản ánh {into}, trả lời chung"),
        sources=WORKABLE,
        target=CaseState.MERGED,
        slug="gop",
        rare=True,
    )
)


def merge(case_id: int, hand: Hand, *, code: str) -> Case:
    with ENGINE.step("merge", case_id, hand) as step:
        other = Case.objects.exclude(pk=case_id).filter(code=code.strip().upper()).first()
        if other is None or other.state in {CaseState.MERGED, CaseState.ELSEWHERE}:
            raise ActRefused("Không có phản ánh nào đang xử lý mang mã này.", "code")
        step.case.merged_into = other
        step.data["into"] = other.code
    return step.case


CASES.declare(
    Act(
        "lead_elsewhere",
        "Là khiếu nại, tố cáo",
        chapter=3,
        right=Right.SORT_FEEDBACK,
        told=Sentence("Hướng dẫn theo đường khiếu nại, tố cáo", ": {note}"),
        public=Sentence("Việc này theo Luật Khiếu nại, Luật Tố cáo", ": {note}"),
        sources=WORKABLE,
        target=CaseState.ELSEWHERE,
        slug="khieu-nai-to-cao",
        grave=True,
        rare=True,
    )
)


def lead_elsewhere(case_id: int, hand: Hand, *, note: str) -> Case:
    """The sender is told where to turn; nothing of it is ever published."""
    if len(note.strip()) < 5:
        raise ActRefused("Ghi nơi tiếp nhận và cách gửi để người gửi biết.", "note")
    with ENGINE.step("lead_elsewhere", case_id, hand, note=note) as step:
        step.case.consents, step.case.due_at = False, None
    return step.case
