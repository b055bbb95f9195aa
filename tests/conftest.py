"""Fixtures for all apps. The database is a real PostgreSQL under a folder of the tests' own."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture(autouse=True)
def _plain_surroundings(settings, tmp_path):
    """Unhashed static files, quick passwords, jobs run at once, files kept per test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.AXES_ENABLED = False
    settings.STATIC_ROOT = None


@pytest.fixture
def district(db) -> factories.District:
    """A small district: committee, desk, two offices, a commune, calendar of 2018–2019, forms."""
    return factories.make_district()
