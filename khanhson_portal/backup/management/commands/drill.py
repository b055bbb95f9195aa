"""``manage.py drill``: restore the newest backup beside the running portal and check it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from khanhson_portal.backup import work


class Command(BaseCommand):
    help = "Diễn tập: khôi phục bản sao lưu mới nhất vào chỗ tạm, kiểm tra, ghi kết quả."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(work.drill(now()))
        except work.DrillFailed as failure:
            raise CommandError(str(failure)) from None
