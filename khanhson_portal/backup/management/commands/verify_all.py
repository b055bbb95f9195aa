"""``manage.py verify_all``: journal, published months and issued papers, all of them."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from khanhson_portal.backup import checking


class Command(BaseCommand):
    help = "Kiểm tra nhật ký, mọi tháng đã công bố và mọi giấy đã phát hành."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at",
            type=datetime.fromisoformat,
            metavar="LÚC",
            help="lúc sao lưu của bản vừa khôi phục: các ngày sau đó chưa cần niêm phong",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in checking.faults(options["at"] or now()):
            self.stderr.write(fault)
            found += 1
        if found:
            raise CommandError(f"Có {found} chỗ không khớp.")
        self.stdout.write("Nhật ký, thống kê tháng, giấy tờ nguyên vẹn.")
