"""Drafting, checking, approving and verifying a month. A table that does not balance stays home."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from dossiers import statistics
from dossiers.statistics import Cell, on_time_rate, total
from khanhson_portal.ground.frozen import digest
from khanhson_portal.ground.locks import advisory_lock
from khanhson_portal.ground.moments import LOCAL, local_day, month_bounds
from khanhson_portal.publication import balance, tables
from khanhson_portal.publication.models import MonthReport, PublicationRule
from procedures.offices import Officer

LONGEST_ABSENCE = 12  # months that are drafted after the machine was off
# What a month frozen by the first schema did not know yet; a new column is a new schema.
SCHEMA = 3
SINCE = {"late_apologised": 2, "new_helped": 3}


class NotPublishable(Exception):
    """A month that cannot be drafted or published; ``str()`` is Vietnamese and says why."""


def figures_of(year: int, month: int) -> dict[str, Any]:
    """Return the month's figures as plain data: the same for ever, however often it is counted."""
    start, end = month_bounds(year, month)
    cells = statistics.count(start, end)
    whole = total([cell.counts for cell in cells])
    return {
        "schema": SCHEMA,
        "year": year,
        "month": month,
        "closed_at": end.isoformat(),
        "total": whole.as_json(),
        "on_time": on_time_rate(whole),
        "cells": [_cell_json(cell) for cell in cells],
        "tables": [tables.table(layout, cells) for layout in tables.LAYOUTS.values()],
        "bridge": balance.bridge_json(statistics.bridges(start, end)),
        "agencies": tables.agency_table(cells),
        "one_stop": total([c.counts for c in cells if not c.linked]).as_json(),
        "linked": total([c.counts for c in cells if c.linked]).as_json(),
    }


def draft(year: int, month: int, now: datetime, *, reason: str = "") -> MonthReport:
    """Draft a month that is over; a draft that is there already is counted anew.

    ``reason`` makes a correction, version 2 and on, of a published month; a month without any
    dossier needs one as well.
    Raises NotPublishable for a month under way, or published and without a reason.
    """
    if month_bounds(year, month)[1] > now:
        raise NotPublishable(f"Tháng {month}/{year} chưa kết thúc.")
    with transaction.atomic():
        versions = MonthReport.objects.select_for_update().of(year, month)
        last = versions.order_by("-version").first()
        if last and last.published_at and not reason:
            raise NotPublishable(
                f"Tháng {month}/{year} đã công bố. Muốn đính chính thì ghi rõ lý do."
            )
        data = figures_of(year, month)
        number = 1 if last is None else last.version + (1 if last.published_at else 0)
        report, _ = MonthReport.objects.update_or_create(
            year=year,
            month=month,
            version=number,
            defaults={
                "data": data,
                "sha256": digest(data),
                "drafted_at": now,
                "reason": reason or (last.reason if last and not last.published_at else ""),
            },
        )
    return report


def publish(report_id: int, *, by: Officer | None, now: datetime) -> MonthReport:
    """Publish a draft: ``by`` a leader, or None when it publishes itself. Twice is once.

    Raises NotPublishable when the tables do not balance or the month before disagrees.
    """
    with transaction.atomic():
        report = MonthReport.objects.select_for_update().get(pk=report_id)
        if report.published_at:
            return report
        faults = faults_of(report)
        if faults:
            why = "" if balance.is_empty(report.data) else " vì số liệu không cân"
            raise NotPublishable(f"Chưa công bố được{why}: {' '.join(faults)}")
        report.approved_by, report.approved_at = by, now if by else None
        report.published_at = now
        report.save()
    return report


def faults_of(report: MonthReport) -> list[str]:
    """Return what keeps a report from being published: sums, emptiness, the month before it."""
    faults = list(balance.faults(report.data))
    if not report.intact:
        faults.append("Số liệu không khớp mã kiểm tra.")
    if balance.is_empty(report.data) and not report.reason:
        faults.append(
            f"Tháng {report.month}/{report.year} không có hồ sơ nào. "
            "Nếu đúng là không phát sinh thì ghi lý do rồi công bố."
        )
    before = month_before(report.year, report.month)
    earlier = MonthReport.objects.published().of(*before).order_by("-version").first()
    if earlier:
        faults += balance.carried_faults(earlier.data, report.data)
    return faults


def verify(report: MonthReport) -> list[str]:
    """Return what disagrees when a published month is counted again from the journal today.

    Only what its schema knew is compared: a column of today makes no old month look forged.
    """
    faults = []
    if not report.intact:
        faults.append("Số liệu đã công bố không khớp mã kiểm tra.")
    again = figures_of(report.year, report.month)
    schema = report.data.get("schema", 1)
    if known_to(schema, again["cells"]) != known_to(schema, report.data["cells"]):
        faults.append("Đếm lại từ nhật ký cho số liệu khác với bản đã công bố.")
    return faults


def known_to(schema: int, cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cells as months frozen under ``schema`` have them; "nộp hộ" was online once."""
    return [
        {
            name: value + cell.get("new_helped", 0)
            if name == "new_online" and schema < SINCE["new_helped"]
            else value
            for name, value in cell.items()
            if SINCE.get(name, 1) <= schema
        }
        for cell in cells
    ]


def draft_month_before(now: datetime) -> str:
    """Draft months that nobody has; publish drafts whose waiting time is over. Safe to repeat."""
    with advisory_lock("months") as held:
        if not held:
            return "đang có tiến trình khác lập thống kê"
        for year, month in _not_drafted(now):
            draft(year, month, now)
        return _publish_overdue_drafts(now)


def _not_drafted(now: datetime) -> list[tuple[int, int]]:
    """Return last month and those since the first report that have none: a year back at most."""
    drafted = set(MonthReport.objects.values_list("year", "month"))
    last = month_before(*year_month(now))
    wanted, first = [last], min(drafted, default=last)
    while len(wanted) < LONGEST_ABSENCE and wanted[-1] > first:
        wanted.append(month_before(*wanted[-1]))
    return [month for month in reversed(wanted) if month not in drafted]


def _publish_overdue_drafts(now: datetime) -> str:
    rule = PublicationRule.objects.filter(since__lte=local_day(now)).first()
    if rule is None or rule.days is None:
        return "bản nháp chờ duyệt"
    waiting = MonthReport.objects.drafts().filter(
        held=False, drafted_at__lte=now - timedelta(days=rule.days)
    )
    done, kept = [], []
    for report in waiting:
        try:
            done.append(str(publish(report.pk, by=None, now=now)))
        except NotPublishable as fault:
            kept.append(f"{report}: {fault}")
    return "; ".join([f"tự công bố: {', '.join(done) or 'không có'}", *kept])


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {
        "desk": cell.desk_id,
        "field": cell.field_id,
        "linked": cell.linked,
        **cell.counts.as_json(),
    }


def year_month(now: datetime) -> tuple[int, int]:
    local = now.astimezone(LOCAL)
    return local.year, local.month


def month_before(year: int, month: int) -> tuple[int, int]:
    last = date(year, month, 1) - timedelta(days=1)
    return last.year, last.month
