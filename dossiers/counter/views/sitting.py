"""At which counter an officer takes dossiers in, for which visitor, or from which paper slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from dossiers.acts import visits
from dossiers.models import Party, Slip, Visit
from khanhson_portal.ground.pages import asked
from procedures.catalogue import ProcedureVersion
from procedures.catalogue.models.versions import ProcedureVersionQuerySet
from procedures.offices import Agency
from procedures.offices.access import may
from procedures.offices.rights import Right


@dataclass(frozen=True)
class Sitting:
    """``address`` is the page of this intake; nothing about the visitor stands in it."""

    desk: Agency
    day: date
    address: str
    visit: Visit | None = None
    visitor: Party | None = None
    slip: Slip | None = None

    def receivable(self) -> ProcedureVersionQuerySet:
        """What this desk receives on the day that counts: the slip's own for a late entry."""
        here = ProcedureVersion.objects.approved().in_force(self.day)
        received = self.desk.received_procedures.in_force(self.day)
        return here.filter(procedure__competences__in=received)


def sitting(request: HttpRequest, visit: int | None = None, slip: str = "") -> Sitting:
    """Return the sitting of an address. A visit or a slip of another desk is not found here."""
    desks = desks_of(request)
    if visit is not None:
        line = visits.first_line(visit)
        if line is None:
            raise Http404("no such visit")
        if localdate(line.visit.started_at) != localdate():
            raise PermissionDenied(
                "Lượt đến quầy này của ngày trước. Bấm Tiếp nhận để bắt đầu lại."
            )
        desk, visitor = _own(line.visit.desk, desks), line.dossier.applicant
        address = reverse("dossiers:intake_visit", args=[visit])
        return Sitting(desk, localdate(), address, visit=line.visit, visitor=visitor)
    if slip:
        paper = get_object_or_404(Slip.objects.select_related("batch__desk__parent"), code=slip)
        address = reverse("dossiers:intake_slip", args=[slip])
        desk = _own(paper.batch.desk, desks)
        return Sitting(desk, paper.batch.day, address, slip=paper)
    wanted = [desk for desk in desks if desk.slug == asked(request, "quay")]
    return Sitting((wanted or desks)[0], localdate(), reverse("dossiers:intake"))


def desks_of(request: HttpRequest, right: Right = Right.RECEIVE) -> list[Agency]:
    """Return the desks at which this officer sits today, or holds another ``right``."""
    ids = may(request, right).agencies
    return list(Agency.objects.filter(pk__in=ids).select_related("parent"))


def _own(desk: Agency, desks: list[Agency]) -> Agency:
    if desk not in desks:
        raise Http404("another desk's")
    return desk
