"""One row of a work list: how it stands in words, and the one act to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.acts import acts_for
from dossiers.models import Dossier, State
from khanhson_portal.ground.moments import local_day, start_of_day
from khanhson_portal.ground.words import short_date
from procedures.offices import Officer
from procedures.worktime import Holiday, Stretch, WorkCalendar, is_late, remaining


@dataclass(frozen=True)
class Row:
    dossier: Dossier
    words: str
    tone: str
    slug: str
    next_label: str
    may_hand_over: bool


def rows_of(
    dossiers: list[Dossier],
    officer: Officer,
    now: datetime,
    calendar: WorkCalendar | None = None,
) -> list[Row]:
    """Return the rows of one page of a list; the calendar is read once for all of them."""
    if not dossiers:
        return []
    calendar = calendar or common_calendar(dossiers, now)
    return [_row(dossier, officer, now, calendar) for dossier in dossiers]


def common_calendar(dossiers: list[Dossier], now: datetime) -> WorkCalendar:
    """Return the district's calendar from the earliest due date on (closures of one desk aside)."""
    due = [dossier.due_at for dossier in dossiers if dossier.due_at]
    since = local_day(min([now, *due]))
    return Holiday.objects.calendar(None, since)


def due_words(dossier: Dossier, now: datetime, calendar: WorkCalendar) -> tuple[str, str]:
    """Return how a dossier stands, in words and tone: ("Trễ 1 ngày · chưa xin lỗi", "late")."""
    if dossier.state == State.FINISHED:
        return _on_shelf(dossier, now), "done"
    if dossier.state in {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.GUIDED}:
        return _awaited(dossier, now), "wait"
    if dossier.state == State.SUBMITTED:
        return _awaited(dossier, now), "wait"
    if not dossier.is_running:
        return dossier.get_state_display(), "quiet"
    left = remaining(dossier.due_at, now, calendar, exact=dossier.due_exact)
    if left.kind == Stretch.LATE:
        return f"{left} · {'đã' if dossier.promised_at else 'chưa'} xin lỗi", "late"
    return left.words, "wait" if left.kind == Stretch.TODAY else ""


def _awaited(dossier: Dossier, now: datetime) -> str:
    words, until = dossier.get_state_display(), dossier.awaited_by
    if until is None:
        return words
    in_hours = dossier.state == State.SUBMITTED  # what was sent in is answered within hours
    if is_late(now, until, exact=in_hours):
        return f"{words} · đã quá hạn chờ"
    return f"{words} đến {short_date(local_day(until))}"


def _on_shelf(dossier: Dossier, now: datetime) -> str:
    assert dossier.finished_at is not None
    days = (start_of_day(now) - start_of_day(dossier.finished_at)).days
    return f"Chờ trả {days} ngày" if days else "Chờ trả từ hôm nay"


def _row(dossier: Dossier, officer: Officer, now: datetime, calendar: WorkCalendar) -> Row:
    words, tone = due_words(dossier, now, calendar)
    allowed = acts_for(dossier, officer, now)
    act = next((act for act in allowed.values() if act.primary), None)
    slug, label = (act.slug, act.label) if act else ("", "")
    return Row(dossier, words, tone, slug, label, "hand_over" in allowed)
