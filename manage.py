#!/usr/bin/env python
"""Django's command-line utility for administrative tasks."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khanhson_portal.settings")
    if not {"qcluster", "runserver"} & set(sys.argv):
        os.environ["PORTAL_STATEMENT_SECONDS"] = "0"  # a migration or an import takes its time
    from django.core.management import execute_from_command_line

    from khanhson_portal.database import NoDatabase
    from khanhson_portal.ground.files import keep_private

    keep_private()
    try:
        execute_from_command_line(sys.argv)
    except NoDatabase as reason:
        sys.exit(f"Chưa chạy được: {reason}")


if __name__ == "__main__":
    main()
