"""A worker killed in the middle of its job leaves nothing twice and nothing half done."""

from __future__ import annotations

import time

import pytest

from dossiers import journal, seals
from dossiers.models import Event, Paper, Seal
from dossiers.papers import keeping
from khanhson_portal.publication.models import MonthReport, PublicationRule
from tests import processes
from tests.factories import local, make_district, make_dossier, make_procedure

JOBS = """
import time_machine
from datetime import datetime
from django.conf import settings
settings.MEDIA_ROOT = {media!r}
settings.SEALS_DIR = {seals!r}
from dossiers import jobs as dossier_jobs
from khanhson_portal.publication import jobs as month_jobs
with time_machine.travel(datetime.fromisoformat({now!r}), tick=True):
    month_jobs.prepare_month()
    dossier_jobs.draw_papers()
    dossier_jobs.seal_yesterday()
"""
DOSSIERS = 25


@pytest.fixture
def emptied(transactional_db):
    yield from processes.emptied_afterwards()


@pytest.mark.processes
def test_killed_and_started_again_a_job_leaves_everything_once(emptied, settings):
    district = make_district()
    version = make_procedure(district.desk, district.office)
    for _ in range(DOSSIERS):
        make_dossier(district, version, now=local(2018, 4, 30, 9))
    PublicationRule.objects.create(days=0, since=local(2018, 1, 1).date())
    script = JOBS.format(
        media=str(settings.MEDIA_ROOT),
        seals=str(settings.SEALS_DIR),
        now=local(2018, 5, 1, 8).isoformat(),
    )

    for seconds in (1.6, 2.2, 2.8, 3.4):
        worker = processes.start(script)
        time.sleep(seconds)
        worker.kill()
        worker.communicate()
    last = processes.start(script)
    error = last.communicate(timeout=120)[1].decode()

    assert last.returncode == 0, error
    assert Event.objects.count() == Paper.objects.count() == DOSSIERS
    assert not Paper.objects.filter(pdf_sha256="").exists()
    for paper in Paper.objects.all():
        assert keeping.original(paper).startswith(b"%PDF-")
    (month,) = MonthReport.objects.all()
    assert month.published_at
    assert Seal.objects.count() == 1
    assert [*journal.faults(), *seals.faults(local(2018, 5, 1, 8))] == []
