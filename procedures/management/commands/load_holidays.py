"""``load_holidays YEAR``: compare the table of a year with a library's; ``--confirm`` writes it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from procedures import holiday_proposals


class Command(BaseCommand):
    help = "Đối chiếu lịch nghỉ của một năm; có --confirm mới ghi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--confirm", metavar="SỐ THÔNG BÁO", default="", help="căn cứ để ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proposal = holiday_proposals.propose(options["year"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        for row in proposal.missing:
            self.stdout.write(f"đề xuất thêm: {row} ({row.get_kind_display()})")
        for row in proposal.unknown:
            self.stdout.write(f"chỉ có trong bảng: {row} ({row.get_kind_display()})")
        if not options["confirm"]:
            self.stdout.write(
                "Chưa ghi gì. Đối chiếu thông báo của Chính phủ rồi chạy với --confirm."
            )
            return
        added = holiday_proposals.confirm(proposal, options["confirm"][:200])
        self.stdout.write(f"Đã thêm {added} ngày; năm {proposal.year} coi như đã công bố.")
