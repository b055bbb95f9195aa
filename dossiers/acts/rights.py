"""Who may do which act on which dossier: a role counts only at the agency it belongs to."""

from __future__ import annotations

from datetime import date

from dossiers.declaring import Act
from dossiers.models import Dossier
from procedures.offices import Officer, Post, Role
from procedures.offices.reach import reach
from procedures.offices.rights import Right

OVERSEEING = {Role.LEADER, Role.CONTROLLER}
OF_DESK = {Role.RECEPTION, Role.RETURN, Role.DESK_HEAD, Role.POSTAL}


def entitling_post(officer: Officer, act: Act, dossier: Dossier, day: date) -> Post | None:
    """Return the post under which an officer may do ``act``, the state of the dossier aside."""
    for post in officer.posts_on(day):
        roles = {group.name for group in post.groups.all()} & act.roles
        if any(_counts_here(Role(role), post.agency_id, act, dossier) for role in roles):
            return post
    return None


def _counts_here(role: Role, agency_id: int, act: Act, dossier: Dossier) -> bool:
    """Whether ``role`` held at an agency gives power to do ``act`` on ``dossier``."""
    if role in OVERSEEING:
        return agency_id in {dossier.desk.issuer.pk, dossier.holder.issuer.pk}
    if role in OF_DESK and not act.by_holder:
        return agency_id == dossier.desk_id
    return agency_id == dossier.holder_id


def may_see(officer: Officer, dossier: Dossier, day: date) -> bool:
    """Whether an officer may open this file: it was received, lies, or lay where they may look."""
    seen = reach(officer, Right.SEE_DOSSIERS, day).agencies
    if {dossier.desk_id, dossier.holder_id} & seen:
        return True
    return dossier.legs.filter(holder__in=seen).exists()
