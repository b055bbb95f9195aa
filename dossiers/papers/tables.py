"""A table of a paper: its official heads in one or two rows, and its cells in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Column:
    """``key`` of a frozen row; ``group`` is the head above several columns; ``css`` its width."""

    head: str
    key: str
    css: str = ""
    group: str = ""


@dataclass(frozen=True)
class Layout:
    """The columns of one table; ``numbered``: the paper counts its rows itself."""

    columns: tuple[Column, ...]
    numbered: bool = True


@dataclass(frozen=True)
class Table:
    """``top`` and ``bottom`` are the rows of heads; ``bottom`` is empty without groups."""

    top: list[dict[str, Any]]
    bottom: list[Column]
    columns: tuple[Column, ...]
    rows: list[list[tuple[Any, str]]]
    width: int
    numbered: bool


def filled(layout: Layout, rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return a table ready to draw; a row may lack cells, it may not lack columns."""
    columns = layout.columns
    top: list[dict[str, Any]] = []
    for group, members in groupby(columns, key=lambda column: column.group or column):
        listed = list(members)
        if isinstance(group, str):
            top.append({"head": group, "css": "", "span": len(listed)})
        else:
            top.append({"head": group.head, "css": group.css, "span": 1, "tall": True})
    grouped = [column for column in columns if column.group]
    cells = [[(row.get(c.key) or "", c.css) for c in columns] for row in rows]
    width = len(columns) + layout.numbered
    return Table(top, grouped, columns, cells, width, layout.numbered)
