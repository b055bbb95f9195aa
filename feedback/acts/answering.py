"""Trả lời: drafted, approved, read by the sender, and shown to everybody once it is masked."""

from __future__ import annotations

from dossiers.acts.engine import ActRefused, Hand
from dossiers.declaring import Act, Assurance, Sentence
from feedback.acts.binding import ENGINE, due_for
from feedback.models import Case, CaseState, Finding
from feedback.table import CASES
from khanhson_portal.ground.text import search_key
from procedures.offices.rights import Right

SHORTEST = 20  # characters: "đã xử lý" alone answers nobody

CASES.declare(
    Act(
        "draft_answer",
        "Soạn trả lời",
        chapter=3,
        right=Right.ANSWER_FEEDBACK,
        told=Sentence("Soạn trả lời", ", kết luận: {finding}"),
        public=Sentence("Đang hoàn thiện câu trả lời"),
        sources={CaseState.RECEIVED, CaseState.IN_HAND},
        target=CaseState.DRAFTED,
        slug="soan",
        primary=True,
    )
)


def draft_answer(case_id: int, hand: Hand, *, answer: str, finding: str = "") -> Case:
    """``finding``: whether what was said is so; "" where nothing was alleged."""
    if len(answer.strip()) < SHORTEST:
        raise ActRefused("Viết câu trả lời cụ thể: đã làm gì, vì sao, bao giờ xong.", "answer")
    with ENGINE.step("draft_answer", case_id, hand) as step:
        step.case.answer, step.case.finding = answer.strip(), finding
        step.data |= {"answer": answer.strip()}
        if finding:
            step.data["finding"] = Finding(finding).label
    return step.case


CASES.declare(
    Act(
        "send_back",
        "Trả lại để viết lại",
        chapter=3,
        right=Right.APPROVE_ANSWERS,
        told=Sentence("Trả lại để viết lại", ": {note}"),
        public=Sentence("Đang hoàn thiện câu trả lời"),
        sources={CaseState.DRAFTED},
        target=CaseState.IN_HAND,
        slug="tra-lai",
    )
)


def send_back(case_id: int, hand: Hand, *, note: str) -> Case:
    if not note.strip():
        raise ActRefused("Ghi điều cần viết lại.", "note")
    with ENGINE.step("send_back", case_id, hand, note=note) as step:
        pass
    return step.case


CASES.declare(
    Act(
        "approve",
        "Duyệt và trả lời",
        chapter=3,
        right=Right.APPROVE_ANSWERS,
        told=Sentence("Duyệt và trả lời"),
        public=Sentence("Đã trả lời"),
        sources={CaseState.DRAFTED},
        target=CaseState.ANSWERED,
        slug="duyet",
        primary=True,
    )
)


def approve(case_id: int, hand: Hand, *, note: str = "") -> Case:
    """From here on the sender reads the answer; lateness stops."""
    with ENGINE.step("approve", case_id, hand, note=note) as step:
        step.case.answered_at = step.at
    return step.case


CASES.declare(
    Act(
        "say_whether_solved",
        "Nói đã giải quyết thật chưa",
        chapter=4,
        right=Right.TAKE_FEEDBACK,
        citizen=Assurance.HOLDS_THE_CODE,
        told=Sentence("Người gửi nói: {said}"),
        public=Sentence("Ông/bà đã cho biết: {said}"),
        sources={CaseState.ANSWERED},
    )
)


def say_whether_solved(case_id: int, hand: Hand, *, solved: bool) -> Case:
    """The sender's own verdict: a fact apart from the state, changed by saying it again."""
    with ENGINE.step("say_whether_solved", case_id, hand) as step:
        step.case.solved = solved
        step.data["said"] = "đã được giải quyết" if solved else "chưa được giải quyết"
    return step.case


CASES.declare(
    Act(
        "reopen",
        "Đề nghị xem lại",
        chapter=4,
        right=Right.SORT_FEEDBACK,
        citizen=Assurance.HOLDS_THE_CODE,
        told=Sentence("Mở lại", ": {note}"),
        public=Sentence("Đã đề nghị xem lại"),
        sources={CaseState.ANSWERED},
        target=CaseState.IN_HAND,
        slug="xem-lai",
        makes_sense=lambda case: not case.reopened,
        rare=True,
    )
)


def reopen(case_id: int, hand: Hand, *, note: str) -> Case:
    """Once only. What was published comes down until the new answer is there."""
    if len(note.strip()) < 5:
        raise ActRefused("Ghi điều chưa được giải quyết.", "note")
    with ENGINE.step("reopen", case_id, hand, note=note) as step:
        case = step.case
        if case.reopened:
            raise ActRefused(f"Phản ánh {case} đã được xem lại một lần rồi.")
        case.reopened, case.solved = True, None
        case.published_at = None
        case.due_at = due_for(case, case.holder, hand.now)
    return step.case


CASES.declare(
    Act(
        "publish",
        "Công bố hỏi đáp",
        chapter=5,
        right=Right.PUBLISH_FEEDBACK,
        told=Sentence("Công bố hỏi đáp đã che"),
        public=Sentence("Câu hỏi và trả lời được công bố, không có tên"),
        sources={CaseState.ANSWERED},
        slug="cong-bo",
        makes_sense=lambda case: case.consents and not case.kind.private,
    )
)


def publish(case_id: int, hand: Hand, *, title: str, text: str, answer: str) -> Case:
    """Show the masked words that a person has read. Conduct and no consent are refused."""
    with ENGINE.step("publish", case_id, hand) as step:
        case = step.case
        if not case.consents:
            raise ActRefused("Người gửi không đồng ý công bố.")
        if case.kind.private:
            raise ActRefused("Phản ánh về thái độ cán bộ không công bố từng vụ.")
        if not (title.strip() and text.strip() and answer.strip()):
            raise ActRefused("Cần đủ tiêu đề, câu hỏi và câu trả lời đã che.", "text")
        case.public_title, case.public_text = title.strip(), text.strip()
        case.public_answer, case.published_at = answer.strip(), step.at
        case.search_words = search_key(f"{title} {text} {answer}")
    return step.case


CASES.declare(
    Act(
        "unpublish",
        "Gỡ xuống",
        chapter=5,
        right=Right.PUBLISH_FEEDBACK,
        told=Sentence("Gỡ khỏi trang công khai", ": {note}"),
        public=Sentence("Không còn công bố"),
        sources={CaseState.ANSWERED},
        slug="go-xuong",
        makes_sense=lambda case: case.published_at is not None,
        rare=True,
    )
)


def unpublish(case_id: int, hand: Hand, *, note: str) -> Case:
    if not note.strip():
        raise ActRefused("Ghi vì sao gỡ xuống.", "note")
    with ENGINE.step("unpublish", case_id, hand, note=note) as step:
        step.case.published_at = None
    return step.case
