"""``verify_journal``: recompute every hash of the journal and every seal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dossiers import journal


class Command(BaseCommand):
    help = "Kiểm tra nhật ký hồ sơ: chuỗi mã của từng hồ sơ và niêm phong từng ngày."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in journal.faults():
            self.stderr.write(fault)
            found += 1
        if found:
            raise CommandError(f"Nhật ký có {found} chỗ không khớp.")
        self.stdout.write("Nhật ký nguyên vẹn.")
