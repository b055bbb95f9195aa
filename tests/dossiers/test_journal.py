"""The journal cannot be edited, and shows when somebody did it behind the portal's back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.transaction import atomic
from django.utils.timezone import localdate, now

from dossiers import acts, journal, seals
from dossiers.models import Event
from tests.factories import make_dossier, make_hand


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


def test_the_command_ends_with_an_error_when_something_was_forged(dossier, capsys):
    yesterday = localdate() - timedelta(days=1)
    seals.seal_day(yesterday, now())
    call_command("verify_journal")
    forge("UPDATE dossiers_event SET note = 'khác' WHERE number = 1")

    with pytest.raises(CommandError, match="1 chỗ"):
        call_command("verify_journal")
    assert "đã bị sửa" in capsys.readouterr().err
