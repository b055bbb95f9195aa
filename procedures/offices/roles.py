"""What each right opens in Django's admin, and the groups behind the roles.

A permission of a group counts only where the right behind it counts: see ``access.PostBackend``.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

from procedures.offices import Role
from procedures.offices.rights import TABLE, Right

LOOK = ("view",)
EVERYTHING = ("view", "add", "change", "delete")

TABLES: dict[Right, dict[str, tuple[str, ...]]] = {
    Right.KEEP_CATALOGUE: dict.fromkeys(
        [
            "field", "procedure", "procedureversion", "procedurecase", "casechannel", "fee",
            "requiredpaper", "internalstep", "procedureresult", "legalbasis", "onlinelevel",
            "competence", "synonym",
        ],
        EVERYTHING,
    )
    | {"agency": LOOK},
    Right.CHANGE_CALENDAR: {"holiday": EVERYTHING},  # its pages lead on to /mot-cua/lich-lam-viec/
    Right.SET_WORKING_TIME: dict.fromkeys(["workingtime", "worksession"], EVERYTHING),
    Right.CONFIRM_YEARS: {"announcedyear": EVERYTHING},
    Right.KEEP_FORMS: dict.fromkeys(["formset", "form", "wording", "signingimage"], EVERYTHING),
    Right.KEEP_STRUCTURE: dict.fromkeys(
        ["agency", "agencycode", "succession", "hotline", "facilityitem"], EVERYTHING
    ),
    Right.KEEP_OFFICERS: {"officer": EVERYTHING, "post": EVERYTHING, "agency": LOOK},
}  # fmt: skip


def codenames(right: Right) -> set[str]:
    """Return the names of the permissions that a right opens: ``change_field`` …"""
    return {
        f"{action}_{model}"
        for model, actions in TABLES.get(right, {}).items()
        for action in actions
    }


def write_groups(**_signal_arguments: object) -> None:
    """Make the groups equal to the roles, after every ``migrate``; twice is the same."""
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        names = set().union(*(codenames(right) for right in Right if role in TABLE[right]))
        group.permissions.set(
            Permission.objects.filter(
                codename__in=names, content_type__app_label__in=["procedures", "dossiers"]
            )
        )
