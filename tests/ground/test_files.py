"""Stored files: private, whole, and on the disk before anybody is told of them."""

from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from khanhson_portal.ground import files
from tests.test_house_rules import BASE, PRODUCT, modules


def place(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / files.name_of("papers", digest)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_same_content_is_one_file_under_its_hash():
    digest = files.keep("papers", b"giay")

    assert files.keep("papers", b"giay") == digest
    assert files.kept("papers", digest) == b"giay"
    assert [p.name for p in place(digest).parent.iterdir()] == [f"{digest}.pdf"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_no_other_account_can_read_a_stored_file_whatever_the_umask(umask):
    before = os.umask(umask)
    try:
        kept = place(files.keep("papers", b"giay"))
        named = Path(default_storage.path(default_storage.save("a/b/x.csv", ContentFile(b"1"))))
    finally:
        os.umask(before)

    for file in (kept, named):
        assert mode(file) == 0o600
        for folder in file.parents[: file.parents.index(Path(settings.MEDIA_ROOT)) + 1]:
            assert mode(folder) == 0o700


def test_a_folder_open_to_others_is_closed(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir(mode=0o755)

    files.close_to_others(folder)

    assert mode(folder) == 0o700


def test_the_processes_of_the_portal_make_nothing_that_others_can_read():
    for start in ("manage.py", "khanhson_portal/wsgi.py", "khanhson_portal/serve.py"):
        assert "keep_private()" in (BASE / start).read_text(), start


def test_bytes_and_names_are_on_the_disk_before_keep_returns(monkeypatch):
    """Order of the calls: file flushed, renamed, folder flushed; new folders flushed before."""
    done: list[str] = []
    flush, rename = os.fsync, os.replace

    def fsync(descriptor):
        name = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        done.append("folder" if name.is_dir() else "file")
        flush(descriptor)

    def replace(old, new):
        done.append("rename")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)

    files.keep("papers", b"giay")

    assert done[-3:] == ["file", "rename", "folder"]
    assert done[:-3].count("folder") >= 3  # papers, ab, cd: each named on the disk in its parent


@pytest.mark.parametrize("left", [b"", b"gi", b"khac"])
def test_what_a_power_cut_or_a_hand_left_is_told_and_written_anew(left):
    digest = files.keep("papers", b"giay")
    place(digest).write_bytes(left)

    with pytest.raises(files.FileChanged):
        files.kept("papers", digest)
    files.keep("papers", b"giay")
    assert files.kept("papers", digest) == b"giay"


def test_a_lost_file_is_told_and_forgetting_it_twice_is_forgetting_it_once():
    digest = files.keep("papers", b"giay")
    files.forget("papers", digest)
    files.forget("papers", digest)

    with pytest.raises(files.FileLost):
        files.kept("papers", digest)


def test_a_write_that_fails_leaves_nothing_behind(monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        default_storage.save("x.csv", ContentFile(b"1"))
    monkeypatch.undo()

    assert not [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]


def test_two_files_of_one_name_are_two_files():
    def save(number: int) -> str:
        return default_storage.save("imports/danh-muc.csv", ContentFile(str(number).encode()))

    with ThreadPoolExecutor(4) as several:
        names = list(several.map(save, range(12)))

    assert len(set(names)) == 12
    assert {default_storage.open(name).read() for name in names} == {
        str(number).encode() for number in range(12)
    }


def test_an_object_store_can_take_the_place_of_the_folder(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "kept": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }

    digest = files.keep("papers", b"giay")

    assert files.kept("papers", digest) == b"giay"
    assert storages["kept"].exists(files.name_of("papers", digest))
    assert not Path(settings.MEDIA_ROOT).exists()


def test_nobody_writes_into_the_data_folder_by_another_road():
    for folder in PRODUCT:
        for path in modules(folder):
            if path.name not in {"settings.py", "serve.py"}:
                assert not re.search(r"settings\.MEDIA_ROOT", path.read_text()), path
