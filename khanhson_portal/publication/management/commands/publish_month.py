"""``publish_month YYYY-MM``: draft and publish one month, on an officer's word."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now

from khanhson_portal.publication import months
from khanhson_portal.publication.management.month import parse_month
from procedures.offices import Officer
from procedures.offices.reach import reach, refusal
from procedures.offices.rights import Right


class Command(BaseCommand):
    help = "Lập, kiểm tra và công bố thống kê của một tháng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="YYYY-MM")
        parser.add_argument("--by", required=True, help="tên đăng nhập của lãnh đạo duyệt")
        parser.add_argument("--reason", default="", help="lý do, khi đính chính tháng đã công bố")

    def handle(self, *args: Any, **options: Any) -> None:
        year, month = parse_month(options["month"])
        officer = Officer.objects.filter(username=options["by"], is_active=True).first()
        if officer is None:
            raise CommandError(f"Không có cán bộ nào đăng nhập bằng tên “{options['by']}”.")
        if not reach(officer, Right.PUBLISH_MONTHS, localdate()):
            raise CommandError(refusal(officer, Right.PUBLISH_MONTHS, localdate()))
        try:
            report = months.draft(year, month, now(), reason=options["reason"])
            report = months.publish(report.pk, by=officer, now=now())
        except months.NotPublishable as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Đã công bố {report}, mã kiểm tra {report.sha256}")
