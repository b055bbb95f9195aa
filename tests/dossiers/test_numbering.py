"""A thousand acceptances from several processes at once: a thousand codes in a row, none twice."""

from __future__ import annotations

import textwrap

import pytest

from dossiers import journal
from dossiers.models import Dossier, Event, Paper
from tests import processes
from tests.factories import MONDAY, make_district, make_procedure

PROCESSES, EACH = 4, 250

CLERK = textwrap.dedent(
    """
    from datetime import datetime
    from dossiers import acts
    from procedures.catalogue import ProcedureVersion
    from procedures.offices import Agency, Officer
    from tests.factories import District, make_hand, make_intake
    district = District(*[None] * 12)
    district.desk = Agency.objects.select_related("parent").get(slug="mot-cua-huyen")
    version = ProcedureVersion.objects.get()
    officer = Officer.objects.get(full_name="Cao Thị Mấu")
    for number in range({each}):
        now = datetime.fromisoformat("{now}")
        acts.accept(make_intake(district, version), make_hand(officer, now))
    """
)


@pytest.fixture
def emptied(transactional_db):
    yield from processes.emptied_afterwards()


@pytest.mark.processes
def test_a_thousand_parallel_acceptances_get_a_thousand_codes_in_a_row(emptied):
    district = make_district()
    make_procedure(district.desk, district.office)
    script = CLERK.format(each=EACH, now=MONDAY.isoformat())

    clerks = [processes.start(script) for _ in range(PROCESSES)]
    errors = [clerk.communicate(timeout=300)[1].decode() for clerk in clerks]

    assert [clerk.returncode for clerk in clerks] == [0] * PROCESSES, errors
    total = PROCESSES * EACH
    expected = [f"000.00.20.H32-180416-{n:04}" for n in range(1, total + 1)]
    assert sorted(Dossier.objects.values_list("code", flat=True)) == expected
    serials = Dossier.objects.order_by("book_serial").values_list("book_serial", flat=True)
    assert list(serials) == list(range(1, total + 1))
    assert Event.objects.count() == Paper.objects.count() == total
    assert list(journal.faults()) == []
