"""Vì sao là ngày này? The count of a deadline, and what is left of it, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from khanhson_portal.ground.moments import LOCAL, local_day
from khanhson_portal.ground.words import (
    day_and_month,
    hour,
    listing,
    official_time,
    short_date,
    weekday,
)
from procedures.worktime.calendar import WorkCalendar
from procedures.worktime.deadlines import Deadline
from procedures.worktime.lateness import is_late
from procedures.worktime.limits import Unit
from procedures.worktime.traces import OFF, WAITS, DayKind, TracedDay

NAMED = {DayKind.DAY_OFF, *WAITS, DayKind.RESTARTED, DayKind.AFTER_CUTOFF}


def explain(deadline: Deadline) -> str:
    """Return the whole reasoning in one to four short sentences."""
    if deadline.due_at is None:
        return "Pháp luật không quy định thời hạn giải quyết cho thủ tục này."
    parts = [_counted(deadline), *_skipped(deadline), *_made_up(deadline), *_rolled(deadline)]
    if deadline.provisional:
        parts.append(
            f"Lịch nghỉ năm {deadline.due_at.year} chưa được công bố đầy đủ "
            "nên ngày này là tạm tính."
        )
    return " ".join(parts)


def _counted(deadline: Deadline) -> str:
    received = deadline.received_at
    if deadline.limit.unit == Unit.SAME_DAY:
        return (
            f"Giải quyết trong ngày, nhận lúc {official_time(received)} "
            f"{weekday(received.date())} {short_date(received.date())}."
        )
    if deadline.exact:
        moment = f"{official_time(received)} ngày {short_date(received.date())}"
        return f"{_capital(str(deadline.limit))}, tính từ {moment}."
    first = next((t.day for t in deadline.trace if t.counted), received.date())
    return (
        f"{_capital(str(deadline.limit))}, tính từ {short_date(first)} "
        f"(ngày nhận {short_date(received.date())} không tính)."
    )


def _skipped(deadline: Deadline) -> list[str]:
    """Name what was passed over, runs of days together, weekends without their dates."""
    rolled = _rolled_days(deadline)
    skipped = [t for t in deadline.trace if not t.counted and t.day not in rolled]
    weekends = {t.day.weekday(): t.reason for t in skipped if t.kind == DayKind.WEEKEND}
    named = [t for t in skipped if t.kind in NAMED]
    names = [*dict.fromkeys(weekends[n] for n in sorted(weekends)), *map(_run, _runs(named))]
    return [f"Không tính {listing(names)}."] if names else []


def _made_up(deadline: Deadline) -> list[str]:
    days = [t for t in deadline.trace if t.kind == DayKind.MADE_UP]
    names = [f"ngày {day_and_month(t.day)} ({t.reason})" for t in days]
    return [f"Có tính {listing(names)}."] if names else []


def _runs(days: list[TracedDay]) -> Iterator[list[TracedDay]]:
    """Yield days that are told together: one reason, or a wait and the day of its answer."""
    run: list[TracedDay] = []
    for traced in days:
        if run and not _goes_on(run[-1], traced):
            yield run
            run = []
        run.append(traced)
    if run:
        yield run


def _goes_on(before: TracedDay, traced: TracedDay) -> bool:
    if traced.kind == DayKind.ANSWERED:
        return before.kind == DayKind.WAITING
    return (before.kind, before.reason) == (traced.kind, traced.reason)


def _run(days: list[TracedDay]) -> str:
    first, last, reason = days[0].day, days[-1].day, days[0].reason
    if first == last:
        return f"ngày {day_and_month(first)} ({reason})"
    return f"từ {day_and_month(first)} đến {day_and_month(last)} ({reason})"


def _rolled_days(deadline: Deadline) -> list[date]:
    """Return the day off on which a period ended, and the days up to the due date but for waits."""
    trace = deadline.trace
    ended = next((i for i, t in enumerate(trace) if t.counted and t.kind in OFF), len(trace))
    return [t.day for t in trace[ended:] if t.kind not in WAITS]


def _rolled(deadline: Deadline) -> list[str]:
    days = _rolled_days(deadline)
    if not days or deadline.due_on is None:
        return []
    ended = next(t for t in deadline.trace if t.day == days[0])
    return [
        f"Ngày cuối {short_date(ended.day)} là ngày nghỉ ({ended.reason}) "
        f"nên chuyển sang ngày làm việc tiếp theo {short_date(deadline.due_on)}."
    ]


class Stretch(Enum):
    """What kind of time lies between now and a due date."""

    NO_LIMIT = "no_limit"
    AHEAD = "ahead"
    TODAY = "today"
    LATE = "late"


@dataclass(frozen=True)
class Remaining:
    """What is left until a due date, or how late it is, and the words people read."""

    kind: Stretch
    words: str

    def __str__(self) -> str:
        return self.words


def remaining(
    due_at: datetime | None, now: datetime, calendar: WorkCalendar, *, exact: bool
) -> Remaining:
    """Return what is left in words: "Còn 2 ngày làm việc", "Trễ 1 ngày làm việc"."""
    if due_at is None:
        return Remaining(Stretch.NO_LIMIT, "Không có hạn")
    due, today = due_at.astimezone(LOCAL), local_day(now)
    days = calendar.between(today, due.date())
    if is_late(now, due, exact=exact):
        on_the_day = due.date() == today
        words = (
            f"Trễ từ {hour(due)} hôm nay" if on_the_day else f"Trễ {max(-days, 1)} ngày làm việc"
        )
        return Remaining(Stretch.LATE, words)
    if due.date() == today:
        return Remaining(Stretch.TODAY, f"Hôm nay, trước {hour(due)}")
    words = f"Còn {days} ngày làm việc" if days else f"Hạn {short_date(due.date())}"
    return Remaining(Stretch.AHEAD, words)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
