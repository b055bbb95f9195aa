"""Whoever owns the database, and nothing else, cannot rewrite the past unseen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.transaction import atomic

from dossiers import acts, journal, seals
from dossiers.models import Dossier, Event, Seal, ViewLog
from khanhson_portal.ground.moments import ONE_DAY
from tests.dossiers.test_journal import forge
from tests.factories import MONDAY, make_dossier, make_hand

LATER = MONDAY + timedelta(days=40)


@pytest.fixture
def dossier(district):
    """Two dossiers on two days, one looked at, every day since sealed."""
    dossier = make_dossier(district)
    make_dossier(district, now=MONDAY + ONE_DAY)
    acts.hand_over(dossier.pk, make_hand(district.receiver), to=district.office)
    view = ViewLog.objects.create(officer=district.receiver, dossier=dossier, page="hồ sơ")
    forge("UPDATE dossiers_viewlog SET at = %s WHERE id = %s", MONDAY, view.pk)
    seals.seal_day(LATER.date() - ONE_DAY, LATER)
    return dossier


def faults(*files: Path) -> list[str]:
    return [*journal.faults(), *seals.faults(LATER, files)]


def rehash(dossier: Dossier) -> None:
    """Chain the events of a dossier anew, its summary with them."""
    previous = ""
    for event in Event.objects.filter(dossier=dossier).order_by("number"):
        event.previous_hash = previous
        previous = journal.hash_of(event)
        forge(
            "UPDATE dossiers_event SET previous_hash = %s, hash = %s WHERE id = %s",
            event.previous_hash, previous, event.pk,
        )  # fmt: skip
    count = Event.objects.filter(dossier=dossier).count()
    forge(
        "UPDATE dossiers_dossier SET last_hash = %s, events_count = %s WHERE id = %s",
        previous, count, dossier.pk,
    )  # fmt: skip


def forge_the_oldest_event(dossier):
    forge(
        "UPDATE dossiers_event SET note = 'khác' WHERE dossier_id = %s AND number = 1", dossier.pk
    )
    rehash(dossier)


def forge_and_make_roots_anew(dossier):
    forge_the_oldest_event(dossier)
    last = None
    for seal in Seal.objects.order_by("day"):
        last = seals._seal(seal.day, seals.content_of(seal.day), last)
        forge(
            "UPDATE dossiers_seal SET root = %s, previous = %s WHERE id = %s",
            last.root, last.previous, seal.pk,
        )  # fmt: skip


def cut_the_tail(dossier):
    forge("DELETE FROM dossiers_paper")
    forge("DELETE FROM dossiers_event WHERE dossier_id = %s AND number = 2", dossier.pk)
    rehash(dossier)
    last = Event.objects.get(dossier=dossier)
    forge(
        "UPDATE dossiers_dossier SET state = %s, holder_id = %s WHERE id = %s",
        last.state, last.holder_id, dossier.pk,
    )  # fmt: skip


def delete_a_dossier(dossier):
    for relation in Dossier._meta.related_objects:
        table = relation.related_model._meta.db_table
        forge(f"DELETE FROM {table} WHERE {relation.field.column} = %s", dossier.pk)
    forge("DELETE FROM dossiers_dossier WHERE id = %s", dossier.pk)


def delete_all_seals(_dossier):
    forge("DELETE FROM dossiers_seal")


def delete_the_last_thirty_seals(_dossier):
    forge("DELETE FROM dossiers_seal WHERE day > %s", LATER.date() - timedelta(days=31))


def delete_the_oldest_seals(_dossier):
    forge("DELETE FROM dossiers_seal WHERE day <= %s", MONDAY.date() + ONE_DAY)


def change_a_due_date(dossier):
    forge("UPDATE dossiers_dossier SET due_at = due_at + interval '9 days'")


def change_a_secret(dossier):
    forge("UPDATE dossiers_dossier SET secret = '00000000' WHERE id = %s", dossier.pk)


def delete_the_view_log(_dossier):
    forge("DELETE FROM dossiers_viewlog")


ATTACKS = [
    forge_the_oldest_event, forge_and_make_roots_anew, cut_the_tail, delete_a_dossier,
    delete_all_seals, delete_the_last_thirty_seals, delete_the_oldest_seals, change_a_due_date,
    change_a_secret, delete_the_view_log,
]  # fmt: skip


def test_untouched_books_have_no_faults(dossier, settings):
    assert faults(*Path(settings.SEALS_DIR).glob("*.txt")) == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_every_attack_is_seen_without_any_file(attack, dossier, settings):
    for file in Path(settings.SEALS_DIR).glob("*.txt"):
        file.unlink()

    attack(dossier)

    assert [fault for fault in faults() if not fault.startswith("Thư mục niêm phong thiếu")]


@pytest.mark.parametrize("attack", [forge_the_oldest_event, delete_a_dossier, delete_the_view_log])
def test_seals_deleted_after_a_forgery_are_not_made_anew(attack, dossier):
    attack(dossier)
    delete_all_seals(dossier)

    with pytest.raises(seals.SealBroken, match="niêm phong khác với nhật ký"):
        seals.seal_day(LATER.date() - ONE_DAY, LATER)


def test_a_copy_kept_elsewhere_shows_what_was_sealed_anew(dossier, client, settings, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(client.get("/du-lieu-mo/niem-phong/").content)
    forge_the_oldest_event(dossier)
    delete_all_seals(dossier)
    for file in Path(settings.SEALS_DIR).glob("*.txt"):
        file.unlink()
    seals.seal_day(LATER.date() - ONE_DAY, LATER)

    assert faults() == []
    assert "Niêm phong ngày 16/04/2018 khác với tệp copy.txt." in faults(copy)


def test_seals_deleted_and_nothing_else_are_made_again_as_they_were(dossier):
    before = [str(seals.Line.of(seal)) for seal in Seal.objects.all()]
    delete_the_last_thirty_seals(dossier)

    seals.seal_day(LATER.date() - ONE_DAY, LATER)

    assert [str(seals.Line.of(seal)) for seal in Seal.objects.all()] == before
    assert faults() == []


def test_a_file_of_seals_that_somebody_wrote_says_so(dossier, tmp_path):
    made_up = tmp_path / "la.txt"
    made_up.write_text(f"2018-04-16 {'a' * 64} {'b' * 64}\nkhông phải niêm phong\n")

    assert faults(made_up) == [
        "Tệp la.txt: chữ ký của ngày 16/04/2018 không đúng.",
        f"Tệp niêm phong {made_up}, dòng 2: cần ngày, mã và chữ ký.",
    ]


def test_every_day_is_sealed_once_and_only_when_it_is_over(district):
    make_dossier(district)
    with pytest.raises(ValueError, match="not over"):
        seals.seal_day(MONDAY.date(), MONDAY)

    assert seals.seal_day(MONDAY.date(), MONDAY + ONE_DAY).events == 1
    assert seals.seal_day(MONDAY.date(), MONDAY + ONE_DAY) is None
    make_dossier(district, now=MONDAY + 3 * ONE_DAY)
    last = seals.seal_day(MONDAY.date() + 3 * ONE_DAY, MONDAY + 9 * ONE_DAY)

    assert (last.dossiers, last.events, Seal.objects.count()) == (2, 2, 4)


@pytest.mark.parametrize("table", ["event", "seal", "paper", "viewlog"])
def test_no_table_of_the_past_can_be_emptied_at_one_stroke(table, db):
    with (
        pytest.raises(DatabaseError, match="Cannot truncate"),
        atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE dossiers_{table} CASCADE")


def test_the_command_ends_with_an_error_and_names_the_fault(dossier, capsys):
    with pytest.raises(CommandError, match="chỗ"):
        call_command("verify_journal")  # of today: the days since 2018 have no seal
    assert "Thiếu niêm phong" in capsys.readouterr().err
