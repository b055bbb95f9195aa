"""Who may do which act on which dossier, and see it: the table of rights, asked of a dossier."""

from __future__ import annotations

from datetime import date

from dossiers.declaring import Act
from dossiers.models import Dossier
from procedures.offices import Officer, Post
from procedures.offices.reach import post_over, reach
from procedures.offices.rights import Right


def entitling_post(officer: Officer, act: Act, dossier: Dossier, day: date) -> Post | None:
    """Return the post under which an officer may do ``act``, the state of the dossier aside."""
    where = {"received_at": dossier.desk_id, "lies_at": dossier.holder_id}
    return post_over(officer, act.right, day, **where)


def may_see(officer: Officer, dossier: Dossier, day: date) -> bool:
    """Whether an officer may open this file: it was received, lies, or lay where they may look."""
    seen = reach(officer, Right.SEE_DOSSIERS, day).agencies
    if {dossier.desk_id, dossier.holder_id} & seen:
        return True
    return dossier.legs.filter(holder__in=seen).exists()
