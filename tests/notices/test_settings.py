"""The gateway's settings: what would send messages unsigned or in the clear does not start."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

KEY = "khoa-chung-voi-cong-tin-nhan-cua-tinh"


def start(tmp_path, **variables) -> subprocess.CompletedProcess:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
        "PORTAL_DATA_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": "postgresql:///none",
        **variables,
    }
    code = "from khanhson_portal import settings; print(settings.NOTIFY_KEY)"
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "key", "words"),
    [
        ("http://tin.example.vn/", KEY, "cần là địa chỉ https"),
        ("tin.example.vn", KEY, "cần là địa chỉ https"),
        ("https://tin.example.vn/", "ngan", "32 ký tự"),
        ("https://tin.example.vn/", "", "32 ký tự"),
    ],
)
def test_a_gateway_without_key_or_cover_stops_the_start(url, key, words, tmp_path):
    run = start(tmp_path, PORTAL_NOTIFY_URL=url, PORTAL_NOTIFY_KEY=key)

    assert run.returncode == 2
    assert words in run.stderr
    assert KEY not in run.stderr


def test_the_key_may_lie_in_a_file(tmp_path):
    (tmp_path / "khoa").write_text(f"{KEY}\n")

    run = start(
        tmp_path,
        PORTAL_NOTIFY_URL="http://127.0.0.1:9000/tin",
        PORTAL_NOTIFY_KEY_FILE=str(tmp_path / "khoa"),
    )

    assert (run.returncode, run.stdout.strip()) == (0, KEY)
