"""The words the portal asks about dossiers with; each query's docstring names its index."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, F, Prefetch, Q, When

from dossiers.models.events import Event
from dossiers.models.legs import Leg
from dossiers.models.papers import Paper
from dossiers.models.state import RUNNING, State
from dossiers.models.visits import VisitLine
from khanhson_portal.ground.moments import start_of_day
from khanhson_portal.ground.text import search_key
from procedures.catalogue import Channel
from procedures.offices import AgencyCode

SHORT_CODE = re.compile(r"\d{6}-\d{4,}", re.ASCII)
CODE_SCHEME = "ma-dinh-danh"

if TYPE_CHECKING:
    from dossiers.models.dossier import Dossier  # noqa: F401
    from procedures.offices import Officer

# a dossier that waits for papers or money cannot be signed until they came
FOR_SIGNING = Q(state__in=[State.ACCEPTED, State.IN_PROGRESS], signing="proposed")


class DossierQuerySet(models.QuerySet["Dossier"]):
    """The words the portal asks with. Every word returns a queryset, so words chain."""

    def named(self, code: str) -> Self:
        """The dossier with this code, or with this số biên nhận while it has no code."""
        return self.filter(Q(code=code) | Q(reference=code))

    def running(self) -> Self:
        """Accepted and without a result yet; waiting for the citizen included."""
        return self.filter(state__in=RUNNING)

    def ticking(self) -> Self:
        """Running, and not waiting for the citizen's papers or money."""
        return self.running().filter(standing=False)

    def overdue(self, now: datetime) -> Self:
        """Past the legal due date: the next day for limits in days, the minute for hours.

        Index: dossier_running (state, due_at).
        """
        return self.filter(self.overdue_condition(now))

    @staticmethod
    def overdue_condition(now: datetime) -> Q:
        late = Q(due_exact=True, due_at__lt=now) | Q(due_exact=False, due_at__lt=start_of_day(now))
        return late & Q(state__in=RUNNING, standing=False)

    def due_between(self, start: datetime, end: datetime) -> Self:
        return self.ticking().filter(due_at__gte=start, due_at__lt=end)

    def due_today(self, now: datetime) -> Self:
        today = start_of_day(now)
        rest = self.due_between(today, today + timedelta(days=1))
        return rest.exclude(due_exact=True, due_at__lt=now)

    def owed_an_apology(self) -> Self:
        """Still running, kept to an earlier printed day than the law, no new day asked for."""
        return self.running().filter(promised_at=None, kept_promise__day_at__lt=F("due_at"))

    def awaiting_supplement(self) -> Self:
        return self.filter(state=State.AWAITING_SUPPLEMENT)

    def unanswered(self) -> Self:
        """Sent in, and not answered yet."""
        return self.filter(state=State.SUBMITTED)

    def of_officer(self, officer: Officer) -> Self:
        """Whatever this officer has in hand; index on holder_officer."""
        return self.running().filter(holder_officer=officer)

    def for_signing(self) -> Self:
        """Trình ký: a document that the head or leader can sign now. Index: dossier_running."""
        return self.filter(FOR_SIGNING)

    def reply_overdue(self, now: datetime) -> Self:
        """The papers asked for did not come in time: to be reminded, or stopped."""
        return self.awaiting_supplement().filter(awaited_by__lt=now)

    def awaiting_return(self) -> Self:
        """Chờ trả kết quả: the result lies at the desk."""
        return self.filter(state=State.FINISHED)

    def received_on(self, start: datetime, end: datetime) -> Self:
        return self.filter(entered_at__gte=start, entered_at__lt=end)

    def self_filed(self) -> Self:
        """Nộp trực tuyến by the citizens themselves; what an officer typed for them is no such."""
        return self.filter(channel=Channel.ONLINE, helper=None)

    def helped(self) -> Self:
        """Nộp hộ: typed online by an officer, the citizen agreeing."""
        return self.exclude(helper=None)

    def at_desks(self, agency_ids: set[int]) -> Self:
        return self.filter(desk__in=agency_ids)

    def concerning(self, agency_ids: set[int]) -> Self:
        """Received at or held by these agencies: the work of their people."""
        return self.filter(Q(desk__in=agency_ids) | Q(holder__in=agency_ids))

    def worst_first(self) -> Self:
        """Running work by its due date, then what waits for a citizen, then what lies ready."""
        rank = Case(When(state=State.FINISHED, then=2), When(standing=True, then=1), default=0)
        return self.order_by(rank, F("due_at").asc(nulls_last=True), "pk")

    def open_work(self) -> Self:
        """Whatever somebody still has to do something about."""
        return self.filter(Q(state__in=[*RUNNING, State.FINISHED, State.SUBMITTED]))

    def today_figures(self, now: datetime) -> dict[str, int]:
        """Return the figures of the day, two queries.

        Indexes: dossier_by_entry; dossier_running and dossier_on_shelf, which hold open work only.
        """
        today = start_of_day(now)
        late = self.overdue_condition(now)
        figures: dict[str, int] = self.open_work().aggregate(
            awaiting_supplement=Count("pk", filter=Q(state=State.AWAITING_SUPPLEMENT)),
            awaiting_return=Count("pk", filter=Q(state=State.FINISHED)),
            overdue=Count("pk", filter=late),
            apologised=Count("pk", filter=late & Q(promised_at__isnull=False)),
        )
        figures["received"] = self.received_on(today, today + timedelta(days=1)).count()
        return figures

    def work_figures(self, now: datetime, soon: timedelta) -> dict[str, int]:
        """Return the figures over a work list, two queries over open work.

        Indexes: dossier_running, dossier_on_shelf, dossier_by_entry.
        """
        today = start_of_day(now)
        tomorrow = today + timedelta(days=1)
        late = self.overdue_condition(now)
        ticking = Q(state__in=RUNNING, standing=False)
        figures: dict[str, int] = self.open_work().aggregate(
            overdue=Count("pk", filter=late),
            due_today=Count(
                "pk", filter=ticking & Q(due_at__gte=today, due_at__lt=tomorrow) & ~late
            ),
            due_soon=Count("pk", filter=ticking & Q(due_at__gte=tomorrow, due_at__lt=today + soon)),
            awaiting_supplement=Count("pk", filter=Q(state=State.AWAITING_SUPPLEMENT)),
            reply_overdue=Count(
                "pk", filter=Q(state=State.AWAITING_SUPPLEMENT, awaited_by__lt=now)
            ),
            unanswered=Count("pk", filter=Q(state=State.SUBMITTED)),
            for_signing=Count("pk", filter=FOR_SIGNING),
            awaiting_return=Count("pk", filter=Q(state=State.FINISHED)),
            long_on_shelf=Count(
                "pk", filter=Q(state=State.FINISHED, finished_at__lt=today - timedelta(days=5))
            ),
        )
        figures["received"] = self.received_on(today, tomorrow).count()
        return figures

    def for_tracking(self, now: datetime) -> Self:
        """Everything the citizen's page shows, and whether the dossier ``is_late``."""
        papers = Paper.objects.for_citizen().select_related("form", "replaces")
        return (
            self.select_related(
                "version__procedure",
                "version__field",
                "desk__parent",
                "holder",
                "owner__commune",
                "kept_promise",
            )  # fmt: skip
            .prefetch_related("events", Prefetch("papers", queryset=papers))
            .annotate(
                is_late=Case(
                    When(self.overdue_condition(now), then=True),
                    default=False,
                    output_field=models.BooleanField(),
                )
            )
        )

    def for_file(self) -> Self:
        """Everything the officer's page of one dossier shows."""
        return self.select_related(
            "version__procedure", "version__field", "case", "desk__parent", "holder__parent",
            "holder_officer", "owner__commune", "submitter", "form_set", "helper", "imported",
            "kept_promise",
            "visit_line__visit",
        ).prefetch_related(
            Prefetch("events", Event.objects.select_related("by", "post")),
            Prefetch("papers", Paper.objects.select_related("form")),
            Prefetch("legs", Leg.objects.select_related("holder", "officer")),
            Prefetch(
                "visit_line__visit__lines",
                VisitLine.objects.select_related("dossier__owner", "dossier__version"),
            ),
            "handed_papers",
            "collected_fees",
        )  # fmt: skip

    def for_listing(self) -> Self:
        """Everything one row of a list shows, in one query."""
        return self.select_related(
            "version__field", "desk__parent", "holder__parent", "holder_officer", "owner__commune"
        )


def dossier_search(text: str) -> Q:
    """Return the condition of a staff search: code, name without marks, phone, identity number.

    A code may be short ("180416-0001").

    Indexes: unique code and reference; party_name (prefix), party_phone, party_identity.
    """
    text = text.strip()
    digits = "".join(filter(str.isdigit, text))
    condition = Q(code=text.upper()) | Q(reference=text.upper())
    if SHORT_CODE.fullmatch(text):  # as the lists show it: every desk's code in front is tried
        prefixes = AgencyCode.objects.filter(scheme=CODE_SCHEME).values_list("value", flat=True)
        condition |= Q(code__in=[f"{prefix}-{text}" for prefix in prefixes])
    if key := search_key(text):
        condition |= Q(owner__name_key__startswith=key)
    if len(digits) >= 8:
        condition |= Q(owner__phone=digits) | Q(owner__identity_number=digits)
    return condition
