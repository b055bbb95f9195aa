"""Where a right counts for one officer on one day: roles held, their places, the table of rights.

A role counts only through the post it hangs on, and only as far as its scope goes from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from procedures.offices import Officer, Post, Role
from procedures.offices.models.agencies import Agency, AgencyQuerySet
from procedures.offices.rights import TABLE, Right, Scope, named, roles_with


@dataclass(frozen=True)
class Reach:
    """Ids of the agencies where a right counts. ``whole``: for what belongs to no agency, too."""

    agencies: set[int] = field(default_factory=set)
    whole: bool = False

    def __bool__(self) -> bool:
        return self.whole or bool(self.agencies)

    def __contains__(self, agency_id: object) -> bool:
        return agency_id in self.agencies

    def desks(self, day: date) -> AgencyQuerySet:
        """Return the desks in force on ``day`` where the right counts."""
        desks = Agency.objects.in_force(day).desks().select_related("parent__parent")
        return desks.filter(pk__in=self.agencies)


def reach(officer: Officer, right: Right, day: date) -> Reach:
    """Return where ``right`` counts for ``officer``; empty (and false) where nowhere.

    Whether the office a dossier lies at is the officer's own (HOLDER) is asked of the dossier:
    here HOLDER means the same place as OWN.
    """
    found: set[int] = set()
    whole = False
    for role, agency_id in officer.duties(day).held:
        scope = TABLE[right].get(role)
        if scope in {Scope.OWN, Scope.HOLDER}:
            found.add(agency_id)
        elif scope is Scope.COMMITTEE:
            found |= officer.structure.of_committee(officer.structure.seat(agency_id))
        elif scope is Scope.BELOW:
            found |= officer.structure.below([officer.structure.seat(agency_id)])
        elif scope is Scope.WHOLE_DISTRICT and at_owner(officer, agency_id, day):
            whole = True
    return Reach(set(officer.structure.agencies) if whole else found, whole)


def post_with(officer: Officer, right: Right, day: date) -> Post | None:
    """Return a post of today that gives ``right`` somewhere: what the journal names."""
    return next(
        (
            post
            for post in officer.posts_on(day)
            if any(counts(officer, right, role, post.agency_id, day) for role in post.roles)
        ),
        None,
    )


def post_over(
    officer: Officer, right: Right, day: date, *, received_at: int, lies_at: int
) -> Post | None:
    """Return the post that gives ``right`` over one thing: where it was received, and lies now."""
    for post in officer.posts_on(day):
        for role in post.roles:
            scope = TABLE[right].get(role)
            if scope is Scope.OWN:
                given = post.agency_id == received_at
            elif scope is Scope.HOLDER:
                given = post.agency_id == lies_at
            elif scope is Scope.WHOLE_DISTRICT:
                given = at_owner(officer, post.agency_id, day)
            else:
                given = bool({received_at, lies_at} & _over(officer, scope, post.agency_id))
            if given:
                return post
    return None


def _over(officer: Officer, scope: Scope | None, agency_id: int) -> set[int]:
    """Return the agencies over which a post of a committee has its say."""
    seat = officer.structure.seat(agency_id)
    if scope is Scope.COMMITTEE:
        return officer.structure.of_committee(seat)
    return officer.structure.below([seat]) if scope is Scope.BELOW else set()


def counts(officer: Officer, right: Right, role: Role, agency_id: int, day: date) -> bool:
    """Whether a role held at an agency gives ``right`` anywhere at all."""
    scope = TABLE[right].get(role)
    if scope is Scope.WHOLE_DISTRICT:
        return at_owner(officer, agency_id, day)
    return scope is not None


def at_owner(officer: Officer, agency_id: int, day: date) -> bool:
    """Whether an agency is the committee whose portal this is, its desk, or one of its offices."""
    return officer.structure.seat(agency_id) == officer.structure.owner(day)


def refusal(officer: Officer, right: Right, day: date) -> str:
    """Return why ``right`` counts nowhere for this officer, and who could help: one sentence."""
    held = [role for role in roles_with(right) if officer.duties(day).holds(role)]
    if held:
        owner = officer.structure.owner(day)
        where = officer.structure.agencies[owner].short_name if owner else "ủy ban chủ quản cổng"
        return f"“{right.label}” là việc của toàn địa bàn, chỉ người ở {where} làm được."
    return f"“{right.label}” cần vai trò {named(roles_with(right))}; tài khoản này không có."
