"""Twelve impatient presses of one button, together and one later: one thing made, all told so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dossiers.models import (
    Batch,
    CalendarChange,
    CalendarFeed,
    Counter,
    Dossier,
    DossierImport,
    Event,
    Paper,
    Party,
    Slip,
    SlipBatch,
)
from procedures.catalogue import ImportBatch
from procedures.noticeboard import ReviewProposal
from procedures.offices import Role
from procedures.worktime import Holiday
from tests import processes
from tests.dossiers.test_importing import book, row
from tests.factories import MONDAY, make_district, make_dossier, make_officer, make_procedure
from tests.procedures.test_control import ROW, table

pytestmark = pytest.mark.processes


@pytest.fixture
def emptied(transactional_db):
    yield from processes.emptied_afterwards()


@pytest.fixture
def town(emptied, time_machine):
    """A district whose rows other connections see, on a Monday in 2018."""
    time_machine.move_to(MONDAY)
    district = make_district()
    district.version = make_procedure(district.desk, district.office)
    district.chief = make_officer(district.desk, Role.DESK_HEAD, name="Trần Thị Trưởng")
    return district


def enter(officer) -> Client:
    client = Client()
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


def press(
    officer, address: str, typed: dict, file: Callable | None = None, name="file"
) -> set[str]:
    """Press twelve times at once and once more later; return where the answers lead."""
    clients = [enter(officer) for _ in range(13)]

    def post(client: Client):
        sent = {**typed, name: file()} if file else typed
        return client.post(address, sent)

    waiting = iter(clients[1:])
    answers = [*processes.at_once(lambda: post(next(waiting))), post(clients[0])]
    for answer in answers:
        assert not isinstance(answer, Exception), answer
        assert answer.status_code == 302, answer.content.decode()[:3000]
        told = [str(message.level_tag) for message in get_messages(answer.wsgi_request)]
        assert set(told) <= {"success"}
    return {answer["Location"] for answer in answers}


def test_an_intake_form_makes_one_dossier(town):
    address = f"{reverse('dossiers:intake')}?thu-tuc={town.version.procedure.code}"
    typed = {"nonce": uuid4(), "owner_name": "Mấu Thị Hoa", "delivery": "counter", "sets": 1}

    led = press(town.receiver, address, typed)

    dossier = Dossier.objects.get()
    assert led == {f"{dossier.get_absolute_url()}?moi=1"}
    assert dossier.code.endswith("-0001")
    assert (Party.objects.count(), Paper.objects.count(), Event.objects.count()) == (1, 1, 1)
    assert set(Counter.objects.values_list("last", flat=True)) == {1}


def test_a_slip_is_typed_in_once(town):
    press(
        town.chief,
        reverse("dossiers:slips"),
        {"nonce": uuid4(), "desk": town.desk.slug, "day": "16/04/2018", "count": 3},
    )
    assert (SlipBatch.objects.count(), Slip.objects.count()) == (1, 3)
    slip = Slip.objects.first()
    typed = {
        "nonce": uuid4(), "owner_name": "Mấu Thị Hoa", "delivery": "counter", "sets": 1,
        "late_time": "08:30", "late_reason": "Mất điện cả buổi sáng",
    }  # fmt: skip

    address = reverse("dossiers:intake_slip", args=[slip.code])
    press(town.receiver, f"{address}?thu-tuc={town.version.procedure.code}", typed)

    slip.refresh_from_db()
    assert Dossier.objects.get() == slip.dossier


def test_a_file_is_handed_over_once_and_who_gave_it_away_is_told_so(town):
    dossier = make_dossier(town, town.version)
    typed = {"nonce": uuid4(), "seen": 1, "to": town.office.pk}

    led = press(town.receiver, f"{dossier.get_absolute_url()}chuyen/", typed)

    assert led == {dossier.get_absolute_url()}
    assert list(dossier.events.values_list("act", flat=True)) == ["accept", "hand_over"]
    assert dossier.legs.count() == 2


def test_a_batch_and_a_list_are_ordered_once(town):
    dossier = make_dossier(town, town.version)
    kinds = {"desk": town.desk.pk, "day": "16/04/2018"}
    press(
        town.receiver,
        reverse("dossiers:batches"),
        {"nonce": uuid4(), "kind": "giay-tiep-nhan", **kinds},
    )
    assert Batch.objects.count() == 1

    address = reverse("dossiers:issue_paper", args=[dossier.code, "kiem-soat"])
    assert len(press(town.receiver, address, {"nonce": uuid4()})) == 1
    assert Paper.objects.filter(kind="kiem-soat").count() == 1


def test_a_file_of_dossiers_is_kept_once_and_written_once(town):
    data = book(row(title=town.version.title))

    led = press(
        town.controller,
        reverse("dossiers:import"),
        {"nonce": uuid4(), "source": "Hệ thống cũ", "desk": ""},
        lambda: SimpleUploadedFile("tep.xlsx", data),
    )
    assert led == {reverse("dossiers:import_report", args=[DossierImport.objects.get().pk])}

    press(town.controller, led.pop(), {})
    assert Dossier.objects.get().imported.old_code == "HKD-0001"


def test_a_day_off_is_added_once_and_taken_out_once(town):
    address = reverse("dossiers:calendar_add")
    typed = {"nonce": uuid4(), "kind": "off", "day": "20/04/2018", "name": "nghỉ do bão"}
    shown = enter(town.controller).post(address, typed).content.decode()
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    kept = Holiday.objects.count()

    press(town.controller, address, {**typed, "seen": seen, "save": "1"})
    assert (Holiday.objects.count(), CalendarChange.objects.count()) == (kept + 1, 1)

    row_of_day = Holiday.objects.get(day=MONDAY.date() + timedelta(days=4))
    address = reverse("dossiers:calendar_remove", args=[row_of_day.pk])
    shown = enter(town.controller).get(address).content.decode()
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    press(town.controller, address, {"nonce": uuid4(), "seen": seen, "save": "1"})
    assert (Holiday.objects.count(), CalendarChange.objects.count()) == (kept, 2)


def test_a_proposal_and_a_calendar_address_are_made_once(town):
    press(
        town.receiver,
        reverse("review:staff_propose"),
        {
            "nonce": uuid4(), "code": town.version.procedure.code, "subject": "paper",
            "part": "Giấy đề nghị", "wish": "drop", "burden": "Đi hai lần",
        },
    )  # fmt: skip
    assert ReviewProposal.objects.get().code == "RS-2018-0001"
    press(
        town.chief,
        reverse("dossiers:calendar_feeds"),
        {"nonce": uuid4(), "desk": town.desk.pk, "label": "màn hình phòng họp"},
    )
    assert CalendarFeed.objects.count() == 1


def test_an_upload_of_the_catalogue_is_kept_once(town):
    press(
        town.controller,
        reverse("control:upload"),
        {"nonce": uuid4(), "valid_from": "01/01/2018"},
        lambda: table(ROW),
        name="uploads",
    )
    assert ImportBatch.objects.count() == 1


def test_a_nonce_that_is_none_hinders_nobody(town):
    address = f"{reverse('dossiers:intake')}?thu-tuc={town.version.procedure.code}"
    typed = {"owner_name": "Mấu Thị Hoa", "delivery": "counter", "sets": 1}

    for nonce in ["", "x", "1" * 500]:
        assert enter(town.receiver).post(address, {**typed, "nonce": nonce}).status_code == 302
    assert Dossier.objects.count() == 3
