"""Run every part, or those named: ``python -m tests.bench [search …]``."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

import tests.environment  # noqa: F401 - the tests' own data folder, before Django looks


def main(wanted: list[str]) -> None:
    import django
    from django.conf import settings
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khanhson_portal.settings")
    django.setup()
    setup_test_environment()
    settings.DATABASES["default"]["TEST"]["NAME"] = "bench"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        for name in wanted or _parts():
            print(f"== {name}", flush=True)
            importlib.import_module(f"tests.bench.{name}").measure()
    finally:
        teardown_databases(made, verbosity=0)


def _parts() -> list[str]:
    import tests.bench

    names = (module.name for module in pkgutil.iter_modules(tests.bench.__path__))
    return sorted(name for name in names if not name.startswith("_"))


if __name__ == "__main__":
    main(sys.argv[1:])
