"""The report of a plan in Vietnamese: for the terminal, and row by row as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dossiers.importing.planning import ImportPlan, Item, Verdict
from khanhson_portal.ground import spreadsheets
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.spreadsheets import Sheet
from khanhson_portal.ground.words import short_date


def summary(plan: ImportPlan) -> str:
    counts = ", ".join(f"{count} {verdict.label}" for verdict, count in plan.counts)
    return f"{len(plan.items)} dòng: {counts}; {len(plan.moved)} hồ sơ có hạn khác giấy hẹn cũ."


def lines(plan: ImportPlan, *, everything: bool = False) -> Iterator[str]:
    """Yield a line per row that needs eyes: refused first, then what was noted."""
    order = [Verdict.REFUSED, Verdict.LEFT_OUT, Verdict.NEW, Verdict.KNOWN]
    for verdict in order:
        for item in plan.of(verdict):
            if item.remarks or everything:
                yield f"dòng {item.row}, {item.old_code or 'không mã'}: {verdict.label}" + (
                    f": {'; '.join(item.remarks)}" if item.remarks else ""
                )


def write_table(plan: ImportPlan, path: Path) -> None:
    """Write one line per row as CSV for a spreadsheet. Raises OSError."""
    heads = ["Dòng", "Mã cũ", "Thủ tục", "Kết luận", "Hạn tính lại", "Giấy hẹn cũ", "Vì sao"]
    spreadsheets.write_csv(path, Sheet("Kế hoạch", heads, map(_cells, plan.items)))


def _cells(item: Item) -> list[str]:
    days = [local_day(m) if m else None for m in (item.due_at, item.promised_at)]
    texts = [str(item.row), item.old_code, item.title, item.verdict.label]
    texts += [short_date(day) if day else "" for day in days]
    texts.append("; ".join(item.remarks))
    return texts
