"""``export_procedures FILE``: the catalogue in force as XLSX, CSV or JSON, by the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from procedures.catalogue import ProcedureVersion, exporting


class Command(BaseCommand):
    help = "Xuất danh mục đang áp dụng ra tệp .xlsx, .csv hoặc .json; nạp lại được như cũ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        ending = path.suffix.lower().lstrip(".")
        if ending not in exporting.FORMATS:
            raise CommandError(f"{path}: tên tệp phải kết thúc bằng .xlsx, .csv hoặc .json.")
        versions = ProcedureVersion.objects.approved().in_force(localdate()).for_listing()
        dataset = exporting.dataset_of(versions.order_by("sort_key"))
        try:
            path.write_bytes(exporting.written(dataset, ending))
        except OSError as error:
            raise CommandError(f"{path}: không ghi được tệp ({error.strerror}).") from error
        self.stdout.write(f"Đã xuất {len(dataset)} dòng ra {path}.")
