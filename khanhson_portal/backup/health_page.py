"""Sức khỏe của cổng: everything an administrator must know, in plain words, on one page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.timezone import now as clock
from django.views.decorators.http import require_GET
from django_q.models import Failure

from dossiers.models import Event, Notice, NoticeStatus, Seal
from khanhson_portal import health
from khanhson_portal.ground import last_runs
from khanhson_portal.ground.models import LastRun
from khanhson_portal.ground.moments import ONE_DAY, local_day
from khanhson_portal.publication import months
from khanhson_portal.publication.models import MonthReport
from procedures.offices.access import needs
from procedures.offices.rights import Right

LETTERS_LATE = timedelta(hours=2)  # a letter that waits longer than that is stuck
LATELY = timedelta(days=7)  # failed jobs that are told


@dataclass(frozen=True)
class Line:
    """One matter: how it stands, in words; what to do about it, "" where nothing is to be done."""

    matter: str
    said: str
    todo: str = ""

    @property
    def tone(self) -> str:
        return "late" if self.todo else "done"

    @property
    def verdict(self) -> str:
        return "Cần xem" if self.todo else "Tốt"


@require_GET
@needs(Right.SEE_HEALTH)
def page(request: HttpRequest) -> HttpResponse:
    """Every matter with its verdict, those that need somebody first."""
    found = [matter(clock()) for matter in MATTERS]
    context = {
        "lines": sorted(found, key=lambda line: not line.todo),
        "troubles": sum(bool(line.todo) for line in found),
    }
    return render(request, "backup/health.html", context)


def _queue(now: datetime) -> Line:
    waiting = health.oldest_job()
    said = f"Việc chờ lâu nhất: {waiting // 60} phút." if waiting else "Không việc nào phải chờ."
    is_late = waiting >= health.LONGEST_WAIT
    return Line("Hàng đợi việc nền", said, "Khởi động lại cổng." if is_late else "")


def _worker(now: datetime) -> Line:
    beat = last_runs.of(LastRun.Name.HEARTBEAT)
    if beat is None:
        return Line("Tiến trình chạy nền", "Chưa chạy lần nào.", "Khởi động cổng bằng make run.")
    is_late = now - beat.at >= timedelta(seconds=health.LONGEST_WAIT)
    todo = "Tiến trình đã dừng: khởi động lại cổng." if is_late else ""
    return Line("Tiến trình chạy nền", f"Làm việc gần nhất {_when(beat.at)}.", todo)


def _seal(now: datetime) -> Line:
    last = Seal.objects.order_by("day").last()
    first = Event.objects.aggregate(first=Min("recorded_at"))["first"]
    done = last.day if last else local_day(first) - ONE_DAY if first else local_day(now)
    unsealed = (local_day(now) - ONE_DAY - done).days
    said = f"Đến ngày {last.day:%d/%m/%Y}." if last else "Chưa có ngày nào."
    todo = f"{unsealed} ngày chưa niêm phong; sẽ làm lúc 00:30." if unsealed > 0 else ""
    return Line("Niêm phong nhật ký", said, todo)


def _backup(now: datetime) -> Line:
    todo = "Chạy manage.py backup." if not settings.BACKUP_PASSPHRASE else "Xem lời báo bên cạnh."
    return _safety("Sao lưu", LastRun.Name.BACKUP, now, health.BACKUP_AGE, todo)


def _drill(now: datetime) -> Line:
    todo = "Chạy manage.py drill và xem lời báo."
    return _safety("Diễn tập khôi phục", LastRun.Name.DRILL, now, health.DRILL_AGE, todo)


def _safety(matter: str, name: LastRun.Name, now: datetime, most: timedelta, todo: str) -> Line:
    run = last_runs.of(name)
    if run is None:
        return Line(matter, "Chưa có lần nào.", todo)
    is_good = run.well and now - run.at < most
    return Line(matter, f"{_when(run.at)}. {run.told}", "" if is_good else todo)


def _month(now: datetime) -> Line:
    newest = MonthReport.objects.order_by("year", "month", "version").last()
    due = months.month_before(*months.year_month(now))
    if newest is None:
        return Line("Thống kê tháng", "Chưa có tháng nào.", "Sẽ lập lúc 01:00.")
    state = "đã công bố" if newest.published_at else "bản nháp"
    is_late = (newest.year, newest.month) < due
    said = f"Mới nhất: tháng {newest.month}/{newest.year}, {state}."
    return Line(
        "Thống kê tháng", said, "Tháng trước chưa lập; sẽ lập lúc 01:00." if is_late else ""
    )


def _letters(now: datetime) -> Line:
    stuck = Notice.objects.filter(status=NoticeStatus.WAITING, next_at__lt=now - LETTERS_LATE)
    failed = Notice.objects.filter(status=NoticeStatus.FAILED, created_at__gte=now - LATELY).count()
    count = stuck.count()
    said = f"{count} tin chờ quá 2 giờ; {failed} tin gửi không được trong 7 ngày."
    return Line("Tin báo và thư", said, "Xem trang Tin báo." if count or failed else "")


def _disk(now: datetime) -> Line:
    room = shutil.disk_usage(settings.DATA_DIR)
    said = f"Còn trống {room.free / 1e9:.1f} GB trên {room.total / 1e9:.0f} GB.".replace(
        ".", ",", 1
    )
    is_tight = room.free < max(health.LEAST_ROOM, room.total // 20)
    return Line("Đĩa", said, "Dọn đĩa hoặc thêm đĩa." if is_tight else "")


def _clock(now: datetime) -> Line:
    newest = Event.objects.aggregate(last=Max("recorded_at"))["last"]
    is_behind = newest is not None and newest > now + timedelta(minutes=5)
    said = f"Máy đang là {localtime(now):%H:%M ngày %d/%m/%Y}."
    todo = "Nhật ký có việc ghi sau giờ này: đồng hồ chạy lùi, hãy chỉnh (timedatectl)."
    return Line("Đồng hồ", said, todo if is_behind else "")


def _failed_jobs(now: datetime) -> Line:
    failed = Failure.objects.filter(stopped__gte=now - LATELY)
    counted = failed.values_list("group").annotate(times=Count("pk")).order_by("-times")[:5]
    said = "; ".join(f"{name or 'việc lẻ'}: {times} lần" for name, times in counted)
    todo = "Xem mục Việc chạy nền ở trang Quản trị." if said else ""
    return Line("Việc nền hỏng trong 7 ngày", said or "Không có.", todo)


def _database(now: datetime) -> Line:
    return Line("Cơ sở dữ liệu", f"Chạy, {health.database_size() / 1e6:.0f} MB.")


def _when(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M ngày %d/%m/%Y}"


MATTERS: list[Callable[[datetime], Line]] = [
    _database, _worker, _queue, _backup, _drill, _seal, _month, _letters, _failed_jobs, _disk,
    _clock,
]  # fmt: skip
