"""Whether a portal's books are whole, and the drill: the newest archive restored and looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from dossiers import journal, seals
from dossiers.models import Paper
from dossiers.papers import keeping as papers
from khanhson_portal.backup.keeping import moment_of
from khanhson_portal.publication import months
from khanhson_portal.publication.models import MonthReport


def faults(moment: datetime) -> Iterator[str]:
    """Yield a Vietnamese line for each fault of journal, seals, published months, issued papers.

    ``moment``: until when the days must be sealed; of a restored portal, when it was backed up.
    """
    yield from journal.faults()
    yield from seals.faults(moment)
    published = MonthReport.objects.published().order_by("year", "month", "version")
    newest = {(report.year, report.month): report for report in published}  # corrections last
    for report in newest.values():
        for fault in months.verify(report):
            yield f"{report}: {fault}"
    for paper in Paper.objects.exclude(pdf_sha256="").iterator(chunk_size=500):
        try:
            papers.read(paper.pdf_sha256, str(paper))
        except papers.PaperDamaged as damage:
            yield str(damage)


def drill(place: Path) -> list[str]:
    """Restore ``place`` beside the running portal, on a server of its own, and return its faults.

    Nothing of it is left afterwards; the running portal is not touched.
    """
    made = moment_of(place).isoformat()
    steps = [["restore", str(place)], ["migrate", "--verbosity=0"], ["verify_all", f"--at={made}"]]
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix=".drill-") as folder:
        surroundings = _of_its_own(folder)
        for step in steps:
            run = subprocess.run(
                [sys.executable, "manage.py", *step], cwd=settings.BASE_DIR, env=surroundings,
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if run.returncode:
                lines = run.stderr.strip().splitlines()
                return lines[-5:] or [f"{step[0]} không làm xong."]
    return []


def _of_its_own(folder: str) -> dict[str, str]:
    """Return surroundings in which the portal has this data folder, its own server and its key."""
    mine = {"PORTAL_DATABASE_URL", "PORTAL_SECRET_KEY", "PORTAL_SEAL_KEY", "PORTAL_DATA_DIR",
            "PORTAL_REDIS_URL", "PORTAL_BACKUP_PASSPHRASE"}  # fmt: skip
    shared = {
        name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in mine
    }
    passphrase = {"PORTAL_BACKUP_PASSPHRASE": settings.BACKUP_PASSPHRASE}
    return {
        **shared, **passphrase, "PORTAL_DATA_DIR": folder, "PORTAL_DATABASE_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "khanhson_portal.settings",
    }  # fmt: skip
