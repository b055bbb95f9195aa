"""The posted list as files to take away: CSV that Excel opens with its marks, XLSX, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import tablib

from procedures.noticeboard.printouts.rows import HEADS, Row

RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")
COLUMN = 32  # characters; the longest title would make a column wider than any screen
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it or chokes on it.

    A leading sign gets an apostrophe; control characters, which XLSX refuses, are left out.
    """
    text = _CONTROL.sub("", text)
    return f"'{text}" if text.startswith(RUNS_IN_A_SPREADSHEET) else text


def _dataset(rows: list[Row]) -> tablib.Dataset:
    dataset = tablib.Dataset(headers=["STT", *HEADS.values()], title="Danh mục")
    for number, row in enumerate(rows, 1):
        dataset.append([number, *(harmless(row[key]) for key in HEADS)])
    return dataset


def _csv(rows: list[Row]) -> tuple[str, bytes]:
    """With a byte order mark: without it Excel reads Vietnamese as gibberish."""
    return "text/csv; charset=utf-8", ("\ufeff" + _dataset(rows).export("csv")).encode()


def _xlsx(rows: list[Row]) -> tuple[str, bytes]:
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return content_type, _dataset(rows).export("xlsx", column_width=COLUMN)


def _json(rows: list[Row]) -> tuple[str, bytes]:
    """The same rows under the names of the import format; nothing runs JSON, nothing is changed."""
    text = json.dumps({"so_thu_tuc": len(rows), "thu_tuc": rows}, ensure_ascii=False, indent=1)
    return "application/json", text.encode()


WRITERS: dict[str, Callable[[list[Row]], tuple[str, bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
}
