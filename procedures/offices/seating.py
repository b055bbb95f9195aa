"""Who may seat whom: nobody below touches the accounts of those above, or climbs by an own hand.

An administrator keeps the accounts of their own committee and of everything beneath it. The roles
that decide over the administrator, or equal it, are given only from above: at the administrator's
own committee by the holder of the highest account (a superuser).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from procedures.offices import Officer, Post, Role
from procedures.offices.reach import reach
from procedures.offices.rights import Right

FROM_ABOVE = {Role.LEADER, Role.CONTROLLER, Role.ADMINISTRATOR}


def may_keep(keeper: Officer, officer: Officer, day: date) -> bool:
    """Whether ``keeper`` may change this account: every post it ever had is one they could give.

    Posts that ended count too: a later last day would bring them back.
    """
    if keeper.is_superuser:
        return True
    if officer.is_superuser or not reach(keeper, Right.KEEP_OFFICERS, day):
        return False
    return all(
        not refusal(keeper, post.agency_id, post.roles, day)
        for post in Post.objects.filter(officer=officer).prefetch_related("groups")
    )


def refusal(keeper: Officer, agency_id: int, roles: Iterable[Role], day: date) -> str:
    """Return why ``keeper`` may not give ``roles`` at an agency, "" where they may."""
    if keeper.is_superuser:
        return ""
    if agency_id not in reach(keeper, Right.KEEP_OFFICERS, day):
        return "Đơn vị này không thuộc cấp mà tài khoản của bạn quản lý."
    high = [role for role in Role if role in FROM_ABOVE and role in set(roles)]
    if high and keeper.structure.seat(agency_id) in _seats(keeper, day):
        names = ", ".join(f"“{role.label}”" for role in high)
        return f"Vai trò {names} ở cấp mình do tài khoản quản trị cao nhất giao."
    return ""


def _seats(keeper: Officer, day: date) -> set[int]:
    """Return the committees at which the keeper is administrator."""
    held = keeper.duties(day).agencies(Role.ADMINISTRATOR)
    return {keeper.structure.seat(agency_id) for agency_id in held}
