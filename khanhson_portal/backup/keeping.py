"""Making, keeping and restoring archives: what goes in, how long it stays, where it is unpacked."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
from django.conf import settings
from django.utils.timezone import localtime, make_aware

from khanhson_portal.backup import archive, dumping

DATABASE = "database.dump"
KEYS = {"secret-key": "SECRET_KEY", "seal-key": "SEAL_KEY"}  # file of the data folder: setting
FOLDERS = {"files": "MEDIA_ROOT", "seals": "SEALS_DIR"}  # name in the archive: setting
NAME = re.compile(r"mot-cua-(\d{8}-\d{6})\.tar")
DAILY, WEEKLY, MONTHLY = 7, 5, 12  # archives kept: the newest of so many days, weeks, months


class BackupFailed(Exception):
    """Nothing was kept, or the second place has no copy; ``str()`` is one Vietnamese line."""


class CannotRestore(Exception):
    """Nothing was restored; ``str()`` is one Vietnamese line."""


@dataclass(frozen=True)
class Made:
    """An archive just made and read again."""

    place: Path
    files: int
    has_key: bool

    def __str__(self) -> str:
        size = self.place.stat().st_size / 1e6
        key = "" if self.has_key else " KHÔNG CÓ KHÓA: hãy đặt PORTAL_BACKUP_PASSPHRASE."
        return f"{self.place.name}: {self.files} tệp, {size:.1f} MB.{key}"


# Making --------------------------------------------------------------------------------------


def back_up(now: datetime, folder: Path | None = None) -> Made:
    """Make an archive in ``folder`` (else the portal's), read it again, copy it, drop old ones.

    Without a passphrase the archive has no key, and says so. Raises BackupFailed.
    """
    target = folder or settings.BACKUP_DIR
    place = target / f"mot-cua-{localtime(now):%Y%m%d-%H%M%S}.tar"
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target, prefix=".dump-") as staging:
            dump = Path(staging) / DATABASE
            dumping.dump(dump)  # before the files: each file that a row names is there already
            archive.write(place, _members(dump), {"made": now.isoformat(), "version": 1})
        manifest = archive.check(place)
    except (OSError, dumping.DumpFailed, archive.ArchiveDamaged) as error:
        raise BackupFailed(f"Chưa sao lưu được vào {target}: {_reason(error)}") from error
    if folder is None:
        forget_old(target)
        _copy_to_second(place)
    names = manifest["sha256"]
    files = sum(name.startswith("files/") for name in names)
    return Made(place, files, all(f"{name}.age" in names for name in KEYS))


def _members(dump: Path) -> Iterator[tuple[str, Path | bytes]]:
    yield DATABASE, dump
    if settings.BACKUP_PASSPHRASE:
        for name, setting in KEYS.items():
            key = getattr(settings, setting).encode()
            yield f"{name}.age", pyrage.passphrase.encrypt(key, settings.BACKUP_PASSPHRASE)
    for name, setting in FOLDERS.items():
        root = Path(getattr(settings, setting))
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".part":
                yield f"{name}/{path.relative_to(root).as_posix()}", path


def _copy_to_second(place: Path) -> None:
    """Copy to the second place, as a rule a disk that is carried away; it is never created."""
    second: Path | None = settings.BACKUP_SECOND_DIR
    if second is None:
        return
    draft = second / f"{place.name}.part"
    try:
        if not second.is_dir():
            raise BackupFailed(
                f"Bản sao thứ hai chưa có: không thấy thư mục {second} (cắm ổ chưa?)."
            )
        archive.copy(place, draft)
        archive.check(draft)
        draft.replace(second / place.name)
        forget_old(second)
    except (OSError, archive.ArchiveDamaged) as error:
        draft.unlink(missing_ok=True)
        raise BackupFailed(f"Bản sao thứ hai vào {second} hỏng: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


# Keeping -------------------------------------------------------------------------------------


def archives(folder: Path) -> list[Path]:
    """Return the archives of a folder, the newest first."""
    found = [path for path in folder.glob("mot-cua-*.tar") if NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def moment_of(place: Path) -> datetime:
    """Return when an archive was made, from its name (local time)."""
    return make_aware(datetime.strptime(place.name, "mot-cua-%Y%m%d-%H%M%S.tar"))  # noqa: DTZ007


def forget_old(folder: Path) -> None:
    all_of_them = archives(folder)
    kept = to_keep(moment_of(place) for place in all_of_them)
    for place in all_of_them:
        if moment_of(place) not in kept:
            place.unlink(missing_ok=True)


def to_keep(moments: Iterable[datetime]) -> set[datetime]:
    """Return the newest of each of the last 7 days, 5 weeks and 12 months that have any."""
    newest_first = sorted(moments, reverse=True)
    kept: set[datetime] = set()
    for span, count in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        newest: dict[str, datetime] = {}
        for moment in newest_first:
            newest.setdefault(localtime(moment).strftime(span), moment)
        kept |= set(list(newest.values())[:count])
    return kept


# Restoring -----------------------------------------------------------------------------------


def restore(place: Path) -> None:
    """Restore an archive into this portal's empty data folder and database; all or nothing.

    Every hash is checked before anything is written. Raises ArchiveDamaged, CannotRestore.
    """
    if not NAME.fullmatch(place.name):
        raise CannotRestore(f"{place.name}: tên bản sao lưu phải là mot-cua-NGÀY-GIỜ.tar.")
    manifest = archive.check(place)
    folders = {name: Path(getattr(settings, setting)) for name, setting in FOLDERS.items()}
    for folder in folders.values():
        if folder.exists() and any(folder.iterdir()):
            raise CannotRestore(f"{folder} đã có tệp; chỉ khôi phục vào thư mục dữ liệu trống.")
    if not dumping.is_empty():
        raise CannotRestore(
            "Cơ sở dữ liệu đã có bảng; chỉ khôi phục vào cơ sở dữ liệu trống. "
            "Đặt PORTAL_DATA_DIR sang một thư mục mới."
        )
    sealed = [name for name in KEYS if f"{name}.age" in manifest["sha256"]]
    if sealed and not settings.BACKUP_PASSPHRASE:
        raise CannotRestore("Đặt PORTAL_BACKUP_PASSPHRASE(_FILE) bằng mật khẩu lúc sao lưu.")
    staging = settings.DATA_DIR / f".restore-{secrets.token_hex(4)}"
    staging.mkdir(mode=0o700)
    try:
        archive.unpack(place, staging)
        keys = {name: _opened(staging / f"{name}.age") for name in sealed}
        dumping.load(staging / DATABASE)
        for name, folder in folders.items():
            if (staging / name).exists():
                if folder.exists():
                    folder.rmdir()
                (staging / name).replace(folder)
        for name, key in keys.items():
            _put_key(name, key)
    except dumping.DumpFailed as error:
        raise CannotRestore(str(error)) from error
    except OSError as error:
        raise CannotRestore(f"Chưa khôi phục được: {_reason(error)}.") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _opened(place: Path) -> bytes:
    try:
        return bytes(pyrage.passphrase.decrypt(place.read_bytes(), settings.BACKUP_PASSPHRASE))
    except pyrage.DecryptError as error:
        raise CannotRestore("PORTAL_BACKUP_PASSPHRASE không phải mật khẩu lúc sao lưu.") from error


def _put_key(name: str, key: bytes) -> None:
    """Put a key where the settings look for it; the one there was made a moment ago by them."""
    keeper, draft = settings.DATA_DIR / name, settings.DATA_DIR / f".{name}.part"
    draft.touch(mode=0o600)
    draft.write_bytes(key)
    draft.replace(keeper)
