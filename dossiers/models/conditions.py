"""Việc cần làm by name: what a figure counts and the rows it opens are one condition.

Every figure over a list, on the desk, on the home page, at the kiosk, is a row of ``CONDITIONS``;
``DossierQuerySet.figures`` counts with it and ``DossierQuerySet.under`` filters with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Q, When
from django.db.models.expressions import OrderBy

from dossiers.models.state import RUNNING, State
from khanhson_portal.ground.moments import ONE_DAY, day_bounds, local_day, start_of_day
from procedures.worktime import lateness

SOON = 3 * ONE_DAY  # how many days ahead "sắp đến hạn" looks, today not among them
LONG_ON_SHELF = 5 * ONE_DAY

RUNS = Q(state__in=RUNNING)
TICKS = RUNS & Q(standing=False)
OPEN_WORK = Q(state__in=[*RUNNING, State.FINISHED, State.SUBMITTED])

Order = tuple[str | OrderBy | Case, ...]
# running work by its due date, then what waits for a citizen, then what lies ready
WORST_FIRST: Order = (
    Case(When(state=State.FINISHED, then=2), When(standing=True, then=1), default=0),
    F("due_at").asc(nulls_last=True),
    "pk",
)


@dataclass(frozen=True)
class Condition:
    """One named question about dossiers.

    ``slug``: its word in addresses; ``tone``: how its figure looks while it counts anything;
    ``at``: the condition at a moment; ``among_open``: it holds for open work only, so that many
    are counted in one pass; ``occasional``: its figure shows only while it counts anything.
    """

    slug: str
    label: str
    tone: str
    at: Callable[[datetime], Q]
    order: Order = WORST_FIRST
    among_open: bool = True
    occasional: bool = False


def overdue(now: datetime) -> Q:
    """Past the legal due date and the clock running. Index: dossier_running (due_at)."""
    return RUNS & lateness.late_at(now)


def _due_today(now: datetime) -> Q:
    """Due today and not late yet: where the limit is in hours, its minute is still to come."""
    return RUNS & lateness.in_time_at(now) & Q(due_at__lt=start_of_day(now) + ONE_DAY)


def _due_soon(now: datetime) -> Q:
    tomorrow = start_of_day(now) + ONE_DAY
    return TICKS & Q(due_at__gte=tomorrow, due_at__lt=tomorrow + SOON)


def _reply_overdue(now: datetime) -> Q:
    """The last day to bring the papers asked for is over: to be reminded, or stopped."""
    over = lateness.passed("awaited_by", now, exact=False)
    return Q(state=State.AWAITING_SUPPLEMENT) & over


def _for_signing(_now: datetime) -> Q:
    """What waits for papers or money cannot be signed until they came."""
    return Q(state__in=[State.ACCEPTED, State.IN_PROGRESS], signing="proposed")


def _long_on_shelf(now: datetime) -> Q:
    return Q(state=State.FINISHED, finished_at__lt=start_of_day(now) - LONG_ON_SHELF)


def _received(now: datetime) -> Q:
    start, end = day_bounds(local_day(now))
    return Q(entered_at__gte=start, entered_at__lt=end)


def _in_state(state: State) -> Callable[[datetime], Q]:
    return lambda _now: Q(state=state)


CONDITIONS: dict[str, Condition] = {
    "overdue": Condition("tre-hen", "trễ hẹn", "late", overdue),
    "due_today": Condition("hom-nay", "đến hạn hôm nay", "wait", _due_today),
    "due_soon": Condition("sap-den", f"đến hạn trong {SOON.days} ngày tới", "", _due_soon),
    "awaiting_supplement": Condition(
        "cho-bo-sung",
        "chờ bổ sung",
        "",
        _in_state(State.AWAITING_SUPPLEMENT),
        order=("awaited_by", "pk"),
    ),
    "reply_overdue": Condition(
        "qua-han-bo-sung",
        "quá hạn nộp bổ sung",
        "wait",
        _reply_overdue,
        order=("awaited_by", "pk"),
        occasional=True,
    ),
    "awaiting_return": Condition(
        "cho-tra", "chờ trả", "", _in_state(State.FINISHED), order=("finished_at", "pk")
    ),
    "long_on_shelf": Condition(
        "cho-tra-lau",
        f"chờ trả quá {LONG_ON_SHELF.days} ngày",
        "wait",
        _long_on_shelf,
        order=("finished_at", "pk"),
        occasional=True,
    ),
    "received": Condition(
        "moi-nhan", "tiếp nhận hôm nay", "", _received, order=("-pk",), among_open=False
    ),
    "for_signing": Condition("trinh-ky", "trình ký", "wait", _for_signing, occasional=True),
    "unanswered": Condition(
        "moi-gui-den",
        "gửi đến, chưa trả lời",
        "wait",
        _in_state(State.SUBMITTED),
        order=("awaited_by", "pk"),
        occasional=True,
    ),
    "apologised": Condition(
        "da-xin-loi",
        "trễ hẹn, đã có thư xin lỗi",
        "late",
        lambda now: overdue(now) & Q(promised_at__isnull=False),
    ),
}
