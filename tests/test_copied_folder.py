"""A copied data folder is a database of its own: a restore never writes into the original."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from django.db import connection

from khanhson_portal import database

RESTORE = """
from pathlib import Path
import psycopg
from khanhson_portal import database
with psycopg.connect(database.ensure_running(Path("{copy}"))) as books:
    books.execute("INSERT INTO so VALUES ('khôi phục')")
    print(books.execute("SELECT count(*) FROM so").fetchone()[0])
"""


@pytest.fixture
def running(db) -> list[str]:
    """The lines of the lock file of the server that the tests stand on, which is alive."""
    folder = Path(connection.settings_dict["HOST"])
    lock = folder / "postmaster.pid"
    if not lock.exists():
        pytest.skip("the tests stand on another PostgreSQL, on another machine perhaps")
    return lock.read_text().splitlines()


def cluster_with(folder: Path, lines: list[str]) -> Path:
    folder.mkdir()
    (folder / "postmaster.pid").write_text("\n".join(lines))
    (folder / ".handle_pids.json").write_text(f"[{os.getpid()}]")
    return folder


def test_the_lock_of_another_folders_server_is_not_believed(running, tmp_path):
    copy = cluster_with(tmp_path / "postgres", running)

    database._forget_dead_processes(copy)

    assert not (copy / "postmaster.pid").exists()
    assert (copy / ".handle_pids.json").read_text() == "[]"  # the original's processes, not ours


def test_the_lock_of_the_folders_own_server_stays_whatever_the_folder_is_called_now(
    running, tmp_path
):
    original = Path(running[1])
    alias = tmp_path / "postgres"
    alias.symlink_to(original)
    before = (original / "postmaster.pid").read_text()

    database._forget_dead_processes(original)
    database._forget_dead_processes(alias)

    assert (original / "postmaster.pid").read_text() == before


@pytest.mark.processes
def test_a_copy_of_a_running_portals_folder_opens_a_database_of_its_own():
    with TemporaryDirectory(prefix="ban-sao-") as folder:
        original, copy = Path(folder) / "data", Path(folder) / "copy"
        url = database.ensure_running(original)
        try:
            with psycopg.connect(url, autocommit=True) as books:
                books.execute("CREATE TABLE so (ghi text)")
                books.execute("INSERT INTO so VALUES ('cũ')")
                books.execute("CHECKPOINT")
                subprocess.run(["cp", "-a", str(original), str(copy)], check=True)
                code = RESTORE.format(copy=copy)
                restored = subprocess.run(
                    [sys.executable, "-c", code], capture_output=True, text=True, check=False
                )
                assert restored.stdout.strip() == "2", restored.stderr
                assert books.execute("SELECT ghi FROM so").fetchall() == [("cũ",)]
        finally:
            database.stop_embedded(original)
            database.ensure_running.cache_clear()
