"""``verify_month YYYY-MM``: count a published month again from the journal and compare."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from khanhson_portal.publication import months
from khanhson_portal.publication.management.month import parse_month
from khanhson_portal.publication.models import MonthReport


class Command(BaseCommand):
    help = "Đếm lại một tháng đã công bố từ nhật ký và so với bản đã công bố."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="YYYY-MM")

    def handle(self, *args: Any, **options: Any) -> None:
        year, month = parse_month(options["month"])
        report = MonthReport.objects.published().of(year, month).order_by("version").last()
        if report is None:
            raise CommandError(f"Tháng {month}/{year} chưa được công bố.")
        faults = months.verify(report)
        if faults:
            raise CommandError(" ".join(faults))
        self.stdout.write(f"{report}: khớp với nhật ký, mã kiểm tra {report.sha256}")
