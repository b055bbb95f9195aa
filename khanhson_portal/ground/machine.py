"""The machine the portal runs on: since when it has been up."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

UPTIME = Path("/proc/uptime")  # seconds since the start, and seconds of idleness


def started(now: datetime) -> datetime | None:
    """Return when the machine started by its own clock, None where it does not tell."""
    try:
        seconds, *_ = UPTIME.read_text().split()
        return now - timedelta(seconds=float(seconds))
    except (OSError, ValueError):
        return None
