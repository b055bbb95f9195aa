"""``manage.py restore ARCHIVE``: a backup into an empty data folder, hashes first."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from khanhson_portal.backup import archive, keeping


class Command(BaseCommand):
    help = "Khôi phục một bản sao lưu vào thư mục dữ liệu trống (PORTAL_DATA_DIR)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, help="tệp mot-cua-….tar")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keeping.restore(options["archive"])
        except (archive.ArchiveDamaged, keeping.CannotRestore) as reason:
            raise CommandError(str(reason)) from None
        made = keeping.moment_of(options["archive"])
        self.stdout.write(f"Đã khôi phục. Kiểm tra: manage.py verify_all --at={made.isoformat()}")
