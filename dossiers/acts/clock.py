"""Đồng hồ máy chủ: a clock that may have jumped ahead is shown before more is recorded by it."""

from __future__ import annotations

from datetime import datetime

from dossiers.models import Event
from khanhson_portal.ground.moments import ONE_DAY


def jumped_since(now: datetime, started: datetime | None) -> datetime | None:
    """Return the newest moment of the journal when the clock may have jumped ahead since.

    That is more than a day ago, and the machine ``started`` after it: a flat battery sets a clock
    wrong, and what is then recorded cannot be taken back. Index: event_by_time.
    """
    newest = Event.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    if newest and started and now - newest > ONE_DAY and started > newest:
        return newest
    return None
