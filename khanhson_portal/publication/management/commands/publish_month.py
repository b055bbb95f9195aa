"""``publish_month YYYY-MM``: draft and publish one month, on an officer's word."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now

from khanhson_portal.publication import months
from khanhson_portal.publication.management.month import parse_month
from procedures.offices import Officer, Role


class Command(BaseCommand):
    help = "Lập, kiểm tra và công bố thống kê của một tháng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="YYYY-MM")
        parser.add_argument("--by", required=True, help="tên đăng nhập của lãnh đạo duyệt")
        parser.add_argument("--reason", default="", help="lý do, khi đính chính tháng đã công bố")

    def handle(self, *args: Any, **options: Any) -> None:
        year, month = parse_month(options["month"])
        officer = Officer.objects.filter(username=options["by"]).first()
        if officer is None or not officer.duties(localdate()).holds(Role.LEADER):
            raise CommandError(f"{options['by']} không phải lãnh đạo có quyền duyệt.")
        try:
            report = months.draft(year, month, now(), reason=options["reason"])
            report = months.publish(report.pk, by=officer, now=now())
        except months.NotPublishable as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Đã công bố {report}, mã kiểm tra {report.sha256}")
