"""Trạng thái xử lý: the processing axis of a dossier. Money and delivery have axes of their own."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    """``overdue`` is a question, not a state."""

    SUBMITTED = "submitted", "Mới đăng ký"
    GUIDED = "guided", "Đã hướng dẫn hoàn thiện"
    DECLINED = "declined", "Không được tiếp nhận"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    IN_PROGRESS = "in_progress", "Đang giải quyết"
    AWAITING_SUPPLEMENT = "awaiting_supplement", "Chờ bổ sung"
    AWAITING_PAYMENT = "awaiting_payment", "Chờ nghĩa vụ tài chính"
    AWAITING_PARTNER = "awaiting_partner", "Chờ cơ quan phối hợp"
    FINISHED = "finished", "Đã có kết quả"
    RETURNED = "returned", "Đã trả kết quả"
    WITHDRAWN = "withdrawn", "Công dân rút hồ sơ"
    STOPPED = "stopped", "Dừng giải quyết"

    @property
    def national_code(self) -> int | None:
        """Return the status code of the national portal (1–10), None where it has none."""
        return NATIONAL_CODES[self]


NATIONAL_CODES: dict[State, int | None] = {
    State.SUBMITTED: 1,
    State.GUIDED: 5,
    State.DECLINED: 3,
    State.ACCEPTED: 2,
    State.IN_PROGRESS: 4,
    State.AWAITING_SUPPLEMENT: 5,
    State.AWAITING_PAYMENT: 6,
    State.AWAITING_PARTNER: 4,
    State.FINISHED: 9,
    State.RETURNED: 10,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
}
NOT_ACCEPTED = [State.SUBMITTED, State.GUIDED, State.DECLINED]
RUNNING = [
    State.ACCEPTED,
    State.IN_PROGRESS,
    State.AWAITING_SUPPLEMENT,
    State.AWAITING_PAYMENT,
    State.AWAITING_PARTNER,
]
CLOSED = [State.FINISHED, State.RETURNED, State.WITHDRAWN, State.STOPPED]
