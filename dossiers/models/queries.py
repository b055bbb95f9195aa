"""The words the portal asks about dossiers with; each query's docstring names its index."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, F, Prefetch, Q, When

from dossiers.models.conditions import CONDITIONS, OPEN_WORK, WORST_FIRST, overdue
from dossiers.models.events import Event
from dossiers.models.legs import Leg
from dossiers.models.papers import Paper
from dossiers.models.state import RUNNING, State
from dossiers.models.visits import VisitLine
from khanhson_portal.ground.text import search_key
from procedures.catalogue import Channel
from procedures.offices import AgencyCode

SHORT_CODE = re.compile(r"\d{6}-\d{4,}", re.ASCII)
CODE_SCHEME = "ma-dinh-danh"

if TYPE_CHECKING:
    from dossiers.models.dossier import Dossier  # noqa: F401
    from procedures.offices import Officer


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
        return self.under("overdue", now)

    def under(self, name: str, now: datetime) -> Self:
        """The rows of one of ``CONDITIONS``; its figure counts just these."""
        return self.filter(CONDITIONS[name].at(now))

    def figures(self, now: datetime, *names: str) -> dict[str, int]:
        """Return how many rows each of these ``CONDITIONS`` has: one query for open work together.

        Indexes: dossier_running, dossier_on_shelf, dossier_by_entry.
        """
        open_only = [name for name in names if CONDITIONS[name].among_open]
        counts = {name: Count("pk", filter=CONDITIONS[name].at(now)) for name in open_only}
        figures = self.open_work().aggregate(**counts) if counts else {}
        alone = {n: self.under(n, now).count() for n in names if n not in figures}
        return {name: (figures | alone)[name] for name in names}

    def owed_an_apology(self) -> Self:
        """Still running, kept to an earlier printed day than the law, no new day asked for."""
        return self.running().filter(promised_at=None, kept_promise__day_at__lt=F("due_at"))

    def of_officer(self, officer: Officer) -> Self:
        """Whatever this officer has in hand; index on holder_officer."""
        return self.running().filter(holder_officer=officer)

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
        return self.order_by(*WORST_FIRST)

    def open_work(self) -> Self:
        """Whatever somebody still has to do something about."""
        return self.filter(OPEN_WORK)

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
                    When(overdue(now), then=True),
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
