"""Whose work is it? What an officer is reminded of follows from the posts held today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from dossiers.models import Dossier, DossierQuerySet
from dossiers.models.conditions import overdue
from dossiers.notices.alarms import reminded
from khanhson_portal.ground.moments import day_bounds, local_day, start_of_day
from procedures.offices import Agency, Role
from procedures.offices.models.officers import Duties
from procedures.worktime import WorkCalendar


@dataclass(frozen=True)
class Watch:
    """What one officer watches: their own dossiers, those of offices they head, and so on.

    ``heads``: offices whose dossiers they answer for; ``desks``: desks whose dossiers they answer
    for; ``below``: desks of the committee they lead, where only what is late or needs an apology
    concerns them.
    """

    officer: int
    heads: frozenset[int] = frozenset()
    desks: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()

    @property
    def apologises(self) -> bool:
        return bool(self.heads or self.desks or self.below)

    def work(self) -> DossierQuerySet:
        """The running dossiers with an alarm that concerns this officer, annotated ``reached``."""
        led = Q(holder__in=self.heads | self.desks) | Q(desk__in=self.desks)
        return reminded(Dossier.objects.all()).filter(
            Q(holder_officer=self.officer) | led | Q(desk__in=self.below, reached=100)
        )

    def answers_for(self) -> DossierQuerySet:
        """The dossiers for whose lateness this officer must see that somebody apologises."""
        return Dossier.objects.filter(
            Q(holder__in=self.heads) | Q(desk__in=self.desks | self.below)
        )

    def is_told(self, dossier: Dossier, threshold: int) -> bool:
        """Whether an alarm of one dossier belongs into this officer's letter."""
        own = dossier.holder_officer_id == self.officer
        led = dossier.holder_id in self.heads | self.desks or dossier.desk_id in self.desks
        return own or led or (threshold == 100 and dossier.desk_id in self.below)

    def must_apologise(self, dossier: Dossier) -> bool:
        return dossier.holder_id in self.heads or dossier.desk_id in self.desks | self.below


def watch_of(officer_id: int, duties: Duties) -> Watch:
    """Return what an officer with these duties watches; one query, for leaders only."""
    led = duties.agencies(Role.LEADER)
    return Watch(
        officer=officer_id,
        heads=frozenset(duties.agencies(Role.HEAD)),
        desks=frozenset(duties.agencies(Role.DESK_HEAD)),
        below=frozenset(Agency.objects.below(led)) if led else frozenset(),
    )


def apology_due(
    dossiers: DossierQuerySet, now: datetime, calendar: WorkCalendar
) -> DossierQuerySet:
    """Cần xin lỗi: unfinished, no new date promised, and due on the next working day at the latest.

    The letter must leave a day before the promised day is over, so it is proposed on the last
    working day before it. What came in only today has not kept anybody waiting yet.
    Index: dossier_running (due_at of running work).
    """
    _, end = day_bounds(calendar.next_working_day(local_day(now)))
    waiting = dossiers.ticking().filter(promised_at=None, due_at__lt=end)
    fresh = Q(received_at__gte=start_of_day(now)) & ~overdue(now)
    return waiting.exclude(fresh)
