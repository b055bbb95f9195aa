"""Bàn giao nhiều hồ sơ một lần: each dossier is an act of its own, with its own answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from dossiers.acts.actors import ActRefused, AlreadyDone, Hand
from dossiers.acts.processing import hand_over
from dossiers.models import Dossier
from khanhson_portal.ground.moments import local_day
from procedures.catalogue import Competence
from procedures.offices import Agency


@dataclass(frozen=True)
class Answer:
    """What became of one dossier: where it went, or why it stayed."""

    dossier: Dossier
    to: Agency | None
    refusal: str = ""


def hand_over_many(
    dossiers: Sequence[Dossier], hand: Hand, *, to: Agency | None, press: UUID
) -> list[Answer]:
    """Hand each dossier to ``to``, or to whoever solves its procedure; never stop at a refusal.

    ``press`` names the whole batch: pressing twice hands nothing over twice.
    """
    solvers = _solvers(dossiers, hand)
    return [_one(dossier, hand, to or solvers.get(dossier.pk), press) for dossier in dossiers]


def _one(dossier: Dossier, hand: Hand, to: Agency | None, press: UUID) -> Answer:
    if to is None:
        return Answer(dossier, None, f"Chưa rõ cơ quan giải quyết hồ sơ {dossier}: chuyển riêng.")
    own = replace(hand, nonce=uuid5(press, str(dossier.pk)))
    try:
        hand_over(dossier.pk, own, to=to)
    except AlreadyDone:
        return Answer(dossier, to)
    except ActRefused as refusal:
        return Answer(dossier, None, str(refusal))
    return Answer(dossier, to)


def _solvers(dossiers: Sequence[Dossier], hand: Hand) -> dict[int, Agency]:
    """Return who solves each dossier's procedure at its desk today; one query."""
    rows = Competence.objects.in_force(local_day(hand.now)).filter(
        procedure__in={d.version.procedure_id for d in dossiers},
        desk__in={d.desk_id for d in dossiers},
    )
    known = {(row.procedure_id, row.desk_id): row.solver for row in rows.select_related("solver")}
    found = {d.pk: known.get((d.version.procedure_id, d.desk_id)) for d in dossiers}
    return {pk: solver for pk, solver in found.items() if solver}
