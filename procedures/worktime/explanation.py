"""Vì sao là ngày này? The count of a deadline, and what is left of it, in Vietnamese."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby

from khanhson_portal.ground.moments import LOCAL, local_day
from khanhson_portal.ground.words import (
    day_and_month,
    hour,
    listing,
    official_time,
    short_date,
    weekday,
)
from procedures.worktime.calendar import WEEKEND_NAMES, WorkCalendar
from procedures.worktime.deadlines import AWAITED, Deadline, TracedDay
from procedures.worktime.limits import Unit


def explain(deadline: Deadline) -> str:
    """Return the whole reasoning in one to four short sentences."""
    if deadline.due_at is None:
        return "Pháp luật không quy định thời hạn giải quyết cho thủ tục này."
    parts = [_counted(deadline), *_skipped(deadline), *_rolled(deadline)]
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
    if deadline.exact:
        skipped = [t for t in skipped if t.reason != "hết giờ làm việc"]
    reasons = {traced.reason for traced in skipped}
    weekends = [name for name in WEEKEND_NAMES.values() if name in reasons]
    named = [traced for traced in skipped if traced.reason not in weekends]
    runs = []
    for reason, run in groupby(named, key=_reason_of_run):
        days = [traced.day for traced in run]
        runs.append(_run(reason, days[0], days[-1]))
    names = [*weekends, *runs]
    return [f"Không tính {listing(names)}."] if names else []


def _reason_of_run(traced: TracedDay) -> str:
    """A wait ends with the day of its answer: one run, one reason."""
    return "chờ bổ sung giấy tờ" if traced.reason in {"chờ bổ sung", AWAITED} else traced.reason


def _run(reason: str, first: date, last: date) -> str:
    if first == last:
        return f"ngày {day_and_month(first)} ({reason})"
    return f"từ {day_and_month(first)} đến {day_and_month(last)} ({reason})"


def _rolled_days(deadline: Deadline) -> list[date]:
    """Return the days off on which a calendar period ended, and those up to the due date."""
    if deadline.limit.unit not in {Unit.DAY, Unit.MONTH}:
        return []
    last_counted = max((i for i, t in enumerate(deadline.trace) if t.counted), default=0)
    tail = deadline.trace[last_counted:]
    return [t.day for t in tail] if len(tail) > 1 else []


def _rolled(deadline: Deadline) -> list[str]:
    days = _rolled_days(deadline)
    if not days:
        return []
    ended = next(t for t in deadline.trace if t.day == days[0])
    return [
        f"Ngày cuối {short_date(ended.day)} là ngày nghỉ ({ended.reason}) "
        f"nên chuyển sang ngày làm việc tiếp theo {short_date(days[-1])}."
    ]


def remaining(
    due_at: datetime | None, now: datetime, calendar: WorkCalendar, *, exact: bool
) -> str:
    """Return what is left, or how late it is: "Còn 2 ngày làm việc", "Trễ 1 ngày làm việc"."""
    if due_at is None:
        return "Không có hạn"
    due, now = due_at.astimezone(LOCAL), now.astimezone(LOCAL)
    today = local_day(now)
    if due.date() == today:
        late = exact and now > due
        return f"Trễ từ {hour(due)} hôm nay" if late else f"Hôm nay, trước {hour(due)}"
    days = calendar.between(today, due.date())
    if due < now:
        return f"Trễ {max(-days, 1)} ngày làm việc"
    return f"Còn {days} ngày làm việc" if days else f"Hạn {short_date(due.date())}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
