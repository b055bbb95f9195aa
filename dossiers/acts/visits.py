"""Several dossiers of one visitor, and people the desk already knows.

A person is offered again only if they agreed to it, only out of files that the asking officer may
see, and every question is logged.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.crypto import salted_hmac

from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.reception import Intake, accept
from dossiers.models import Dossier, Party, PersonLook, ViewLog, Visit, VisitLine
from khanhson_portal.ground.moments import local_day
from procedures.offices import Officer
from procedures.offices.reach import reach
from procedures.offices.rights import Right


def start_visit(dossier: Dossier, hand: Hand) -> Visit:
    """Return the visit that ``dossier`` belongs to, begun now if it had none.

    Raises ActRefused for a dossier of another day: that visitor went home.
    """
    if dossier.entered_at is None or local_day(dossier.entered_at) != local_day(hand.now):
        raise ActRefused(f"Hồ sơ {dossier} không nhận hôm nay nên không mở tiếp lượt ấy được.")
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
        line = VisitLine.objects.filter(dossier=dossier).select_related("visit").first()
        if line:
            return line.visit
        visit = Visit.objects.create(
            desk=dossier.desk, officer=hand.of_officer(), started_at=hand.now
        )
        VisitLine.objects.create(visit=visit, dossier=dossier)
    return visit


def accept_in_visit(intake: Intake, hand: Hand, visit: Visit | None) -> Dossier:
    """Accept a dossier as one more of ``visit``; without a visit it is a plain acceptance."""
    with transaction.atomic():
        dossier = accept(intake, hand)
        if visit:
            VisitLine.objects.create(visit=visit, dossier=dossier)
    return dossier


def first_line(visit_id: int) -> VisitLine | None:
    """Return the dossier a visit began with: its applicant is the visitor."""
    lines = VisitLine.objects.filter(visit=visit_id)
    return lines.select_related(
        "visit__desk__parent", "dossier__submitter__commune", "dossier__owner__commune"
    ).first()


def known_person(number: str, hand: Hand) -> tuple[Party, Dossier] | None:
    """Return the newest data of a person by identity number, and the dossier they stand on.

    None when nobody of that number agreed to be known again, or only in files of other desks.
    Logs the question either way. Index: party_identity.
    """
    found = _newest(number, hand) if number else None
    if number:
        PersonLook.objects.create(
            officer=hand.of_officer(),
            party=found[0] if found else None,
            number_hash=salted_hmac("dossiers.person-look", number).hexdigest(),
        )
    return found


def reuse(party_id: int, hand: Hand) -> Party | None:
    """Return a known person's data for another dossier, and log that they were used.

    None for a person this officer may not have: no consent, or files of other desks.
    """
    party = Party.objects.select_related("commune").filter(pk=party_id, reuse_consent=True).first()
    dossier = _dossier_of(party) if party else None
    if party is None or dossier is None or not _may_use(hand.of_officer(), dossier, hand):
        return None
    officer = hand.of_officer()
    PersonLook.objects.filter(officer=officer, party=party).update(reused=True)
    ViewLog.objects.create(officer=officer, dossier=dossier, page="dùng lại thông tin người nộp")
    return party


def _newest(number: str, hand: Hand) -> tuple[Party, Dossier] | None:
    people = Party.objects.select_related("commune").filter(identity_number=number)
    for party in people.order_by("-pk")[:20]:
        dossier = _dossier_of(party)
        if dossier and _may_use(hand.of_officer(), dossier, hand):
            # the newest word counts: who no longer agrees is not offered from older files
            return (party, dossier) if party.reuse_consent else None
    return None


def _dossier_of(party: Party) -> Dossier | None:
    on_file = Dossier.objects.select_related("desk")
    return on_file.filter(owner=party).first() or on_file.filter(submitter=party).first()


def _may_use(officer: Officer, dossier: Dossier, hand: Hand) -> bool:
    agencies = reach(officer, Right.SEE_DOSSIERS, local_day(hand.now)).agencies
    return bool({dossier.desk_id, dossier.holder_id} & agencies)
