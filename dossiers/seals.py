"""Niêm phong: each day of the books is bound into one signed line, kept outside the database too.

A seal covers every event and every look into a file of its day, how many there are so far, and
the seal before it; there is one for every day since the first. It is signed under a key that the
database does not hold (``SEAL_KEY``), and its line is appended to ``SEALS_DIR/YYYY.txt`` and
published: whoever owns the database can neither make one nor take one back unseen.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from dossiers import journal
from dossiers.models import Seal, ViewLog
from khanhson_portal.ground.files import close_to_others
from khanhson_portal.ground.moments import LOCAL, ONE_DAY, day_bounds, local_day

GRACE = timedelta(hours=1)  # after midnight, until the night's job must have sealed yesterday


class SealBroken(Exception):
    """A day was sealed otherwise before; ``str()`` is one Vietnamese line."""


@dataclass(frozen=True)
class Line:
    """One seal as it stands in a file: the day, what it covers, who vouches."""

    day: date
    root: str
    signature: str

    def __str__(self) -> str:
        return f"{self.day} {self.root} {self.signature}"

    @property
    def genuine(self) -> bool:
        """Whether the signature was made under this portal's key."""
        return hmac.compare_digest(self.signature, sign(self.day, self.root))

    @classmethod
    def of(cls, seal: Seal) -> Line:
        return cls(seal.day, seal.root, seal.signature)


@dataclass(frozen=True)
class Content:
    """What the books took in on one day: new subjects, events, looks, one hash over all."""

    dossiers: int
    events: int
    views: int
    digest: str


EMPTY = Content(0, 0, 0, journal.sha256(""))


def sign(day: date, root: str) -> str:
    """Return the HMAC-SHA256 of a day's root in hexadecimal."""
    key = settings.SEAL_KEY.encode()
    return hmac.new(key, f"{day} {root}".encode(), hashlib.sha256).hexdigest()


def seal_day(day: date, now: datetime) -> Seal | None:
    """Seal every day up to ``day`` that has no seal; returns the last seal made.

    Running it again makes nothing. Raises ValueError for a day that is not over, SealBroken where
    the files hold another seal of a day than the journal gives now: that is for people to look at.
    """
    if day >= local_day(now):
        raise ValueError(f"{day} is not over yet")
    kept = {line.day: line for line in lines_of(_files())}
    made: list[Seal] = []
    with transaction.atomic():
        last = Seal.objects.select_for_update().first()
        first = last.day + ONE_DAY if last else _first_day()
        busy = _busy_days()
        for unsealed in _days(first, day):
            last = _seal(unsealed, content_of(unsealed) if unsealed in busy else EMPTY, last)
            last.sealed_at = now
            if kept.get(unsealed, Line.of(last)) != Line.of(last):
                raise SealBroken(f"Ngày {unsealed:%d/%m/%Y} đã niêm phong khác với nhật ký nay có.")
            made.append(last)
        Seal.objects.bulk_create(made)
    _write(Line.of(seal) for seal in Seal.objects.order_by("day") if seal.day not in kept)
    return made[-1] if made else None


def _seal(day: date, content: Content, last: Seal | None) -> Seal:
    seal = Seal(
        day=day,
        dossiers=content.dossiers + (last.dossiers if last else 0),
        events=content.events + (last.events if last else 0),
        views=content.views + (last.views if last else 0),
        previous=last.root if last else "",
    )
    covered = [str(day), seal.dossiers, seal.events, seal.views, seal.previous, content.digest]
    seal.root = journal.sha256(journal.canonical(covered))
    seal.signature = sign(day, seal.root)
    return seal


def content_of(day: date) -> Content:
    """Return what the books took in on ``day``. Index: event_by_time, view_by_time."""
    start, end = day_bounds(day)
    digest, began, events, views = hashlib.sha256(), 0, 0, 0
    for model in journal.kinds():
        subject = f"{journal.subject_of(model)}_id"
        rows = model._default_manager.filter(recorded_at__gte=start, recorded_at__lt=end)
        for row in rows.order_by(subject, "number").values_list(subject, "number", "hash"):
            digest.update(f"{model._meta.label} {row}\n".encode())
            began, events = began + (row[1] == 1), events + 1
    looks = ViewLog.objects.filter(at__gte=start, at__lt=end).order_by("pk")
    for officer, dossier, page, at in looks.values_list("officer", "dossier", "page", "at"):
        digest.update(f"{officer} {dossier} {page} {at.astimezone(LOCAL).isoformat()}\n".encode())
        views += 1
    return Content(began, events, views, digest.hexdigest())


def _books() -> Iterator[tuple[type[Model], str]]:
    yield from ((model, "recorded_at") for model in journal.kinds())
    yield ViewLog, "at"


def _busy_days() -> set[date]:
    moments: set[datetime] = set()
    for model, column in _books():
        moments.update(model._default_manager.datetimes(column, "day", tzinfo=LOCAL))
    return {moment.date() for moment in moments}


def _first_day() -> date | None:
    return min(_busy_days(), default=None)


def _days(first: date | None, last: date) -> Iterator[date]:
    while first is not None and first <= last:
        yield first
        first += ONE_DAY


# Files -------------------------------------------------------------------------------------------


def _files() -> list[Path]:
    return sorted(Path(settings.SEALS_DIR).glob("*.txt"))


def lines_of(files: Iterable[Path]) -> Iterator[Line]:
    """Yield the seals of files, skipping remarks (#). Raises SealBroken, naming the line."""
    for file in files:
        try:
            rows = file.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise SealBroken(f"Không đọc được tệp niêm phong {file}.") from error
        for number, row in enumerate(rows, 1):
            if row.strip() and not row.startswith("#"):
                try:
                    day, root, signature = row.split()
                    yield Line(date.fromisoformat(day), root, signature)
                except ValueError as error:
                    raise SealBroken(
                        f"Tệp niêm phong {file}, dòng {number}: cần ngày, mã và chữ ký."
                    ) from error


def _write(lines: Iterable[Line]) -> None:
    """Append lines to the files of their years, on the disk when this returns. Raises OSError."""
    years: dict[int, list[Line]] = {}
    for line in lines:
        years.setdefault(line.day.year, []).append(line)
    folder = Path(settings.SEALS_DIR)
    close_to_others(folder)
    for year, rows in years.items():
        with (folder / f"{year}.txt").open("a", encoding="utf-8") as file:
            file.writelines(f"{row}\n" for row in rows)
            file.flush()
            os.fsync(file.fileno())


# Verifying -------------------------------------------------------------------------------------


def faults(now: datetime, against: Iterable[Path] = ()) -> Iterator[str]:
    """Yield one Vietnamese line for every seal that is missing, forged, or no longer true.

    ``against``: files of seals kept elsewhere, beside those of the data folder.
    """
    seals = list(Seal.objects.order_by("day"))
    yield from _gaps(seals, now)
    busy, last = _busy_days(), None
    for seal in seals:
        found = _seal(seal.day, content_of(seal.day) if seal.day in busy else EMPTY, last)
        if not Line.of(seal).genuine:
            yield f"Niêm phong ngày {seal.day:%d/%m/%Y} không mang chữ ký của cổng này."
        if _told(found) != _told(seal):
            yield f"Niêm phong ngày {seal.day:%d/%m/%Y} không khớp với nhật ký."
        last = seal
    yield from _differences({seal.day: Line.of(seal) for seal in seals}, against)


def _told(seal: Seal) -> tuple[Any, ...]:
    return seal.dossiers, seal.events, seal.views, seal.root, seal.previous


def _gaps(seals: list[Seal], now: datetime) -> Iterator[str]:
    """A day without its seal, from the first day of the books to the last that is over."""
    sealed = {seal.day for seal in seals}
    first = min(filter(None, [_first_day(), min(sealed, default=None)]), default=None)
    missing = [day for day in _days(first, local_day(now - GRACE) - ONE_DAY) if day not in sealed]
    if missing:
        yield (
            f"Thiếu niêm phong của {len(missing)} ngày, từ {missing[0]:%d/%m/%Y} "
            f"đến {missing[-1]:%d/%m/%Y}."
        )


def _differences(sealed: dict[date, Line], against: Iterable[Path]) -> Iterator[str]:
    """Yield where the files and the table of seals say different things."""
    own = set[date]()
    for file in [*_files(), *against]:
        try:
            for line in lines_of([file]):
                own.add(line.day)
                if not line.genuine:
                    yield f"Tệp {file.name}: chữ ký của ngày {line.day:%d/%m/%Y} không đúng."
                elif line.day not in sealed:
                    yield f"Ngày {line.day:%d/%m/%Y} có trong tệp {file.name}, không còn trong sổ."
                elif sealed[line.day] != line:
                    yield f"Niêm phong ngày {line.day:%d/%m/%Y} khác với tệp {file.name}."
        except SealBroken as broken:
            yield str(broken)
    if sealed.keys() - own:
        yield f"Thư mục niêm phong thiếu {len(sealed.keys() - own)} ngày mà cơ sở dữ liệu có."
