"""Thư nhắc việc: one letter per officer on a working morning, about what is new since the last.

Letters name dossiers by their codes; citizens' names and sensitive procedures stay in the portal.
An officer without an e-mail address reads the same on the desk (``/mot-cua/nhac-viec/``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse

from dossiers.models import Alarm, Dossier, Notice, NoticeChannel, NoticeKind, NoticeStatus
from dossiers.notices.alarms import expected_at, raise_alarms
from dossiers.notices.duties import Watch, apology_due, watch_of
from khanhson_portal.ground.locks import advisory_lock
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.words import short_date
from procedures.offices import Duties, Officer, Post
from procedures.worktime import Holiday

MOST_LINES = 30  # dossiers per part of a letter; the rest is a number and a link
NAMED = [  # what a letter says of a dossier, and what decides whose letter
    "code", "reference", "due_at", "promised_at", "desk_id", "holder_officer_id",
    "version__title", "version__procedure__sensitive", "holder__short_name",
]  # fmt: skip
APOLOGY = "Cần xin lỗi và hẹn lại ngay hôm nay"
TITLES = {
    100: "Đã hết thời gian",
    80: "Đã dùng hơn 80 % thời gian",
    50: "Đã dùng hơn một nửa thời gian",
}


@dataclass
class Part:
    """One list of a letter: its title, its first dossiers, and how many more there are."""

    title: str
    dossiers: list[Dossier] = field(default_factory=list)

    @property
    def listed(self) -> list[Dossier]:
        return self.dossiers[:MOST_LINES]

    @property
    def more(self) -> int:
        return max(len(self.dossiers) - MOST_LINES, 0)


@dataclass
class Reader:
    """An officer with an address, one agency of theirs, and what they watch."""

    officer: Officer
    agency_id: int
    watch: Watch


def write_digests(now: datetime) -> int:
    """Raise the alarms and put one letter per officer concerned into the outbox; return how many.

    Not on days off. An alarm is told in the letters of one day, all of them or none; running it
    again the same day writes nothing.
    """
    day = local_day(now)
    calendar = Holiday.objects.calendar(None, day)
    if not calendar.is_working(day):
        return 0
    raise_alarms(now)
    with advisory_lock("digests") as held:
        if not held or Notice.objects.filter(kind=NoticeKind.DIGEST, day=day).exists():
            return 0
        alarms = _untold_alarms()
        dossiers = Dossier.objects.select_related("version__procedure", "holder").only(*NAMED)
        apologies = list(apology_due(dossiers, now, calendar).order_by("due_at", "pk"))
        letters = [
            _letter(reader, parts, now)
            for reader in _readers(day)
            if (parts := _parts(reader.watch, alarms, apologies))
        ]
        Notice.objects.bulk_create(letters)
        Alarm.objects.filter(told_on=None).update(told_on=day)
    return len(letters)


def _untold_alarms() -> list[Alarm]:
    """Return the highest untold alarm of each dossier that still runs to the same day.

    Index: alarm_not_told.
    """
    rows = (
        Alarm.objects.filter(told_on=None, dossier__in=Dossier.objects.ticking().values("pk"))
        .annotate(expected=expected_at("dossier__"))
        .filter(due_at=F("expected"))
        .select_related("dossier__version__procedure", "dossier__holder")
        .only("due_at", "threshold", *(f"dossier__{name}" for name in NAMED))
        .order_by("dossier_id", "-threshold")
        .distinct("dossier_id")
    )
    return sorted(rows, key=lambda alarm: (alarm.due_at, alarm.dossier_id))


def _readers(day: date) -> list[Reader]:
    """Return everybody who holds a post and has an address; one query more for each leader."""
    posts = Post.objects.in_force(day).filter(officer__is_active=True)
    posts = posts.exclude(officer__email="").select_related("officer").prefetch_related("groups")
    held: dict[Officer, list[Post]] = defaultdict(list)
    for post in posts.order_by("officer", "pk"):
        held[post.officer].append(post)
    return [
        Reader(officer, mine[0].agency_id, watch_of(officer.pk, Duties.of(mine)))
        for officer, mine in held.items()
    ]


def _parts(watch: Watch, alarms: list[Alarm], apologies: list[Dossier]) -> list[Part]:
    """Return the lists of one letter; a dossier stands in the first that it belongs to."""
    parts = [Part(APOLOGY, [d for d in apologies if watch.must_apologise(d)])]
    named = {dossier.pk for dossier in parts[0].dossiers}
    for threshold, title in TITLES.items():
        told = [a.dossier for a in alarms if a.threshold == threshold]
        fresh = [d for d in told if d.pk not in named and watch.is_told(d, threshold)]
        parts.append(Part(title, fresh))
    return [part for part in parts if part.dossiers]


def _letter(reader: Reader, parts: list[Part], now: datetime) -> Notice:
    day = local_day(now)
    context = {
        "officer": reader.officer,
        "day": day,
        "parts": parts,
        "page": f"{settings.BASE_URL}{reverse('dossiers:reminders')}",
    }
    total = sum(len(part.dossiers) for part in parts)
    return Notice(
        kind=NoticeKind.DIGEST,
        channel=NoticeChannel.EMAIL,
        agency_id=reader.agency_id,
        officer=reader.officer,
        day=day,
        address=reader.officer.email,
        subject=f"Nhắc việc {short_date(day)}: {total} hồ sơ",
        body=render_to_string("notices/digest.txt", context),
        status=NoticeStatus.WAITING,
        created_at=now,
        next_at=now,
    )
