"""Invented dossiers that live through the real acts, under a given clock and a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random

from django.db import transaction

from dossiers import acts
from dossiers.models import Delivery, Dossier, HandedPaper
from khanhson_portal.demo import detours
from khanhson_portal.demo.people import make_party
from khanhson_portal.ground.moments import LOCAL, local_day
from procedures.catalogue import Competence, ProcedureCase, ProcedureVersion
from procedures.offices import Agency, AgencyKind, Level, Officer, Post, Role
from procedures.worktime import Holiday, WorkCalendar

MONTHS_BACK = 183  # days
LATE_SHARE = 0.06
EARLY_SHARE = 0.55
COLLECT_DAYS = [0, 0, 1, 1, 2, 3, 5, 9]


@dataclass
class Crew:
    """Who works on the dossiers of one desk."""

    receiver: Officer
    returner: Officer
    workers: dict[int, Officer]  # agency id to its specialist
    heads: dict[int, Officer]  # agency id to who signs there


@dataclass
class Offer:
    """What one desk receives: the version, its first case, who solves it."""

    version: ProcedureVersion
    case: ProcedureCase
    solver: Agency


@transaction.atomic
def live(desk_ids: list[int], share: int, seed: int, now: datetime) -> int:
    """Take in and carry on ``share`` dossiers at these desks up to ``now``; all of them or none."""
    desks = list(Agency.objects.filter(pk__in=desk_ids).select_related("parent").order_by("pk"))
    calendar = Holiday.objects.calendar(None, local_day(now) - timedelta(days=MONTHS_BACK))
    town = _Town(desks, calendar, Random(f"{seed}-{desk_ids}"), now)
    return town.run(share)


class _Town:
    """Keeps the agenda: what happens when, in order, so that numbers and books follow the clock."""

    def __init__(
        self, desks: list[Agency], calendar: WorkCalendar, chance: Random, now: datetime
    ) -> None:
        self.desks, self.calendar, self.chance, self.now = desks, calendar, chance, now
        self.crews = {desk.pk: _crew(desk) for desk in desks}
        self.offers = {desk.pk: _offers(desk, local_day(now)) for desk in desks}
        self.communes = list(
            Agency.objects.filter(kind=AgencyKind.COMMITTEE, level=Level.COMMUNE).order_by("pk")
        )
        self.agenda: list[tuple[datetime, int, str, int]] = []
        self.taken_in: dict[int, Dossier] = {}
        self.counter = 0

    def run(self, share: int) -> int:
        desks = [desk for desk in self.desks if self.offers[desk.pk]]
        if not desks:
            return 0
        weights = [8 if desk.level == Level.DISTRICT else 2 for desk in desks]
        for moment in self._arrivals(share):
            desk = self.chance.choices(desks, weights)[0]
            self._plan(moment, "take_in", desk.pk)
        while self.agenda:
            moment, _, what, key = heappop(self.agenda)
            if moment >= self.now:
                continue
            name, _, detour = what.partition(":")
            if detour:
                self._take_detour(detour, moment, key)
            else:
                getattr(self, f"_{name}")(moment, key)
        return len(self.taken_in)

    def _arrivals(self, share: int) -> Iterator[datetime]:
        first = local_day(self.now) - timedelta(days=MONTHS_BACK)
        span = [first + timedelta(days=n) for n in range(MONTHS_BACK + 1)]
        days = [day for day in span if self.calendar.is_working(day)]
        for _ in range(share):
            yield self._hour(self.chance.choice(days))

    def _hour(self, day: date) -> datetime:
        opens, closes = self.chance.choice(self.calendar.sessions_on(day))
        minutes = int((closes - opens).total_seconds() // 60)
        return opens + timedelta(
            minutes=self.chance.randrange(minutes), seconds=self.chance.randrange(60)
        )

    def _plan(self, moment: datetime, what: str, key: int) -> None:
        self.counter += 1
        heappush(self.agenda, (moment, self.counter, what, key))

    def _take_in(self, moment: datetime, desk_id: int) -> None:
        desk = next(desk for desk in self.desks if desk.pk == desk_id)
        offer = self.chance.choice(self.offers[desk_id])
        commune = desk.parent if desk.level == Level.COMMUNE else self.chance.choice(self.communes)
        by_post = self.chance.random() < 0.05
        intake = acts.Intake(
            desk=desk,
            version=offer.version,
            case=offer.case,
            channel=self._channel(offer.case),
            owner=make_party(self.chance, commune),
            papers=[
                HandedPaper(
                    required=p, name=p.name, originals=p.originals, photocopies=p.photocopies
                )
                for p in offer.case.papers.all()
                if not p.conditional and not p.is_held(local_day(moment))
            ],
            delivery=Delivery.POST if by_post else Delivery.COUNTER,
            delivery_address=commune.short_name if by_post and commune else "",
            is_demo=True,
        )
        hand = acts.Hand(self.crews[desk_id].receiver, moment)
        if self.chance.random() < detours.GUIDED_SHARE:
            self._guide(intake, hand)
            return
        dossier = acts.accept(intake, hand, calendar=self.calendar)
        self.taken_in[dossier.pk] = dossier
        self._plan_work(dossier, offer, moment)

    def _guide(self, intake: acts.Intake, hand: acts.Hand) -> None:
        """Not complete: a slip says what is missing. Some never come back."""
        missing = intake.papers.pop().name if intake.papers else "Giấy tờ tùy thân (minh họa)"
        advice = acts.Advice("Mang thêm giấy tờ còn thiếu (minh họa).", [missing])
        acts.guide_visitor(intake, hand, advice)

    def _channel(self, case: ProcedureCase) -> str:
        channels = [row.channel for row in case.channels.all()]
        if "online" in channels and self.chance.random() < 0.15:
            return "online"
        return "direct"

    def _plan_work(self, dossier: Dossier, offer: Offer, moment: datetime) -> None:
        """Decide when the office takes it up and when it is done; a few are late."""
        due = dossier.due_at.date() if dossier.due_at else moment.date() + timedelta(days=10)
        if due == moment.date():
            done = moment + timedelta(minutes=self.chance.randrange(10, 60))
            taken = moment + timedelta(minutes=5)
        else:
            taken = self._hour(self._next_day(moment.date(), self.chance.choice([0, 0, 1])))
            taken = max(taken, moment + timedelta(minutes=20))
            done = max(self._hour(self._done_on(taken.date(), due)), taken + timedelta(hours=1))
        self._plan(taken, "send_to_office", dossier.pk)
        start = taken + timedelta(minutes=5)
        due_on = due if dossier.due_at else None
        chosen, done, ends = detours.choose(self.chance, self.calendar, start, done, due_on)
        for detour in chosen:
            self._plan(detour.at, f"detour:{detour.what}", dossier.pk)
        if ends:
            self._plan(done, "get_result", dossier.pk)

    def _done_on(self, taken: date, due: date) -> date:
        draw = self.chance.random()
        if draw < LATE_SHARE:
            return self._next_day(due, self.chance.choice([1, 1, 2, 3, 6, 8]))
        if draw < LATE_SHARE + EARLY_SHARE:
            days = max(self.calendar.between(taken, due), 0)
            return self._next_day(taken, self.chance.randrange(days + 1))
        return self.calendar.roll_forward(due)

    def _next_day(self, day: date, days: int) -> date:
        return self.calendar.add(self.calendar.roll_forward(day), days)

    def _send_to_office(self, moment: datetime, pk: int) -> None:
        dossier = self.taken_in[pk]
        crew = self.crews[dossier.desk_id]
        solver = self._solver(dossier)
        hand = acts.Hand(crew.receiver, moment)
        acts.hand_over(pk, hand, to=solver, officer=crew.workers[solver.pk])

    def _take_detour(self, what: str, moment: datetime, pk: int) -> None:
        dossier = self.taken_in[pk]
        crew, solver = self.crews[dossier.desk_id], self._solver(dossier)
        doer = detours.Doer(crew.workers[solver.pk], crew.heads[solver.pk], crew.receiver)
        doer.do(what, dossier, moment)

    def _get_result(self, moment: datetime, pk: int) -> None:
        dossier = self.taken_in[pk]
        crew = self.crews[dossier.desk_id]
        result = acts.ResultDocument(
            number=f"{self.chance.randrange(1, 900)}/KQ-MH",
            issued_on=moment.date(),
            signer="Người ký (minh họa)",
        )
        acts.finish(pk, acts.Hand(crew.workers[self._solver(dossier).pk], moment), result=result)
        if self.chance.random() < 0.985:
            back = self._next_day(moment.date(), self.chance.choice(COLLECT_DAYS))
            later = moment + timedelta(minutes=30)
            when = max(self._hour(back), later)
            if when.time() < time(17):
                self._plan(when, "give_back", pk)

    def _give_back(self, moment: datetime, pk: int) -> None:
        dossier = self.taken_in[pk]
        collector = acts.Collector(
            name=dossier.owner.name,
            identity_seen="giấy tiếp nhận",
            postal_number="MH000000VN" if dossier.delivery == Delivery.POST else "",
        )
        hand = acts.Hand(self.crews[dossier.desk_id].returner, moment)
        acts.return_result(pk, hand, collector=collector)

    def _solver(self, dossier: Dossier) -> Agency:
        offers = self.offers[dossier.desk_id]
        return next(o.solver for o in offers if o.version.pk == dossier.version_id)


def _crew(desk: Agency) -> Crew:
    posts = Post.objects.filter(officer__is_demo=True).select_related("officer").order_by("pk")
    at_desk = posts.filter(agency=desk)
    specialists = posts.with_role(Role.SPECIALIST)
    return Crew(
        receiver=at_desk.with_role(Role.RECEPTION)[0].officer,
        returner=at_desk.with_role(Role.RETURN)[0].officer,
        workers={post.agency_id: post.officer for post in specialists},
        heads={post.agency_id: post.officer for post in posts.with_role(Role.HEAD)},
    )


def _offers(desk: Agency, day: date) -> list[Offer]:
    """Return what the desk can really receive: approved, in force, with a known time limit."""
    solvers = {
        row.procedure_id: row.solver
        for row in Competence.objects.in_force(day).filter(desk=desk).select_related("solver")
    }
    versions = (
        ProcedureVersion.objects.approved()
        .in_force(day)
        .filter(procedure__in=solvers)
        .whole()
        .order_by("pk")
    )
    offers = []
    for version in versions:
        case = next(iter(version.cases.all()), None)
        limits = [row.limit for row in case.channels.all()] if case else []
        if case and limits and all(limit.known for limit in limits):
            case.version = version
            offers.append(Offer(version, case, solvers[version.procedure_id]))
    return offers


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LOCAL)
