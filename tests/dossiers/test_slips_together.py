"""Slips reserved while the counters work, and one slip typed in by two people at once."""

from __future__ import annotations

import textwrap

import pytest

from dossiers.acts import reserving
from dossiers.models import Dossier, Slip
from procedures.offices import Role
from tests import processes
from tests.factories import MONDAY, make_district, make_hand, make_officer, make_procedure

START = textwrap.dedent(
    """
    from datetime import datetime, timedelta
    from dossiers import acts
    from dossiers.acts import reserving
    from dossiers.models import Slip
    from procedures.catalogue import ProcedureVersion
    from procedures.offices import Agency, Officer
    from tests.factories import District, make_hand, make_intake
    district = District(*[None] * 12)
    district.desk = Agency.objects.select_related("parent").get(slug="mot-cua-huyen")
    version = ProcedureVersion.objects.get()
    now = datetime.fromisoformat("{now}")
    clerk = Officer.objects.get(full_name="Cao Thị Mấu")
    """
)
ACCEPT = "for _ in range(20): acts.accept(make_intake(district, version), make_hand(clerk, now))"
RESERVE = """
head = Officer.objects.get(full_name="Trần Thị Trưởng")
for _ in range(5): reserving.reserve(district.desk, now.date(), 4, make_hand(head, now))
"""
CATCH_UP = """
late = now + timedelta(days=1)
for slip in Slip.objects.order_by("pk"):
    taken = make_intake(district, version, received_at=now, slip=slip, reason="Mất điện")
    try:
        acts.accept(taken, make_hand(clerk, late))
    except acts.ActRefused as refusal:
        assert "nhập bù rồi" in str(refusal), refusal
"""


@pytest.fixture
def emptied(transactional_db):
    yield from processes.emptied_afterwards()


@pytest.fixture
def head(emptied):
    district = make_district()
    make_procedure(district.desk, district.office)
    return make_officer(district.desk, Role.DESK_HEAD, name="Trần Thị Trưởng")


def together(*scripts: str) -> None:
    start = START.format(now=MONDAY.isoformat())
    running = [processes.start(start + script) for script in scripts]
    errors = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0] * len(running), errors


@pytest.mark.processes
def test_no_number_is_both_reserved_and_given(head):
    together(ACCEPT, RESERVE, ACCEPT)

    given = set(Dossier.objects.values_list("code", flat=True))
    reserved = set(Slip.objects.values_list("code", flat=True))
    assert (len(given), len(reserved)) == (40, 20)
    assert sorted(given | reserved) == [f"000.00.20.H32-180416-{n:04}" for n in range(1, 61)]


@pytest.mark.processes
def test_two_people_typing_the_same_slips_make_each_dossier_once(head):
    desk = head.posts.get().agency
    reserving.reserve(desk, MONDAY.date(), 8, make_hand(head))

    together(CATCH_UP, CATCH_UP)

    assert Dossier.objects.count() == 8
    assert not Slip.objects.open().exists()
    serials = Dossier.objects.order_by("book_serial").values_list("book_serial", flat=True)
    assert list(serials) == list(range(1, 9))
