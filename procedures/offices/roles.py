"""The groups behind the roles, and what each may do in Django's admin."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

from procedures.offices import Role

CATALOGUE = [
    "field", "procedure", "procedureversion", "procedurecase", "casechannel", "fee",
    "requiredpaper", "internalstep", "procedureresult", "legalbasis", "onlinelevel", "competence",
    "synonym",
]  # fmt: skip
CALENDAR = ["holiday", "announcedyear", "workingtime", "worksession"]
STRUCTURE = ["agency", "agencycode", "succession", "hotline", "officer", "post", "facilityitem"]
FORMS = ["formset", "form", "wording", "signingimage"]
EVERYDAY = ["add", "change", "view"]

RIGHTS: dict[Role, tuple[list[str], list[str]]] = {
    Role.CONTROLLER: (CATALOGUE, [*EVERYDAY, "delete"]),
    Role.ADMINISTRATOR: (CATALOGUE + CALENDAR + STRUCTURE + FORMS, [*EVERYDAY, "delete"]),
    Role.DESK_HEAD: (CALENDAR, EVERYDAY),
}


def write_groups(**_signal_arguments: object) -> None:
    """Make the groups equal to the roles, after every ``migrate``; twice is the same."""
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        models, acts = RIGHTS.get(role, ([], []))
        codenames = [f"{act}_{model}" for model in models for act in acts]
        group.permissions.set(
            Permission.objects.filter(
                codename__in=codenames, content_type__app_label__in=["procedures", "dossiers"]
            )
        )
