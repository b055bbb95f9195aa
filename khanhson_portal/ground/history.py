"""Who changed what, when, before and after: kept by database triggers, so bulk imports count too.

The history itself is append-only: the database refuses to change or delete it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pghistory


def tracked(**options: Any) -> Callable[[type], type]:
    """Class decorator: record inserts, updates and deletes of a settings or catalogue model."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        **options,
    )
