"""Every staff address, found in the site map itself: closed to strangers, whatever the method.

A new address under these roots is tested by being there; one that is public on purpose is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from procedures.offices import Officer, Role
from tests.factories import make_dossier, make_officer

ROOTS = ("mot-cua/", "dieu-hanh/", "kiem-soat/", "can-bo/quan-ly", "huong-dan/so", "huong-dan/to/",
         "huong-dan/theo-doi", "ra-soat/xu-ly", "kiosk/quan-ly", "thu-tuc/to-roi/dat")  # fmt: skip
CLOSED = {302, 403, 404, 405}


def routes(patterns, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def filled(route: str, dossier) -> str:
    """Return an address of ``route``: about a real dossier, with number 1 for everything else."""
    import re

    def value(match: re.Match[str]) -> str:
        kind, _, name = match[1].rpartition(":")
        if kind == "int":
            return {"year": "2018", "month": "4"}.get(name, "1")
        if kind == "uuid":
            return str(uuid4())
        return {"slug": "rut", "kind": "tiep-nhan"}.get(name, dossier.code)

    return "/" + re.sub(r"<([^>]+)>", value, route)


@pytest.fixture
def addresses(district) -> list[str]:
    dossier = make_dossier(district)
    found = [filled(r, dossier) for r in routes(get_resolver().url_patterns) if r.startswith(ROOTS)]
    assert len(found) > 60
    return found


def answers(client, addresses: list[str]) -> dict[str, tuple[int, int]]:
    return {
        address: (client.get(address).status_code, client.post(address, {}).status_code)
        for address in addresses
    }


def test_nobody_enters_without_signing_in(addresses, client):
    for address in addresses:
        for answer in (client.get(address), client.post(address, {})):
            assert answer.status_code in CLOSED, address
            if answer.status_code == 302:
                assert answer["Location"].startswith("/dang-nhap/"), address


def test_an_account_without_a_post_enters_nowhere(addresses, client, db):
    idle = Officer.objects.create_user("khong-vi-tri", password="x", full_name="Không vị trí")
    client.force_login(idle, backend="procedures.offices.access.PostBackend")

    for address, (got, posted) in answers(client, addresses).items():
        assert got in CLOSED - {302}, address
        assert posted in CLOSED - {302}, address


def test_an_officer_of_another_agency_sees_nothing_of_a_file(addresses, district, client):
    other = make_officer(district.commune_desk, *Role)
    client.force_login(other, backend="procedures.offices.access.PostBackend")

    for address in (a for a in addresses if "/ho-so/" in a):
        assert client.get(address).status_code in CLOSED, address
        assert client.post(address, {}).status_code in CLOSED, address


def test_no_staff_address_breaks_for_who_may_do_everything(addresses, district, client):
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    everything = make_officer(district.desk, *Role)
    client.force_login(everything, backend="procedures.offices.access.PostBackend")

    for address, (got, posted) in answers(client, addresses).items():
        assert got < 500, address
        assert posted < 500, address
