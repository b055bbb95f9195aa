"""Tính thử: handed in on that day by that way, when is the result due and what does it cost.

The day comes from ``deadlines``, the same count that a receipt promises; the money only from what
the catalogue knows. What is not known is said to be unknown, and then there is no sum.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest

from khanhson_portal.ground import words
from khanhson_portal.ground.moments import LOCAL
from khanhson_portal.ground.pages import asked
from procedures.catalogue import Channel, Fee, FeeState, ProcedureCase, ProcedureVersion
from procedures.catalogue.checklist import chosen_case
from procedures.catalogue.places import Place, Places
from procedures.worktime import Deadline, Holiday, WorkCalendar, compute, explain
from procedures.worktime.calendar import WEEKEND_NAMES

FIRST_DAY = date(2015, 7, 10)  # before it no working time is on record
FARTHEST = timedelta(days=366)
MOST_COPIES = 9_999
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
HOUR_FORMS = ("%H:%M", "%Hh%M", "%H giờ %M", "%Hh", "%H giờ", "%H")


@dataclass
class EstimateChoice:
    """What the visitor chose, or what stands there before; ``errors`` by the name of the field."""

    case: ProcedureCase | None
    channel: str
    place: Place | None
    at: datetime
    typed_day: str
    typed_hour: str
    copies: dict[str, int]
    typed_copies: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    asked: bool = False


@dataclass(frozen=True)
class EstimatedFee:
    """One line of money; ``amount`` None where the catalogue does not know it."""

    fee: Fee
    copies: int
    amount: int | None


@dataclass(frozen=True)
class Estimate:
    deadline: Deadline | None
    why: str
    notes: list[str]
    fees: list[EstimatedFee]

    @property
    def total(self) -> int | None:
        """Return the sum in đồng, None unless every line is known."""
        amounts = [line.amount for line in self.fees]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if known and len(known) == len(amounts) else None


def units(version: ProcedureVersion) -> list[str]:
    """Return what fees of this version are counted by: "bản", "trang"; no query."""
    fees = [fee for case in version.cases.all() for fee in case.fees.all()]
    return list(dict.fromkeys(fee.per for fee in fees if fee.per and fee.amount))


def channels(version: ProcedureVersion) -> list[tuple[str, str]]:
    """Return the ways to file that any case of this version names, in the catalogue's order."""
    named = {row.channel for case in version.cases.all() for row in case.channels.all()}
    return [choice for choice in Channel.choices if choice[0] in named]


def read_choice(
    request: HttpRequest, version: ProcedureVersion, places: Places, now: datetime
) -> EstimateChoice:
    """Read ``?truong-hop=&kenh=&noi=&ngay=&gio=&so-1=…``; what is missing is here and now."""
    local = now.astimezone(LOCAL)
    typed_day, typed_hour = asked(request, "ngay", 20), asked(request, "gio", 20)
    offered = [value for value, _ in channels(version)]
    channel = asked(request, "kenh")
    typed = {unit: asked(request, f"so-{n}", 10) for n, unit in enumerate(units(version), 1)}
    choice = EstimateChoice(
        case=chosen_case(request, version),
        channel=channel if channel in offered else next(iter(offered), Channel.DIRECT.value),
        place=places.named(asked(request, "noi", 60)),
        at=local,
        typed_day=typed_day or f"{local:%Y-%m-%d}",
        typed_hour=typed_hour or f"{local:%H:%M}",
        copies=dict.fromkeys(typed, 1),
        typed_copies={unit: text or "1" for unit, text in typed.items()},
        asked=bool(typed_day or typed_hour or any(typed.values())),
    )
    _read_moment(choice, local)
    _read_copies(choice)
    return choice


def work_out(choice: EstimateChoice, version: ProcedureVersion, places: Places) -> Estimate:
    """Return the estimate of a choice; after an error there is no due date. One query."""
    fees = _estimated_fees(choice)
    limit = choice.case.limit_by(choice.channel) if choice.case else None
    if choice.errors or limit is None or not limit.known:
        return Estimate(None, "", [], fees)
    desk = choice.place.desk if choice.place else None
    rules = places.opening.rules(desk.pk if desk else None)
    if not rules:
        return Estimate(None, "", [], fees)
    calendar = Holiday.objects.calendar(desk, choice.at.date(), rules=rules)
    deadline = compute(limit, choice.at, calendar)
    return Estimate(
        deadline, explain(deadline), _estimate_notes(choice, version, places, calendar), fees
    )


def _read_moment(choice: EstimateChoice, local: datetime) -> None:
    day, hour = _typed_day(choice.typed_day), _typed_hour(choice.typed_hour)
    last = local.date() + FARTHEST
    if day is None:
        choice.errors["ngay"] = "Ngày nộp chưa đọc được. Ghi ngày/tháng/năm, ví dụ 16/04/2018."
    elif not FIRST_DAY <= day <= last:
        choice.errors["ngay"] = (
            f"Ngày nộp phải từ {words.short_date(FIRST_DAY)} đến {words.short_date(last)}."
        )
    if hour is None:
        choice.errors["gio"] = "Giờ nộp chưa đọc được. Ghi giờ:phút, ví dụ 14:30."
    if day and hour is not None and not choice.errors:
        choice.at = datetime.combine(day, hour, LOCAL)
        choice.typed_day, choice.typed_hour = f"{day:%Y-%m-%d}", f"{hour:%H:%M}"


def _read_copies(choice: EstimateChoice) -> None:
    for number, (unit, text) in enumerate(choice.typed_copies.items(), 1):
        if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_COPIES:
            choice.copies[unit] = int(text)
        else:
            choice.errors[f"so-{number}"] = (
                f"Số {unit} là số từ 1 đến {words.number(MOST_COPIES)}; vừa ghi “{text}”."
            )


def _typed_day(text: str) -> date | None:
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _typed_hour(text: str) -> time | None:
    for form in HOUR_FORMS:
        try:
            return datetime.strptime(text, form).time()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _estimated_fees(choice: EstimateChoice) -> list[EstimatedFee]:
    fees = choice.case.fees.all() if choice.case else []
    return [_estimated_fee(fee, choice) for fee in fees if fee.channel in {"", choice.channel}]


def _estimated_fee(fee: Fee, choice: EstimateChoice) -> EstimatedFee:
    copies = choice.copies.get(fee.per, 1)
    if fee.state == FeeState.FREE:
        return EstimatedFee(fee, copies, 0)
    varies = copies > 1 and bool(fee.note)  # "từ trang thứ ba …": a product would be a guess
    if fee.amount is None or choice.errors or varies:
        return EstimatedFee(fee, copies, None)
    return EstimatedFee(fee, copies, fee.amount * copies)


def _estimate_notes(
    choice: EstimateChoice, version: ProcedureVersion, places: Places, calendar: WorkCalendar
) -> list[str]:
    """Say what the visitor should know of the chosen day and way."""
    notes = _when_shut(choice, places, calendar) if choice.channel == Channel.DIRECT else []
    if choice.case and choice.case.channels.all() and not choice.case.channel(choice.channel):
        notes.append("Không có thời hạn riêng cho cách nộp này nên tính như nộp trực tiếp.")
    if not version.covers(choice.at.date()):
        notes.append("Ngày nộp nằm ngoài thời gian áp dụng của quy định này.")
    return notes


def _when_shut(choice: EstimateChoice, places: Places, calendar: WorkCalendar) -> list[str]:
    """Tell of a day off, or of an hour outside the hours; duty hours only receive."""
    day = choice.at.date()
    desk = choice.place.desk.pk if choice.place else None
    closed = calendar.why_closed(day)
    on_duty = closed in WEEKEND_NAMES.values() and places.opening.open_on(desk, day)
    if closed and not on_duty:
        opens = words.short_date(calendar.next_working_day(day))
        return [
            f"Ngày {words.short_date(day)} bộ phận một cửa nghỉ ({closed}). "
            f"Nộp trực tiếp được từ ngày {opens}."
        ]
    sessions = calendar.sessions_on(day)
    if sessions and not any(opens <= choice.at <= closes for opens, closes in sessions):
        return [
            f"Lúc {words.official_time(choice.at)} bộ phận một cửa không nhận hồ sơ trực tiếp; "
            "xem giờ nhận ở mục dưới."
        ]
    return []
