"""What a citizen sees of their dossier: the state in plain words, what to do now, the day and why.

Nothing personal beyond the masked name and the commune.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dossiers import due_dates
from dossiers.declaring import ACTS
from dossiers.models import CLOSED, Delivery, Dossier, Event, Paper, State
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import LOCAL, local_day
from procedures.worktime import Deadline, explain

STATE_WORDS: dict[str, str] = {
    State.SUBMITTED: "Đã gửi, chờ tiếp nhận",
    State.GUIDED: "Cần hoàn thiện hồ sơ trước khi nộp",
    State.DECLINED: "Không được tiếp nhận",
    State.ACCEPTED: "Đã tiếp nhận",
    State.IN_PROGRESS: "Đang giải quyết",
    State.AWAITING_SUPPLEMENT: "Chờ bà con bổ sung giấy tờ",
    State.AWAITING_PAYMENT: "Chờ bà con nộp tiền",
    State.AWAITING_PARTNER: "Đang hỏi ý kiến cơ quan khác",
    State.FINISHED: "Đã có kết quả, mời đến nhận",
    State.RETURNED: "Đã trả kết quả",
    State.WITHDRAWN: "Đã rút theo yêu cầu của người nộp",
    State.STOPPED: "Đã dừng giải quyết",
}
TONES: dict[str, str] = {
    State.AWAITING_SUPPLEMENT: "wait",
    State.AWAITING_PAYMENT: "wait",
    State.GUIDED: "wait",
    State.DECLINED: "late",
    State.STOPPED: "late",
    State.FINISHED: "done",
    State.RETURNED: "done",
    State.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class Line:
    """One step of the line: ``stage`` is done, now or later."""

    title: str
    when: str
    stage: str
    paper: Paper | None = None


@dataclass(frozen=True)
class TrackingView:
    dossier: Dossier
    state: str
    tone: str
    to_do: str
    deadline: Deadline | None
    why: str
    promised: str
    due: str
    late: bool
    kept: str = ""  # the day on the citizen's paper, where it is earlier than the legal one
    lines: list[Line] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


def view(dossier: Dossier) -> TrackingView:
    """Return what the tracking page shows. ``dossier`` comes from ``for_tracking``."""
    deadline = due_dates.from_json(dossier.deadline)
    events = list(dossier.events.all())
    late: bool = dossier.is_late  # type: ignore[attr-defined]
    return TrackingView(
        dossier=dossier,
        state=STATE_WORDS[dossier.state],
        tone="late" if late else TONES.get(dossier.state, ""),
        to_do=_to_do(dossier, events),
        deadline=deadline,
        why=explain(deadline) if deadline else "",
        promised=_date(dossier.promised_at),
        due=_date(dossier.due_at),
        late=late,
        kept=_kept(dossier),
        lines=_lines(dossier, events),
        papers=list(dossier.papers.all()),
    )


def _to_do(dossier: Dossier, events: list[Event]) -> str:
    """Return the next thing the citizen must do, "" when they only wait."""
    if dossier.state == State.FINISHED:
        if dossier.delivery == Delivery.POST:
            return "Kết quả sẽ được gửi qua bưu chính đến địa chỉ đã đăng ký."
        return (
            "Mang giấy tiếp nhận và giấy tờ tùy thân đến bộ phận một cửa để nhận kết quả. "
            "Nhận thay thì có giấy ủy quyền."
        )
    if dossier.state in {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.GUIDED}:
        asked = next((e for e in reversed(events) if ACTS[e.act].asks), None)
        until = _date(dossier.awaited_by)
        return (asked.note if asked else "") + (f" Hạn: {until}." if until else "")
    return ""


def _lines(dossier: Dossier, events: list[Event]) -> list[Line]:
    """Return the events as the citizen reads them, then what is still to come."""
    lines = []
    for event in events:
        last = event is events[-1] and dossier.state not in {State.RETURNED, State.WITHDRAWN}
        paper = next((p for p in dossier.papers.all() if p.proves == event.pk), None)
        lines.append(Line(event.told_publicly, _when(event.at), "now" if last else "done", paper))
    if dossier.state not in CLOSED and dossier.code:
        lines.append(Line("Có kết quả", _promised_day(dossier), "later"))
    if dossier.code and dossier.state not in {State.RETURNED, State.WITHDRAWN, State.STOPPED}:
        lines.append(Line(f"Trả kết quả: {dossier.get_delivery_display().lower()}", "", "later"))
    return lines


def _promised_day(dossier: Dossier) -> str:
    return _date(dossier.promised_at) or _kept(dossier) or _date(dossier.due_at)


def _kept(dossier: Dossier) -> str:
    """Return the printed day that stays the citizen's, "" where the legal due date is theirs."""
    kept = getattr(dossier, "kept_promise", None)
    if kept is None or dossier.promised_at or (dossier.due_at and dossier.due_at <= kept.day_at):
        return ""
    return _date(kept.day_at)


def _when(moment: datetime) -> str:
    local = moment.astimezone(LOCAL)
    return f"{words.short_date(local.date())}, {words.official_time(local)}"


def _date(moment: datetime | None) -> str:
    return words.short_date(local_day(moment)) if moment else ""
