"""When the works that keep a portal safe last ran, and how they ended."""

from __future__ import annotations

from datetime import datetime

from khanhson_portal.ground.models import LastRun


def remember(name: LastRun.Name, now: datetime, *, well: bool, told: str = "") -> None:
    """Note a run that ended; the last one that went well stays known. Again: the newer one."""
    fresh = {"at": now, "well": well, "told": told[:1000]} | ({"well_at": now} if well else {})
    LastRun.objects.update_or_create(name=name, defaults=fresh)


def of(name: LastRun.Name) -> LastRun | None:
    """Return the last run of this name, None before the first."""
    return LastRun.objects.filter(name=name).first()
