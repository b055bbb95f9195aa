"""Every staff page without a name in its address asks as much of the database with more rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers import acts
from procedures.offices import Role
from tests.dossiers.doing import ADVICE, RESULT
from tests.factories import MONDAY, local, make_dossier, make_hand, make_officer, make_procedure
from tests.test_permissions import staff_routes

MOST = 15
NO_LISTS = {"/quan-tri/suc-khoe/"}  # one look at every part of the portal
NOW = local(2018, 5, 4, 8)  # what was received on Monday and is open is late


def add_rows(district) -> None:
    """Three procedures with dossiers open, waiting, on the shelf and given to an officer."""
    for number in range(3):
        version = make_procedure(
            district.desk, district.desk, title=f"Thủ tục {number}", number=number + 5
        )
        hand = make_hand(district.receiver, MONDAY)
        make_dossier(district, version)
        acts.request_supplement(make_dossier(district, version).pk, hand, advice=ADVICE)
        hand = make_hand(district.receiver, MONDAY)
        acts.finish(make_dossier(district, version).pk, hand, result=RESULT)
        make_officer(district.desk, Role.SPECIALIST)


def queries(client, address: str) -> tuple[int, int]:
    """Return the status of the page and how much it asked, what signing in asks included."""
    client.get(address)  # what is asked once in a process, or once after a change, is asked here
    with CaptureQueriesContext(connection) as asked:
        status = client.get(address).status_code
    return status, len(asked)


@pytest.fixture
def everything(district, client):
    officer = make_officer(district.desk, *Role)
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return officer


def test_more_rows_cost_no_more_queries(everything, district, client, time_machine):
    time_machine.move_to(NOW, tick=False)
    addresses = sorted("/" + route for route in staff_routes() if "<" not in route)
    assert len(addresses) > 25
    add_rows(district)
    few = {address: queries(client, address) for address in addresses}
    add_rows(district)
    add_rows(district)
    many = {address: queries(client, address) for address in addresses}

    assert {a: (few[a], many[a]) for a in addresses if few[a] != many[a]} == {}
    lists = {a: asked for a, (_, asked) in many.items() if a not in NO_LISTS}
    assert {a: asked for a, asked in lists.items() if asked > MOST} == {}
    assert max(asked for _, asked in many.values()) <= 20
