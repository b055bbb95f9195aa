"""The health page tells the truth in plain words, to administrators and controllers alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from khanhson_portal.ground import jobs, last_runs
from khanhson_portal.ground.models import LastRun
from procedures.offices import Role
from tests.factories import make_dossier, make_officer

PAGE = "/quan-tri/suc-khoe/"


@pytest.fixture
def page(district, client):
    client.force_login(make_officer(district.committee, Role.ADMINISTRATOR))
    return lambda: client.get(PAGE).content.decode()


def test_a_fresh_portal_says_what_has_never_run(page):
    assert "Chưa có lần nào." in page()
    assert "Chưa chạy lần nào." in page()


def test_a_good_backup_and_a_failed_drill_are_told_with_their_age(page, client):
    last_runs.remember(LastRun.Name.BACKUP, now(), well=True, told="mot-cua-1.tar: 9 tệp")
    last_runs.remember(LastRun.Name.DRILL, now(), well=False, told="hỏng ở database.dump")

    assert "mot-cua-1.tar: 9 tệp" in page()
    assert "hỏng ở database.dump" in page()
    told = client.get("/healthz").json()
    assert told["backup_well"] is True
    assert told["drill_well"] is False
    assert told["safe"] is False


def test_an_old_backup_is_no_longer_safe(page, client):
    last_runs.remember(LastRun.Name.DRILL, now(), well=True)
    last_runs.remember(LastRun.Name.BACKUP, now(), well=True)
    assert client.get("/healthz").json()["safe"] is True

    last_runs.remember(LastRun.Name.BACKUP, now() - timedelta(hours=40), well=True)

    assert client.get("/healthz").json()["safe"] is False


def test_a_worker_that_stopped_shows_though_the_queue_is_empty(page, client):
    jobs.beat()
    assert client.get("/healthz").status_code == 200

    last_runs.remember(LastRun.Name.HEARTBEAT, now() - timedelta(minutes=20), well=True)

    assert client.get("/healthz").status_code == 503
    assert "Tiến trình đã dừng" in page()


def test_days_without_a_seal_are_told(page, district):
    make_dossier(district)

    assert " ngày chưa niêm phong" in page()


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.LEADER])
def test_others_do_not_see_it(district, client, role):
    client.force_login(make_officer(district.committee, role))

    assert client.get(PAGE).status_code == 403
