"""The archive of a backup: a plain tar whose every member stands with its SHA-256 in a list.

``tar`` and ``sha256sum`` open and check it without the portal. The list is the last member but
one, its own hash the last, so an archive that was cut short or spoiled anywhere is known.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

LIST, HASH_OF_LIST = "manifest.json", "manifest.sha256"
PIECE = 1024 * 1024  # bytes read at once


class ArchiveDamaged(Exception):
    """An archive that cannot be trusted; ``str()`` is Vietnamese and names the member."""


class _Hashing:
    """A file that hashes what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.hash.update(piece)
        return piece


def write(place: Path, members: Iterable[tuple[str, Path | bytes]], facts: dict[str, Any]) -> None:
    """Write an archive at ``place`` (0600): under another name first, on the disk when it returns.

    A file that is deleted meanwhile is left out. Raises OSError.
    """
    draft = place.with_name(f"{place.name}.part")
    draft.unlink(missing_ok=True)
    hashes: dict[str, str] = {}
    try:
        with (
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
            tarfile.open(fileobj=file, mode="w") as tar,
        ):
            for name, source in members:
                _add(tar, name, source, hashes)
            listed = json.dumps(facts | {"sha256": hashes}, indent=1, sort_keys=True).encode()
            _add(tar, LIST, listed, {})
            _add(tar, HASH_OF_LIST, hashlib.sha256(listed).hexdigest().encode(), {})
            tar.close()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    _flush(place.parent)


def _add(tar: tarfile.TarFile, name: str, source: Path | bytes, hashes: dict[str, str]) -> None:
    try:
        file = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    except FileNotFoundError:
        return
    with file:
        entry = tarfile.TarInfo(name)
        entry.mode = 0o600
        entry.size = file.seek(0, os.SEEK_END)
        file.seek(0)
        reader = _Hashing(file)
        tar.addfile(entry, reader)
        hashes[name] = reader.hash.hexdigest()


def check(place: Path) -> dict[str, Any]:
    """Read the whole archive and return its list; raises ArchiveDamaged naming the first member."""
    return _walk(place, None)


def unpack(place: Path, folder: Path) -> dict[str, Any]:
    """Write the members under ``folder``, each hash checked once more; raises ArchiveDamaged."""
    return _walk(place, folder)


def _walk(place: Path, folder: Path | None) -> dict[str, Any]:
    found: dict[str, str] = {}
    ends: dict[str, bytes] = {}
    last = "đầu tệp"
    try:
        with tarfile.open(place, "r:") as tar:
            for entry in tar:
                last = entry.name
                file = tar.extractfile(entry) if entry.isreg() else None
                if file is None or not _is_plain(entry.name):
                    raise ArchiveDamaged(f"{place.name}: {entry.name!r} không phải tệp thường.")
                with file:
                    if entry.name in {LIST, HASH_OF_LIST}:
                        ends[entry.name] = file.read()
                    else:
                        found[entry.name] = _copy(file, folder / entry.name if folder else None)
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveDamaged(f"{place.name} hỏng ở quanh {last}: không đọc tiếp được.") from error
    except OSError as error:
        raise ArchiveDamaged(
            f"{place.name}: không đọc được ({error.strerror or error})."
        ) from error
    return _compared(place.name, found, ends, last)


def _compared(
    name: str, found: dict[str, str], ends: dict[str, bytes], last: str
) -> dict[str, Any]:
    if set(ends) != {LIST, HASH_OF_LIST}:
        raise ArchiveDamaged(f"{name} hỏng hoặc bị cắt ngắn ở sau {last}: thiếu bản kê.")
    if hashlib.sha256(ends[LIST]).hexdigest().encode() != ends[HASH_OF_LIST]:
        raise ArchiveDamaged(f"{name} hỏng ở {LIST}: không khớp {HASH_OF_LIST}.")
    manifest: dict[str, Any] = json.loads(ends[LIST])
    listed: dict[str, str] = manifest["sha256"]
    for member, digest in listed.items():
        if member not in found:
            raise ArchiveDamaged(f"{name} hỏng: thiếu {member}.")
        if found[member] != digest:
            raise ArchiveDamaged(f"{name} hỏng ở {member}: không khớp mã SHA-256.")
    for member in found.keys() - listed.keys():
        raise ArchiveDamaged(f"{name} hỏng: {member} không có trong bản kê.")
    return manifest


def _is_plain(name: str) -> bool:
    """Whether a name stays inside the folder it is unpacked into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _copy(file: IO[bytes], target: Path | None) -> str:
    """Read a member to its end, into ``target`` where there is one; return its hash."""
    reader = _Hashing(file)
    if target is None:
        while reader.read(PIECE):
            pass
        return reader.hash.hexdigest()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _put(reader, target)
    return reader.hash.hexdigest()


def copy(place: Path, target: Path) -> None:
    """Copy an archive, on the disk when it returns; a half copy left there goes. Raises OSError."""
    target.unlink(missing_ok=True)
    with place.open("rb") as file:
        _put(_Hashing(file), target)


def _put(reader: _Hashing, target: Path) -> None:
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        while piece := reader.read(PIECE):
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
