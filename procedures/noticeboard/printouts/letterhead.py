"""Who posts a list: the two lines at the top left, the place, and whoever signs below.

Layout: NĐ 30/2020/NĐ-CP; TT 01/2011/TT-BNV before it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from khanhson_portal.ground import words
from procedures.offices import ON_BEHALF, Agency, AgencyKind, Post, Role
from procedures.offices.structure import Structure


def main_committee(day: date) -> Agency | None:
    """Return the committee whose portal this is."""
    desk = Structure().owner_desk(day)
    return desk.issuer if desk else None


def letterhead(agency: Agency | None, day: date) -> dict[str, Any]:
    """Return the letterhead and the signature of ``agency`` on ``day`` as frozen text.

    Unknown stays blank: the office writes it by hand.
    """
    above = agency.parent if agency else None
    place = agency.place_name or agency.issuer.place_name if agency else ""
    return {
        "superior": above.name.upper() if above else "",
        "agency": agency.name.upper() if agency else "",
        "place": place,
        "date": words.official_date(day),
        **_one_who_signs(agency, day),
    }


def _one_who_signs(agency: Agency | None, day: date) -> dict[str, Any]:
    """Name the one person who leads the agency today; nobody where that is not certain."""
    if agency is None:
        return {"heading": [], "name": ""}
    committee = agency.kind == AgencyKind.COMMITTEE
    role = Role.LEADER if committee else Role.HEAD
    posts = Post.objects.in_force(day).at(agency.pk).with_role(role)
    found = list(posts.select_related("officer", "agency")[:2])
    if len(found) != 1:
        return {"heading": [ON_BEHALF] if committee else [], "name": ""}
    return {"heading": found[0].signing_lines, "name": str(found[0].officer)}
