"""``import_dossiers FILE``: running dossiers of another system; ``--apply`` writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now

from dossiers import importing
from dossiers.importing import wording
from procedures.offices import Agency, Officer
from procedures.offices.reach import reach, refusal
from procedures.offices.rights import Right


class Command(BaseCommand):
    help = (
        "Chuyển hồ sơ đang giải quyết từ hệ thống cũ (XLSX hoặc CSV). Mặc định chỉ chạy thử; "
        "--apply mới ghi, cả tệp hoặc không dòng nào."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--source", default="hệ thống cũ", help="tên hệ thống cũ")
        parser.add_argument("--desk", metavar="SLUG", help="nơi tiếp nhận khi tệp không ghi")
        parser.add_argument("--apply", action="store_true", help="ghi vào sổ")
        parser.add_argument("--by", metavar="NAME", help="tên đăng nhập của người chịu trách nhiệm")
        parser.add_argument("--report", metavar="FILE", help="ghi báo cáo từng dòng ra tệp CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        path, moment, desk = Path(options["file"]), now(), _desk(options["desk"])
        by = _officer(options["by"]) if options["apply"] else None
        try:
            data = path.read_bytes()
            rows = importing.read(data, path.name)
            plan = importing.plan(rows, source=options["source"], desk=desk, now=moment)
            if options["report"]:
                wording.write_table(plan, Path(options["report"]))
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except importing.ImportFault as fault:
            raise CommandError(str(fault)) from fault
        for line in wording.lines(plan, everything=options["verbosity"] > 1):
            self.stdout.write(line)
        self.stdout.write(wording.summary(plan))
        if by is None:
            self.stdout.write("Chạy thử, chưa ghi gì. Thêm --apply --by TÊN để ghi.")
            return
        try:
            batch = importing.keep_file(
                data, path.name, source=plan.source, desk=desk, by=by, now=moment
            )
            count = importing.apply(plan, batch, by=by, now=moment)
        except importing.ImportFault as fault:
            batch.delete()
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Đã ghi {count} hồ sơ vào sổ.")


def _desk(slug: str | None) -> Agency | None:
    if not slug:
        return None
    desk = Agency.objects.desks().filter(slug=slug).select_related("parent").first()
    if desk is None:
        known = ", ".join(Agency.objects.desks().values_list("slug", flat=True))
        raise CommandError(f"Không có bộ phận một cửa “{slug}”. Có: {known}.")
    return desk


def _officer(username: str | None) -> Officer:
    if not username:
        raise CommandError("--apply cần --by TÊN_ĐĂNG_NHẬP của người chịu trách nhiệm.")
    officer = Officer.objects.filter(username=username, is_active=True).first()
    if officer is None:
        raise CommandError(f"Không có cán bộ nào đăng nhập bằng tên “{username}”.")
    if not reach(officer, Right.IMPORT_DOSSIERS, localdate()):
        raise CommandError(refusal(officer, Right.IMPORT_DOSSIERS, localdate()))
    return officer
