"""``import_procedures FILE…``: show what official files would change, and with --apply do it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from procedures.catalogue import importing
from procedures.catalogue.importing import wording
from procedures.offices import Officer
from procedures.offices.reach import reach, refusal
from procedures.offices.rights import Right


class Command(BaseCommand):
    help = (
        "Nhập danh mục thủ tục từ danh sách XLSX, trang chi tiết JSON (tệp hay thư mục) và bảng "
        "cách thức thực hiện CSV. Mặc định chỉ chạy thử; --apply mới ghi."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="tệp hoặc thư mục")
        parser.add_argument("--apply", action="store_true", help="ghi vào danh mục")
        parser.add_argument("--approve", action="store_true", help="duyệt luôn các phiên bản")
        parser.add_argument(
            "--correct",
            action="store_true",
            help="thay cả phiên bản đã duyệt cùng ngày hiệu lực của nguồn khác (đính chính)",
        )
        parser.add_argument("--by", metavar="NAME", help="tên đăng nhập của người duyệt")
        parser.add_argument(
            "--valid-from", metavar="dd/mm/yyyy", help="ngày hiệu lực khi nguồn không ghi"
        )
        parser.add_argument("--report", metavar="FILE", help="ghi báo cáo từng dòng ra tệp CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        approver = _approver(options)
        valid_from = _first_day_typed(options["valid_from"])
        try:
            records = importing.read_files(options["files"], tell=self._progress)
            self._say(f"Đang so {len(records)} thủ tục với danh mục đang có …")
            plan = importing.plan(records, valid_from=valid_from)
            self._say("")
            self._write(wording.summary(plan))
            if options["verbosity"]:
                self._write(wording.details(plan, everything=options["verbosity"] > 1))
            _write_report(plan, options["report"])
            if not options["apply"]:
                if approver:
                    self._write(wording.left_as_drafts(plan, correcting=options["correct"]))
                self.stdout.write("Chạy thử, chưa ghi gì. Thêm --apply để ghi.")
                return
            self._say("Đang ghi …")
            report = importing.apply(plan, approve_by=approver, correcting=options["correct"])
            self._say("")
        except importing.ImportFault as fault:
            raise CommandError(str(fault)) from fault
        self._write(wording.outcome(report))
        if report.versions and not approver:
            self.stdout.write("Xem khác ở đâu và duyệt từng bản tại /kiem-soat/.")

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _progress(self, done: int, total: int) -> None:
        self._say(f"Đã đọc {done}/{total} tệp …" if total > 1 else "Đang đọc …")

    def _say(self, text: str) -> None:
        """Put ``text`` in the place of the line that tells how far we are; a pipe gets none."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{text}", style_func=str, ending="")


def _approver(options: dict[str, Any]) -> Officer | None:
    """Return who approves; raises CommandError for a name that may not."""
    if not options["approve"]:
        if options["by"]:
            raise CommandError("--by chỉ dùng cùng --approve.")
        return None
    if not options["by"]:
        raise CommandError("--approve cần --by TÊN_ĐĂNG_NHẬP của người duyệt.")
    officer = Officer.objects.filter(username=options["by"], is_active=True).first()
    if officer is None:
        raise CommandError(f"Không có cán bộ nào đăng nhập bằng tên “{options['by']}”.")
    if not reach(officer, Right.APPROVE_CATALOGUE, localdate()):
        raise CommandError(refusal(officer, Right.APPROVE_CATALOGUE, localdate()))
    return officer


def _first_day_typed(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day, no moment
    except ValueError as error:
        raise CommandError(f"Ngày viết dạng dd/mm/yyyy; nhận được {text!r}.") from error


def _write_report(plan: importing.CataloguePlan, path: str | None) -> None:
    if not path:
        return
    try:
        wording.write_table(plan, Path(path))
    except OSError as error:
        raise CommandError(f"{path}: không ghi được báo cáo ({error.strerror}).") from error
