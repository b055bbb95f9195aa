"""The archive: what was written comes out the same, and whatever was spoiled is named."""

from __future__ import annotations

import tarfile
from datetime import datetime, timedelta

import pytest

from khanhson_portal.backup import archive, keeping
from khanhson_portal.ground.moments import LOCAL


@pytest.fixture
def made(tmp_path):
    """An archive of three members, one of them from a file."""
    source = tmp_path / "giay.pdf"
    source.write_bytes(b"%PDF giay" * 300)
    place = tmp_path / "mot-cua-20261128-013000.tar"
    members = [("database.dump", b"PGDMP" * 500), ("files/giay.pdf", source), ("k.age", b"age")]
    archive.write(place, members, {"made": "2026-11-28"})
    return place


def test_an_archive_comes_out_as_it_went_in_and_is_for_its_owner_only(made, tmp_path):
    manifest = archive.unpack(made, tmp_path / "out")

    assert set(manifest["sha256"]) == {"database.dump", "files/giay.pdf", "k.age"}
    assert (tmp_path / "out/files/giay.pdf").read_bytes() == b"%PDF giay" * 300
    assert made.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))


def members() -> list[str]:
    return ["database.dump", "files/giay.pdf", "k.age", "manifest.json", "manifest.sha256"]


@pytest.mark.parametrize("name", members())
def test_one_flipped_byte_in_any_member_is_found_and_named(made, name):
    with tarfile.open(made) as tar:
        at = tar.getmember(name).offset_data
    content = bytearray(made.read_bytes())
    content[at + 1] ^= 1
    made.write_bytes(content)

    with pytest.raises(archive.ArchiveDamaged) as damage:
        archive.check(made)

    assert name.split(".sha")[0].split(".json")[0] in str(damage.value)


def test_one_flipped_byte_in_any_header_is_found(made):
    with tarfile.open(made) as tar:
        headers = [entry.offset for entry in tar]
    whole = made.read_bytes()
    for offset in headers:
        content = bytearray(whole)
        content[offset + 3] ^= 1
        made.write_bytes(content)
        with pytest.raises(archive.ArchiveDamaged):
            archive.check(made)


@pytest.mark.parametrize("kept", [0, 100, 1500, 5000])
def test_an_archive_cut_short_is_refused(made, kept):
    made.write_bytes(made.read_bytes()[:kept])

    with pytest.raises(archive.ArchiveDamaged):
        archive.check(made)


@pytest.mark.parametrize("name", ["../ra-ngoai", "/etc/passwd", "files/../../x"])
def test_a_member_that_would_leave_the_folder_is_refused(tmp_path, name):
    place = tmp_path / "x.tar"
    archive.write(place, [(name, b"x")], {})

    with pytest.raises(archive.ArchiveDamaged):
        archive.unpack(place, tmp_path / "out")


def test_a_link_is_refused(tmp_path):
    place = tmp_path / "x.tar"
    with tarfile.open(place, "w") as tar:
        link = tarfile.TarInfo("files/x")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)

    with pytest.raises(archive.ArchiveDamaged):
        archive.unpack(place, tmp_path / "out")


def test_seven_days_five_weeks_and_twelve_months_are_kept():
    last = datetime(2026, 11, 28, 1, 30, tzinfo=LOCAL)
    nights = [last - timedelta(days=n) for n in range(800)]

    kept = sorted(keeping.to_keep(nights), reverse=True)

    assert kept[:7] == nights[:7]
    assert [m.strftime("%d/%m") for m in kept[7:10]] == ["15/11", "08/11", "01/11"]
    assert len({m.strftime("%Y-%m") for m in kept}) == 12
    assert kept[-1] == datetime(2025, 12, 31, 1, 30, tzinfo=LOCAL)
    assert keeping.to_keep(kept) == set(kept)


def test_days_without_an_archive_cost_no_older_one():
    months = [datetime(2020 + n, 5, 1, tzinfo=LOCAL) for n in range(7)]

    assert keeping.to_keep(months) == set(months)


def test_a_file_of_another_name_is_never_deleted(tmp_path):
    (tmp_path / "mot-cua-cua-toi.tar").touch()
    (tmp_path / "anh.tar").touch()
    for day in range(1, 29):
        (tmp_path / f"mot-cua-202602{day:02}-013000.tar").touch()

    keeping.forget_old(tmp_path)

    assert (tmp_path / "mot-cua-cua-toi.tar").exists()
    assert (tmp_path / "anh.tar").exists()
    assert len(keeping.archives(tmp_path)) < 12
