"""The indices of a period as files to take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from khanhson_portal.ground import spreadsheets
from khanhson_portal.ground.frozen import canonical
from khanhson_portal.ground.spreadsheets import Sheet
from satisfaction.models import IndexReport

HEADS = ["Mục", "Số câu trả lời", "Hài lòng (%)", "Khoảng tin cậy 95 % từ (%)", "đến (%)"]


def _rows(data: dict[str, Any]) -> list[list[Any]]:
    """Return one row a figure: the whole, the factors, the groups of the plan, the criteria."""
    parts = [("Chung", data["whole"])]
    parts += [(f"Yếu tố: {row['name']}", row) for row in data["factors"]]
    parts += [(f"Nhóm của kế hoạch: {row['name']}", row) for row in data["plan_groups"]]
    parts += [(f"{row['number']}. {row['text']}", row) for row in data["criteria"]]
    parts += [(row["name"], row) for row in data["desks"] if not row["hidden"]]
    return [[name, r["given"], r["percent"], r["low"], r["high"]] for name, r in parts]


def _sheet(report: IndexReport) -> Sheet:
    return Sheet("Chỉ số hài lòng", HEADS, _rows(report.data))


def _csv(report: IndexReport) -> tuple[str, bytes]:
    return spreadsheets.CSV, spreadsheets.csv_text(_sheet(report))


def _xlsx(report: IndexReport) -> tuple[str, bytes]:
    return spreadsheets.XLSX, spreadsheets.xlsx(_sheet(report))


def _json(report: IndexReport) -> tuple[str, bytes]:
    content = {"sha256": report.sha256, "version": report.version, "data": report.data}
    return "application/json", canonical(content).encode()


WRITERS: dict[str, Callable[[IndexReport], tuple[str, bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
}
