"""What happens to demo dossiers off the straight way: papers asked for, apologies, withdrawals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from dossiers import acts
from dossiers.models import Dossier
from procedures.offices import Officer
from procedures.worktime import WorkCalendar

SUPPLEMENT_SHARE = 0.08
APOLOGY_SHARE = 0.7  # of the late ones; the others stay without, as they do in life
WITHDRAWN_SHARE = 0.012
REFUSED_SHARE = 0.01
GUIDED_SHARE = 0.03
SIGNED_SHARE = 0.08

MISSING = "Bản sao giấy tờ chưa khớp với bản chính; bà con mang bản chính đến đối chiếu."
SLOW = "Hồ sơ cần xác minh thêm tại thôn, đường đi bị sạt lở sau mưa (minh họa)."
REQUEST = "Đơn xin rút hồ sơ của người nộp, lưu tại bộ phận một cửa (minh họa)"
UNFIT = "Không đủ điều kiện theo quy định của thủ tục (minh họa)."


@dataclass
class Detour:
    """One thing that will happen: when, what (a method of ``Doer``)."""

    at: datetime
    what: str


def choose(
    chance: Random, calendar: WorkCalendar, taken: datetime, done: datetime, due: date | None
) -> tuple[list[Detour], datetime, bool]:
    """Return the detours of one dossier, when it is done after them, and whether it ever is.

    ``taken`` and ``done``: when the office takes it up and when it would have a result.
    """
    draw = chance.random()
    middle = _in_office_hours(calendar, taken + (done - taken) / 2)
    middle = max(middle, taken + timedelta(minutes=20))
    if draw > 1 - SUPPLEMENT_SHARE and done.date() > taken.date():
        waits = chance.choice([1, 2, 3, 4, 6, 9])
        answered = _same_hour(calendar, middle, waits)
        later = max(_same_hour(calendar, done, waits), answered + timedelta(minutes=30))
        return [Detour(middle, "ask"), Detour(answered, "answer")], later, True
    if draw < WITHDRAWN_SHARE:
        return [Detour(middle, "withdraw")], done, False
    if draw < WITHDRAWN_SHARE + REFUSED_SHARE:
        return [Detour(done, "refuse")], done, False
    detours = []
    if due and done.date() > due and chance.random() < APOLOGY_SHARE:
        eve = _day_before(calendar, due, chance.choice([0, 0, 1]))
        detours.append(Detour(max(eve, taken + timedelta(minutes=10)), "apologise"))
    if chance.random() < SIGNED_SHARE and done - taken > timedelta(hours=5):
        detours += [
            Detour(done - timedelta(hours=3), "propose"),
            Detour(done - timedelta(hours=1), "sign"),
        ]
    return detours, done, True


class Doer:
    """Does the detours, with the right people's hands."""

    def __init__(self, worker: Officer, head: Officer, desk_hand: Officer) -> None:
        self.worker, self.head, self.desk_hand = worker, head, desk_hand

    def do(self, what: str, dossier: Dossier, moment: datetime) -> None:
        getattr(self, f"_{what}")(dossier, moment)

    def _ask(self, dossier: Dossier, moment: datetime) -> None:
        names = [paper.name for paper in dossier.handed_papers.all()][:2]
        advice = acts.Advice(MISSING, names or ["Giấy tờ chứng minh (minh họa)"], "sai-thong-tin")
        acts.request_supplement(dossier.pk, acts.Hand(self.worker, moment), advice=advice)

    def _answer(self, dossier: Dossier, moment: datetime) -> None:
        hand = acts.Hand(self.desk_hand, moment)
        acts.receive_supplement(dossier.pk, hand, note="Đã nhận đủ giấy tờ bổ sung.")

    def _withdraw(self, dossier: Dossier, moment: datetime) -> None:
        acts.withdraw(dossier.pk, acts.Hand(self.desk_hand, moment), request=REQUEST)

    def _refuse(self, dossier: Dossier, moment: datetime) -> None:
        document = acts.ResultDocument("00/TB-MH", moment.date(), "Người ký (minh họa)")
        advice = acts.Advice(UNFIT, reason_code="khong-du-dieu-kien")
        hand = acts.Hand(self.worker, moment)
        acts.refuse(dossier.pk, hand, advice=advice, document=document)

    def _apologise(self, dossier: Dossier, moment: datetime) -> None:
        acts.apologise(dossier.pk, acts.Hand(self.head, moment), reason=SLOW, days=5)

    def _propose(self, dossier: Dossier, moment: datetime) -> None:
        hand = acts.Hand(self.worker, moment)
        acts.propose(dossier.pk, hand, draft="Dự thảo kết quả (minh họa)")

    def _sign(self, dossier: Dossier, moment: datetime) -> None:
        acts.sign(dossier.pk, acts.Hand(self.head, moment))


def _in_office_hours(calendar: WorkCalendar, moment: datetime) -> datetime:
    if any(start <= moment < end for start, end in calendar.sessions_on(moment.date())):
        return moment
    day = calendar.roll_forward(moment.date())
    return datetime.combine(day, time(10, moment.minute, tzinfo=moment.tzinfo))


def _same_hour(calendar: WorkCalendar, moment: datetime, days: int) -> datetime:
    day = calendar.add(calendar.roll_forward(moment.date()), days)
    return datetime.combine(day, moment.timetz())


def _day_before(calendar: WorkCalendar, due: date, early: int) -> datetime:
    day = due - timedelta(days=1 + early)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return calendar.closing_time(day) - timedelta(hours=2)
