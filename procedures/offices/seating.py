"""Who may seat whom: nobody below touches the accounts of those above, or climbs by an own hand.

An administrator keeps the accounts of their own committee and of everything beneath it. The roles
that decide over the administrator, or equal it, are given only from above: at the administrator's
own committee by the holder of the highest account (a superuser).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from procedures.offices import Officer, Post, Role
from procedures.offices.reach import reach
from procedures.offices.rights import Right, named

FROM_ABOVE = [Role.LEADER, Role.CONTROLLER, Role.ADMINISTRATOR]


def kept_by(keeper: Officer, day: date) -> QuerySet[Officer]:
    """Return the accounts that ``keeper`` may change: every post of theirs is one they could give.

    Posts that ended count too: a later last day would bring them back.
    """
    if keeper.is_superuser:
        return Officer.objects.all()
    mine = reach(keeper, Right.KEEP_OFFICERS, day)
    if not mine:
        return Officer.objects.none()
    elsewhere = Post.objects.exclude(agency__in=mine.agencies)
    high = Post.objects.filter(
        agency__in=_own_level(keeper, day), groups__name__in=[role.value for role in FROM_ABOVE]
    )
    officers = Officer.objects.filter(is_superuser=False)
    return officers.exclude(pk__in=elsewhere.values("officer")).exclude(
        pk__in=high.values("officer")
    )


def refusal(keeper: Officer, agency_id: int, roles: Iterable[str], day: date) -> str:
    """Return why ``keeper`` may not give ``roles`` at an agency, "" where they may."""
    if keeper.is_superuser:
        return ""
    if agency_id not in reach(keeper, Right.KEEP_OFFICERS, day):
        return "Đơn vị này không thuộc cấp mà tài khoản của bạn quản lý."
    asked = set(roles)
    high = [role for role in FROM_ABOVE if role.value in asked]
    if high and agency_id in _own_level(keeper, day):
        return f"Vai trò {named(high)} ở cấp của bạn do tài khoản quản trị cao nhất giao."
    return ""


def _own_level(keeper: Officer, day: date) -> set[int]:
    """Return the committees at which the keeper is administrator, each with desk and offices."""
    own: set[int] = set()
    for agency_id in keeper.duties(day).agencies(Role.ADMINISTRATOR):
        own |= keeper.structure.of_committee(keeper.structure.seat(agency_id))
    return own
