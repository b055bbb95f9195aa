"""Which desks an officer answers for, and which they look over; everything else is refused."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from procedures.offices import Agency, Officer, Role
from procedures.offices.models.agencies import AgencyQuerySet

OVERSEERS = [Role.LEADER, Role.CONTROLLER]


def desks_managed(officer: Officer, day: date, *also: Role) -> AgencyQuerySet:
    """Return the desks the officer may write for: their own as its head (or ``also``), all as
    administrator."""
    desks = Agency.objects.in_force(day).desks().select_related("parent__parent")
    duties = officer.duties(day)
    if duties.holds(Role.ADMINISTRATOR):
        return desks
    return desks.filter(pk__in=duties.agencies(Role.DESK_HEAD, *also))


def desks_overseen(officer: Officer, day: date, *also: Role) -> AgencyQuerySet:
    """Return the desks the officer may look at: managed ones, and those below their agency."""
    duties = officer.duties(day)
    managed = desks_managed(officer, day, *also)
    if duties.holds(Role.ADMINISTRATOR) or not duties.holds(*OVERSEERS):
        return managed
    below = Agency.objects.all().below(duties.agencies(*OVERSEERS))
    desks = Agency.objects.in_force(day).desks().select_related("parent__parent")
    return desks.filter(pk__in=below | duties.agencies(Role.DESK_HEAD, *also))


def managed_desk(officer: Officer, slug: str, day: date, *also: Role) -> Agency:
    """Return the desk of this name. Raises Http404 when there is none, PermissionDenied when it
    is another's."""
    desk = Agency.objects.in_force(day).desks().filter(slug=slug).first()
    if desk is None:
        raise Http404("no such desk")
    check_managed(officer, desk.pk, day, *also)
    return desk


def check_managed(officer: Officer, desk_id: int, day: date, *also: Role) -> None:
    """Raise PermissionDenied unless the officer may write for this desk today."""
    duties = officer.duties(day)
    allowed = duties.agencies(Role.DESK_HEAD, *also)
    if not duties.holds(Role.ADMINISTRATOR) and desk_id not in allowed:
        raise PermissionDenied("Bộ phận một cửa này do đơn vị khác phụ trách.")
