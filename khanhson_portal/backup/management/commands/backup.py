"""``manage.py backup [--to FOLDER]``: one checked archive of database, files and key."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from khanhson_portal.backup import keeping, work


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu, tệp và khóa vào một tệp có kiểm tra."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="thư mục; bỏ trống: PORTAL_BACKUP_DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = work.back_up(now(), options["to"])
        except keeping.BackupFailed as failure:
            raise CommandError(str(failure)) from None
        self.stdout.write(f"Đã sao lưu {made}")
