"""A small portal is backed up and restored elsewhere: the same papers, genuine, and whole books."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from dossiers.jobs import seal_yesterday
from dossiers.models import Paper
from dossiers.papers import genuine
from dossiers.papers import keeping as papers
from khanhson_portal.backup import jobs, keeping, work
from khanhson_portal.ground import last_runs
from khanhson_portal.ground.models import LastRun
from tests import processes
from tests.factories import make_district, make_dossier

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PASSPHRASE = "lúa nương chín vàng"


@pytest.fixture(autouse=True)
def small_portal(settings, tmp_path):
    """A district with one dossier and its paper drawn, backed up into tmp_path/kept."""
    settings.BACKUP_DIR = tmp_path / "kept"
    settings.BACKUP_SECOND_DIR = None
    settings.BACKUP_PASSPHRASE = PASSPHRASE
    settings.SEALS_DIR = tmp_path / "seals"
    make_dossier(make_district())
    for paper in Paper.objects.all():
        papers.original(paper)
    seal_yesterday()
    yield from processes.emptied_afterwards()


def elsewhere(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of a portal with another data folder and a server of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
    env = {**kept, "PORTAL_DATA_DIR": str(folder), "PORTAL_BACKUP_PASSPHRASE": PASSPHRASE, **more}
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=portal.BASE_DIR, env=env,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_portal_restored_elsewhere_has_the_same_genuine_papers(tmp_path):
    paper = Paper.objects.exclude(pdf_sha256="").first()
    code = genuine.code_of(paper.pk)
    made = work.back_up(now())
    new = tmp_path / "new"
    new.mkdir()

    restored = elsewhere(new, "restore", str(made.place))
    checked = elsewhere(new, "verify_all")
    of_paper = elsewhere(new, "check_paper", code)
    again = elsewhere(new, "restore", str(made.place))

    assert restored.returncode == 0, restored.stderr
    assert checked.returncode == 0, checked.stderr
    assert f"giấy số {paper.pk} " in of_paper.stdout, of_paper.stderr
    assert (new / "secret-key").read_text() == portal.SECRET_KEY
    assert (new / "seal-key").read_text() == portal.SEAL_KEY
    assert (new / "secret-key").stat().st_mode & 0o777 == 0o600
    assert (new / "files" / papers.files.name_of("papers", paper.pdf_sha256)).is_file()
    assert again.returncode == 1
    assert "trống" in again.stderr
    assert not list(new.glob(".restore-*"))


def test_what_cannot_be_restored_is_said_and_leaves_the_folder_empty(tmp_path):
    made = work.back_up(now())
    spoiled = tmp_path / made.place.name
    content = bytearray(made.place.read_bytes())
    with tarfile.open(made.place) as tar:
        content[tar.getmember("database.dump").offset_data + 99] ^= 1
    spoiled.write_bytes(content)
    new = tmp_path / "new"
    new.mkdir()

    damaged = elsewhere(new, "restore", str(spoiled))
    stranger = elsewhere(new, "restore", str(made.place), PORTAL_BACKUP_PASSPHRASE="sai")
    whole = elsewhere(new, "restore", str(made.place))

    assert "hỏng ở database.dump" in damaged.stderr
    assert "không phải mật khẩu" in stranger.stderr
    assert "Traceback" not in damaged.stderr + stranger.stderr
    assert whole.returncode == 0, whole.stderr


def test_the_drill_tries_the_newest_archive_and_remembers_how_it_went():
    work.back_up(now())

    told = work.drill(now())

    assert "nguyên vẹn" in told
    assert last_runs.of(LastRun.Name.DRILL).well
    assert jobs.drill() == "tried this week"
    assert not list(portal.DATA_DIR.glob(".drill-*"))


def test_a_drill_finds_a_paper_that_was_changed_before_the_backup(settings):
    paper = Paper.objects.exclude(pdf_sha256="").first()
    place = Path(settings.MEDIA_ROOT) / papers.files.name_of("papers", paper.pdf_sha256)
    place.write_bytes(place.read_bytes() + b" ")
    work.back_up(now())

    with pytest.raises(work.DrillFailed, match="đã bị thay đổi"):
        work.drill(now())

    assert not last_runs.of(LastRun.Name.DRILL).well


def test_the_key_is_not_in_the_archive_as_it_is():
    made = work.back_up(now())

    assert portal.SECRET_KEY.encode() not in made.place.read_bytes()
    assert last_runs.of(LastRun.Name.BACKUP).well


def test_a_backup_without_a_passphrase_has_no_key_and_says_so(settings):
    settings.BACKUP_PASSPHRASE = ""

    made = work.back_up(now())

    assert not made.has_key
    assert not last_runs.of(LastRun.Name.BACKUP).well
    assert "PORTAL_BACKUP_PASSPHRASE" in last_runs.of(LastRun.Name.BACKUP).told


def test_the_second_folder_gets_a_copy_and_a_missing_disk_is_said(settings, tmp_path):
    settings.BACKUP_SECOND_DIR = tmp_path / "usb"
    with pytest.raises(CommandError, match="cắm ổ chưa"):
        call_command("backup")
    (tmp_path / "usb").mkdir()

    made = work.back_up(now())

    assert len(keeping.archives(settings.BACKUP_DIR)) >= 1  # the first one was kept all the same
    (copy,) = keeping.archives(tmp_path / "usb")
    assert copy.read_bytes() == made.place.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_is_said_in_one_line():
    with pytest.raises(CommandError, match=r"^Chưa sao lưu được vào /proc/x: [^\n]+$"):
        call_command("backup", to=Path("/proc/x"))
