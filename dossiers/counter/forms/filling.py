"""Filling the intake form for the officer: from a scanned card, a known person, the visitor.

Each function takes what was typed and returns a copy with more in it; nothing is saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from dossiers.counter import cards
from dossiers.models import Party, PartyKind
from khanhson_portal.ground.text import search_key
from procedures.offices import Agency, AgencyKind, Level

OWNER, SUBMITTER = "owner", "submitter"
SUBMITTER_FIELDS = ["name", "identity", "phone", "relation", "mandate", "reuse"]


@dataclass
class Filled:
    """A form filled by a scan: what it now holds, whose part it was, what to tell the officer."""

    data: QueryDict
    part: str
    values: dict[str, str]
    warnings: list[str]
    number: str = ""
    name: str = ""


def from_scan(typed: QueryDict, day: date) -> Filled | None:
    """Read a card scanned into any field; None when no field holds a scan.

    A scan in the submitter's part fills the submitter, anywhere else the owner.
    """
    for name, text in typed.items():
        scan = cards.find(str(text))
        if scan:
            part = SUBMITTER if name.startswith(SUBMITTER) else OWNER
            values = {name: scan.before}
            if scan.card:
                values |= _card_values(scan.card, part, day)
            found = (scan.card.number, scan.card.name) if scan.card else ("", "")
            return Filled(_with(typed, values), part, values, scan.warnings, *found)
    return None


def from_party(typed: QueryDict, part: str, party: Party) -> QueryDict:
    """Put a known person's data into a part.

    Under the same name what is typed is newer, so only gaps are filled; under another name all of
    it is replaced, so that two people are never mixed.
    """
    values = {name: value for name, value in party_values(party, part).items() if value}
    if search_key(typed.get(f"{part}_name", "")) == search_key(party.name):
        always = {f"{part}_kind", f"{part}_reuse"}
        values = {k: v for k, v in values.items() if k in always or not typed.get(k, "").strip()}
    return _with(typed, values)


def party_values(party: Party, part: str) -> dict[str, str]:
    """Return a person's data under the names of the form's fields."""
    values = {
        f"{part}_name": party.name,
        f"{part}_identity": party.identity_number,
        f"{part}_phone": party.phone,
        f"{part}_reuse": "on" if party.reuse_consent else "",
    }
    if part == OWNER:
        values |= {
            "owner_kind": party.kind,
            "owner_birth": party.birth,
            "owner_sex": party.sex,
            "owner_email": party.email,
            "owner_address": party.address,
            "owner_commune": str(party.commune_id or ""),
        }
    return values


def submitter_owns(typed: QueryDict, visitor: Party | None) -> QueryDict:
    """Người nộp cũng là chủ hồ sơ: move the submitter's part over; a visitor is known better."""
    moved = {f"owner_{name}": typed.get(f"submitter_{name}", "") for name in ("identity", "phone")}
    moved["owner_name"] = typed.get("submitter_name", "")
    if visitor and visitor.name == moved["owner_name"]:
        moved |= {k: v for k, v in party_values(visitor, OWNER).items() if v}
    emptied = {f"submitter_{name}": "" for name in SUBMITTER_FIELDS}
    return _with(typed, {**moved, **emptied})


def _card_values(card: cards.Card, part: str, day: date) -> dict[str, str]:
    values = {f"{part}_name": card.name, f"{part}_identity": card.number}
    if part == OWNER:
        values |= {
            "owner_kind": PartyKind.PERSON,
            "owner_birth": card.birth,
            "owner_sex": card.sex,
            "owner_address": card.address,
            "owner_commune": str(_commune_of(card.address, day) or ""),
        }
    return values


def _commune_of(address: str, day: date) -> int | None:
    """Return the commune that an address names together with its district, if just one does."""
    key = f" {search_key(address)} "
    communes = Agency.objects.in_force(day).filter(kind=AgencyKind.COMMITTEE, level=Level.COMMUNE)
    named = [
        commune.pk
        for commune in communes.select_related("parent")
        if f" {search_key(commune.place_name or commune.short_name)} " in key
        and commune.parent
        and f" {search_key(commune.parent.place_name)} " in key
    ]
    return named[0] if len(named) == 1 else None


def _with(typed: QueryDict, values: dict[str, str]) -> QueryDict:
    """Return a copy with ``values``; an empty value leaves an unticked box out altogether."""
    data = typed.copy()
    for name, value in values.items():
        if not value and name.endswith("_reuse"):
            data.pop(name, None)
        else:
            data[name] = value
    return data
