"""``verify_journal``: recompute every hash of the journal, the dossiers' columns and every seal."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from dossiers import journal, seals


class Command(BaseCommand):
    help = "Kiểm tra nhật ký: chuỗi mã của từng hồ sơ, các cột của hồ sơ, niêm phong từng ngày."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--against",
            type=Path,
            action="append",
            default=[],
            metavar="TỆP",
            help="bản niêm phong giữ ở nơi khác (tải từ /du-lieu-mo/niem-phong/), để so thêm",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in chain(journal.faults(), seals.faults(now(), options["against"])):
            self.stderr.write(fault)
            found += 1
        if found:
            raise CommandError(f"Nhật ký có {found} chỗ không khớp.")
        self.stdout.write("Nhật ký nguyên vẹn.")
