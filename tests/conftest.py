"""Fixtures for all apps. The database is a real PostgreSQL under a folder of the tests' own."""

from __future__ import annotations

import hypothesis
import pytest
from django.db import connection

from tests import database, factories

# how long one example takes says more about the machine than about the code
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker
) -> None:
    """Each worker's database is a copy of one that is migrated already, and named after it.

    So ``--reuse-db`` never finds a copy of yesterday's tables.
    """
    with django_db_blocker.unblock():
        template = database.template()
    options, name = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    copy = (options["NAME"] or f"test_{name}").removesuffix(f"_{template}")
    options.update(TEMPLATE=template, MIGRATE=False, NAME=f"{copy}_{template}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Every test finds the reference rows in the database."""
    database.let_flush_empty_every_table()
    with django_db_blocker.unblock():
        database.add_reference_rows()


@pytest.fixture(autouse=True)
def _plain_surroundings(settings, tmp_path):
    """Unhashed static files, quick passwords, jobs run at once, files kept per test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SEALS_DIR = tmp_path / "seals"
    settings.AXES_ENABLED = False
    settings.STATIC_ROOT = None


@pytest.fixture
def district(db) -> factories.District:
    """A small district: committee, desk, two offices, a commune, calendar of 2018–2019, forms."""
    return factories.make_district()
