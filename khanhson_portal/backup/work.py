"""A backup and a drill as they are run and remembered, by hand or at night."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from khanhson_portal.backup import checking, keeping
from khanhson_portal.ground import last_runs
from khanhson_portal.ground.models import LastRun


class DrillFailed(Exception):
    """The newest archive does not give back a whole portal; ``str()`` says what is wrong."""


def back_up(now: datetime, folder: Path | None = None) -> keeping.Made:
    """Back up and remember how it went. Raises BackupFailed."""
    try:
        made = keeping.back_up(now, folder)
    except keeping.BackupFailed as failure:
        last_runs.remember(LastRun.Name.BACKUP, now, well=False, told=str(failure))
        raise
    last_runs.remember(LastRun.Name.BACKUP, now, well=made.has_key, told=str(made))
    return made


def drill(now: datetime) -> str:
    """Restore the newest archive elsewhere, check it and remember. Raises DrillFailed."""
    newest = next(iter(keeping.archives(settings.BACKUP_DIR)), None)
    if newest is None:
        found, name = [f"Chưa có bản sao lưu nào trong {settings.BACKUP_DIR}."], ""
    else:
        found, name = checking.drill(newest), f"{newest.name}: "
    if found:
        told = name + " ".join(found)
        last_runs.remember(LastRun.Name.DRILL, now, well=False, told=told)
        raise DrillFailed(told)
    told = f"{name}khôi phục được; nhật ký, thống kê tháng, giấy tờ nguyên vẹn."
    last_runs.remember(LastRun.Name.DRILL, now, well=True, told=told)
    return told
