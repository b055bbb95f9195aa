"""The journal cannot be edited, and shows when somebody did it behind the portal's back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.transaction import atomic

from dossiers import acts, journal
from dossiers.models import Event, Seal
from tests.factories import MONDAY, make_dossier, make_hand

TOMORROW = MONDAY + timedelta(days=1)


def forge(sql: str, *values) -> None:
    """Change the tables with the triggers off, as a database owner could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def dossier(district):
    dossier = make_dossier(district)
    acts.hand_over(dossier.pk, make_hand(district.receiver), to=district.office)
    return dossier


def test_an_untouched_journal_has_no_faults(dossier):
    journal.seal_day(MONDAY.date(), TOMORROW)

    assert list(journal.faults()) == []


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_an_event(act, dossier):
    events = Event.objects.filter(pk=dossier.events.first().pk)

    with pytest.raises(DatabaseError, match="Cannot update or delete"), atomic():
        events.update(note="khác") if act == "update" else events._raw_delete("default")


def test_a_forged_event_breaks_its_chain(dossier):
    forge("UPDATE dossiers_event SET note = 'khác' WHERE number = 1")

    assert list(journal.faults()) == [f"Hồ sơ số {dossier.pk}: sự kiện 1 đã bị sửa."]


def test_a_removed_event_breaks_its_chain(dossier):
    forge("DELETE FROM dossiers_paper")
    forge("DELETE FROM dossiers_event WHERE number = 2")

    (fault,) = journal.faults()
    assert "không khớp với hồ sơ" in fault


def test_a_whole_chain_forged_anew_still_breaks_the_seal_of_its_day(dossier):
    journal.seal_day(MONDAY.date(), TOMORROW)
    first, second = dossier.events.all()
    first.note = "khác"
    first.hash = second.previous_hash = journal.hash_of(first)
    second.hash = journal.hash_of(second)
    forge("UPDATE dossiers_event SET note = 'khác', hash = %s WHERE number = 1", first.hash)
    forge(
        "UPDATE dossiers_event SET previous_hash = %s, hash = %s WHERE number = 2",
        first.hash,
        second.hash,
    )
    forge("UPDATE dossiers_dossier SET last_hash = %s", second.hash)

    assert list(journal.faults()) == ["Niêm phong ngày 16/04/2018 không khớp với nhật ký."]


def test_a_day_is_sealed_once_and_only_when_it_is_over(dossier):
    with pytest.raises(ValueError, match="not over"):
        journal.seal_day(MONDAY.date(), MONDAY)

    assert journal.seal_day(MONDAY.date(), TOMORROW) is not None
    assert journal.seal_day(MONDAY.date(), TOMORROW) is None
    assert Seal.objects.get().events == 2


def test_days_that_were_missed_are_sealed_later_in_order(district):
    make_dossier(district)
    make_dossier(district, now=TOMORROW)

    journal.seal_day(TOMORROW.date() + timedelta(days=3), TOMORROW + timedelta(days=9))

    later, earlier = Seal.objects.all()
    assert (earlier.day, later.day) == (MONDAY.date(), TOMORROW.date())
    assert later.previous == earlier.root


def test_the_command_ends_with_an_error_when_something_was_forged(dossier, capsys):
    call_command("verify_journal")
    forge("UPDATE dossiers_event SET note = 'khác' WHERE number = 1")

    with pytest.raises(CommandError, match="1 chỗ"):
        call_command("verify_journal")
    assert "đã bị sửa" in capsys.readouterr().err
