"""What a demo process does; kept apart so that a spawned process can import it before Django."""

from __future__ import annotations

import gc
from datetime import datetime


def live_in_own_process(desk_ids: list[int], share: int, seed: int, now: datetime) -> int:
    """Set Django up if this process has none yet, and live the dossiers of these desks."""
    import django
    from django.apps import apps
    from django.conf import settings

    if not apps.ready:  # a process of its own: short, so the garbage may lie until its end
        gc.disable()
        # prepared statements save a quarter; not in the web, where pghistory sends two at once
        settings.DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True}
        django.setup()
    from khanhson_portal.demo import lives

    return lives.live(desk_ids, share, seed, now)
