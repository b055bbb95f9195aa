"""``load_holidays YEAR``: compare the table of a year with a library's; ``--confirm`` writes it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from dossiers import recounting
from procedures.worktime import holiday_proposals


class Command(BaseCommand):
    help = (
        "Đối chiếu lịch nghỉ của một năm và cho biết dời hạn của bao nhiêu hồ sơ; "
        "có --confirm mới ghi."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--confirm", metavar="SỐ THÔNG BÁO", default="", help="căn cứ để ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proposal = holiday_proposals.propose_holidays(options["year"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        basis, moment = options["confirm"][:200], now()
        for row in proposal.missing:
            row.basis = basis
            self.stdout.write(f"đề xuất thêm: {row} ({row.get_kind_display()})")
        for row in proposal.unknown:
            self.stdout.write(f"chỉ có trong bảng: {row} ({row.get_kind_display()})")
        edits = recounting.additions(proposal.missing)
        found = recounting.impact(edits, moment)
        self.stdout.write(
            f"Dời hạn của {len(found.moved)} hồ sơ đang mở, {len(found.late)} hồ sơ thành trễ, "
            f"{len(found.apologies)} hồ sơ cần xin lỗi nếu không kịp ngày đã hẹn."
        )
        if not basis:
            self.stdout.write(
                "Chưa ghi gì. Đối chiếu thông báo của Chính phủ rồi chạy với --confirm."
            )
            return
        if edits:
            change = recounting.confirm(edits, by=None, now=moment)
            recounting.go_on(change.pk, moment)
        holiday_proposals.announce(proposal.year, basis)
        self.stdout.write(f"Đã thêm {len(edits)} ngày; năm {proposal.year} coi như đã công bố.")
