"""Stored files: readable by the portal alone, whole or not there, still there after a power cut.

Everything goes through Django's storages, so that an object store can take the place of the data
folder: "default" gives every file a name of its own, "kept" holds files under the hash of their
bytes, where the same content written twice is one file. A row that names a hash is committed only
after ``keep`` has returned: from then on the file outlives the machine's power.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

PRIVATE_UMASK = 0o077
FILE_MODE, FOLDER_MODE = 0o600, 0o700


class FileLost(Exception):
    """A kept file is not there, or cannot be read."""


class FileChanged(Exception):
    """A kept file is no longer the bytes that were written."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(shelf: str, content: bytes, ending: str = ".pdf") -> str:
    """Write ``content`` on ``shelf`` under its hash and return the hash; again is one file.

    A file that a power cut or a hand spoiled is written anew. Raises OSError.
    """
    digest = sha256(content)
    try:
        kept(shelf, digest, ending)
    except (FileLost, FileChanged):
        _storage().save(name_of(shelf, digest, ending), ContentFile(content))
    return digest


def kept(shelf: str, digest: str, ending: str = ".pdf") -> bytes:
    """Return a kept file, checked against its hash. Raises FileLost, FileChanged."""
    try:
        with _storage().open(name_of(shelf, digest, ending)) as file:
            content = bytes(file.read())
    except OSError as error:
        raise FileLost(digest) from error
    if sha256(content) != digest:
        raise FileChanged(digest)
    return content


def forget(shelf: str, digest: str, ending: str = ".pdf") -> None:
    """Delete a kept file; one that is gone already is no error."""
    _storage().delete(name_of(shelf, digest, ending))


def name_of(shelf: str, digest: str, ending: str = ".pdf") -> str:
    return f"{shelf}/{digest[:2]}/{digest[2:4]}/{digest}{ending}"


def keep_private() -> None:
    """Let this process and its children make nothing that another account can read."""
    os.umask(PRIVATE_UMASK)


def close_to_others(folder: Path) -> None:
    """Make ``folder`` (created where missing) one that no other account can enter.

    Raises PermissionError where it belongs to somebody else.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(FOLDER_MODE)


class DurableStorage(FileSystemStorage):
    """The data folder as a storage: a temporary name, flushed to the disk, then the real name.

    Whoever opens a name finds a whole file. The name is on the disk too when ``save`` returns.
    """

    def __init__(self, *, allow_overwrite: bool = False, **options: Any) -> None:
        super().__init__(allow_overwrite=allow_overwrite, **options)
        self._shares_names = allow_overwrite

    def _save(self, name: str, content: Any) -> str:
        name, full = self._reserved(name)
        draft = f"{full}.{secrets.token_hex(4)}.part"
        try:
            _write(draft, content.chunks())
            os.replace(draft, full)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(draft)
            if not self._shares_names:
                os.unlink(full)
            raise
        _flush_folder(os.path.dirname(full))
        return name

    def _reserved(self, name: str) -> tuple[str, str]:
        """Return a free name and its place, taken by an empty file where names are not shared."""
        full = self.path(name)
        _make_folders(Path(full).parent)
        while not self._shares_names:
            try:
                os.close(os.open(full, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
                break
            except FileExistsError:
                name = self.get_available_name(name)
                full = self.path(name)
        return name, full


def _storage() -> Storage:
    return storages["kept"]


def _write(place: str, chunks: Iterator[bytes | str]) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in chunks:
            file.write(chunk.encode() if isinstance(chunk, str) else chunk)
        file.flush()
        os.fsync(file.fileno())


def _make_folders(folder: Path) -> None:
    """Create missing folders, each of them on the disk before anything is put into it."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        with suppress(FileExistsError):
            place.mkdir(mode=FOLDER_MODE)
        _flush_folder(str(place.parent))


def _flush_folder(folder: str) -> None:
    with _opened(folder) as descriptor:
        os.fsync(descriptor)


@contextmanager
def _opened(folder: str) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
