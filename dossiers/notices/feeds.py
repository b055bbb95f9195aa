"""Lịch hẹn trả of a desk for the calendars of phones and computers: codes and counts, no names."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from dossiers.models import CalendarFeed, Dossier
from dossiers.notices import ical
from dossiers.notices.alarms import expected_at
from khanhson_portal.ground.moments import local_day, start_of_day
from khanhson_portal.ground.presses import made_before
from procedures.offices import Agency, Officer
from procedures.worktime.lateness import is_late

AHEAD = timedelta(days=120)
SHOWN = ["code", "reference", "due_exact", "promised_at"]
MOST_CODES = 100  # per entry; the rest is a number


@transaction.atomic
def make_feed(
    desk: Agency, label: str, *, by: Officer, now: datetime, nonce: UUID | None = None
) -> CalendarFeed:
    """Return a new secret address for the calendar of ``desk``; ``label`` says who uses it.

    The same press twice makes it once.
    """
    return made_before(CalendarFeed.objects.all(), nonce) or CalendarFeed.objects.create(
        desk=desk, label=label, made_by=by, made_at=now, nonce=nonce
    )


def revoke_feed(feed: CalendarFeed, *, by: Officer, now: datetime) -> bool:
    """Thu hồi: the address answers nobody any more. False when it had been revoked before."""
    changed = CalendarFeed.objects.open().filter(pk=feed.pk).update(revoked_by=by, revoked_at=now)
    return bool(changed)


def content(desk: Agency, now: datetime) -> bytes:
    """Return the calendar of one desk: an entry per due day ahead, one for today with what is late.

    One query; index dossier_at_desk.
    """
    days: dict[date, list[str]] = defaultdict(list)
    late: list[str] = []
    today = start_of_day(now)
    rows = Dossier.objects.ticking().at_desks({desk.pk}).annotate(expected=expected_at())
    rows = rows.filter(Q(expected__lt=today + AHEAD))
    for dossier in rows.order_by("expected", "pk").only(*SHOWN):
        expected: datetime = dossier.expected
        by_minute = dossier.due_exact and dossier.promised_at is None  # a new date is a day
        if is_late(now, expected, exact=by_minute):
            late.append(dossier.name_on_paper)
        else:
            days[local_day(expected)].append(dossier.name_on_paper)
    entries = [_due(desk, day, codes) for day, codes in days.items()]
    if late:
        entries.insert(0, _late(desk, today.date(), late))
    return ical.calendar(f"Hẹn trả kết quả: {_name(desk)}", entries, now)


def _due(desk: Agency, day: date, codes: list[str]) -> ical.Entry:
    return ical.Entry(
        uid=f"{desk.slug}-{day:%Y%m%d}@{_host()}",
        day=day,
        summary=f"{len(codes)} hồ sơ hẹn trả ({desk.short_name})",
        description=_listing(codes),
        url=_desk_page(),
    )


def _late(desk: Agency, today: date, codes: list[str]) -> ical.Entry:
    return ical.Entry(
        uid=f"{desk.slug}-tre-hen@{_host()}",
        day=today,
        summary=f"{len(codes)} hồ sơ trễ hẹn ({desk.short_name})",
        description=_listing(codes),
        url=_desk_page(),
    )


def _listing(codes: list[str]) -> str:
    lines = codes[:MOST_CODES]
    more = len(codes) - len(lines)
    return "\n".join([*lines, f"và {more} hồ sơ khác"] if more else lines)


def _name(desk: Agency) -> str:
    return f"{desk.short_name}, {desk.issuer.name}"


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _desk_page() -> str:
    return f"{settings.BASE_URL}{reverse('dossiers:desk')}"
