"""The official tables from one set of counts, and the identities they must satisfy.

Layouts are data: a column is a head and what it counts. Biểu 06 of TT 02/2017/TT-VPCP was in force
in 2018, II.06a of TT 01/2020/TT-VPCP came later; both read the same counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from dossiers.statistics import Cell, Counts, on_time_rate, total
from procedures.catalogue import Field
from procedures.offices import Agency, Level

Measure = Callable[[Counts], int]


@dataclass(frozen=True)
class Column:
    """``group`` is the head above the head; ``key`` is how files name the column."""

    key: str
    group: str
    head: str
    measure: Measure


@dataclass(frozen=True)
class Layout:
    slug: str
    title: str
    basis: str
    columns: tuple[Column, ...]
    identities: tuple[tuple[str, tuple[str, ...]], ...]  # sum = parts, by column keys


RECEIVED = "Số hồ sơ nhận giải quyết"
DONE = "Số hồ sơ đã giải quyết"
OPEN = "Số hồ sơ đang giải quyết"

TT_02_2017 = Layout(
    slug="tt-02-2017",
    title="Tình hình, kết quả giải quyết thủ tục hành chính",
    basis="Biểu 06, TT 02/2017/TT-VPCP",
    columns=(
        Column("received", RECEIVED, "Tổng số", lambda c: c.received),
        Column("carried", RECEIVED, "Số kỳ trước chuyển qua", lambda c: c.carried),
        Column("new", RECEIVED, "Số mới tiếp nhận", lambda c: c.new),
        Column("done", DONE, "Tổng số", lambda c: c.done),
        Column("done_in_time", DONE, "Trả đúng thời hạn", lambda c: c.done - c.done_late),
        Column("done_late", DONE, "Trả quá hạn", lambda c: c.done_late),
        Column("open", OPEN, "Tổng số", lambda c: c.open),
        Column("open_in_time", OPEN, "Chưa đến hạn", lambda c: c.open - c.open_late),
        Column("open_late", OPEN, "Quá hạn", lambda c: c.open_late),
    ),
    identities=(
        ("received", ("carried", "new")),
        ("done", ("done_in_time", "done_late")),
        ("open", ("open_in_time", "open_late")),
        ("received", ("done", "open")),
    ),
)

II_06A = Layout(
    slug="ii-06a",
    title="Tình hình, kết quả giải quyết thủ tục hành chính",
    basis="Biểu II.06a/VPCP/KSTT, TT 01/2020/TT-VPCP",
    columns=(
        Column("3", "Số lượng hồ sơ tiếp nhận", "Tổng số", lambda c: c.received),
        Column("4", "Số lượng hồ sơ tiếp nhận", "Trực tuyến", lambda c: c.new_online),
        Column(
            "5",
            "Số lượng hồ sơ tiếp nhận",
            "Trực tiếp, bưu chính",
            lambda c: c.new_direct + c.new_helped,  # who is helped came in person
        ),
        Column("6", "Số lượng hồ sơ tiếp nhận", "Từ kỳ trước", lambda c: c.carried),
        Column("7", "Số lượng hồ sơ đã giải quyết", "Tổng số", lambda c: c.done),
        Column("8", "Số lượng hồ sơ đã giải quyết", "Trước hạn", lambda c: c.done_early),
        Column(
            "9",
            "Số lượng hồ sơ đã giải quyết",
            "Đúng hạn",
            lambda c: c.done_on_time + c.done_no_limit,
        ),
        Column("10", "Số lượng hồ sơ đã giải quyết", "Quá hạn", lambda c: c.done_late),
        Column("11", "Số lượng hồ sơ đang giải quyết", "Tổng số", lambda c: c.open),
        Column("12", "Số lượng hồ sơ đang giải quyết", "Trong hạn", lambda c: c.open - c.open_late),
        Column("13", "Số lượng hồ sơ đang giải quyết", "Quá hạn", lambda c: c.open_late),
    ),
    identities=(
        ("3", ("4", "5", "6")),
        ("7", ("8", "9", "10")),
        ("11", ("12", "13")),
        ("3", ("7", "11")),
    ),
)

LAYOUTS = {layout.slug: layout for layout in (TT_02_2017, II_06A)}
GROUP = "Thủ tục hành chính thuộc thẩm quyền giải quyết"
PARTS = {"sum": "các nhóm theo cấp", "group": "các lĩnh vực"}
LETTERS = "ABCDE"  # one for each level there is


def breaches(layout: Layout, rows: Iterable[dict[str, Any]]) -> list[str]:
    """Return one Vietnamese line per identity that a row breaks; an empty list balances."""
    heads = {column.key: f"“{column.group}: {column.head}”" for column in layout.columns}
    found = []
    for row in rows:
        for whole, parts in layout.identities:
            gap = row["figures"][whole] - sum(row["figures"][part] for part in parts)
            if gap:
                names = " + ".join(heads[part] for part in parts)
                found.append(f"{row['name']}: {heads[whole]} lệch {names} là {gap}.")
    return found


def sum_breaches(layout: Layout, rows: list[dict[str, Any]]) -> list[str]:
    """Return one line per column whose fields miss their group, or whose groups miss the total."""
    groups = [row for row in rows if row["kind"] == "group"]
    sums = [(row, groups) for row in rows if row["kind"] == "sum"]
    for group in groups:
        below = rows[rows.index(group) + 1 :]
        fields = takewhile(lambda row: row["kind"] == "field", below)
        sums.append((group, list(fields)))
    return [
        f"Cộng {PARTS[whole['kind']]}, “{column.group}: {column.head}” là {found} "
        f"nhưng dòng “{whole['name']}” ghi {whole['figures'][column.key]}."
        for whole, parts in sums
        for column in layout.columns
        if (found := sum(part["figures"][column.key] for part in parts))
        != whole["figures"][column.key]
    ]


def figures(layout: Layout, counts: Counts) -> dict[str, int]:
    return {column.key: column.measure(counts) for column in layout.columns}


def table(layout: Layout, cells: list[Cell]) -> dict[str, Any]:
    """Return one official table as plain data: rows by level and field, sums, the grand total.

    The levels are those of the desks that have anything to count, whatever levels there are.
    """
    desks = {
        agency.pk: agency for agency in Agency.objects.filter(pk__in={c.desk_id for c in cells})
    }
    names = dict(Field.objects.filter(pk__in={c.field_id for c in cells}).values_list("pk", "name"))
    order = dict(Field.objects.values_list("pk", "sort_key"))
    rows: list[dict[str, Any]] = []
    found = {desk.level for desk in desks.values()}
    for letter, level in zip(LETTERS, [level for level in Level if level in found], strict=False):
        heading = f"{letter}. {GROUP} {level.label.lower()}"
        own = [cell for cell in cells if desks[cell.desk_id].level == level]
        by_field: dict[int, list[Counts]] = defaultdict(list)
        for cell in own:
            by_field[cell.field_id].append(cell.counts)
        rows.append(_row("group", heading, total([cell.counts for cell in own]), layout))
        for field_id in sorted(by_field, key=lambda pk: order[pk]):
            rows.append(_row("field", names[field_id], total(by_field[field_id]), layout))
    rows.append(_row("sum", "Tổng cộng", total([cell.counts for cell in cells]), layout))
    return {
        "slug": layout.slug,
        "title": layout.title,
        "basis": layout.basis,
        "columns": [[c.key, c.group, c.head] for c in layout.columns],
        "rows": rows,
    }


def agency_table(cells: list[Cell]) -> list[dict[str, Any]]:
    """Return one row per desk with its figures and its on-time rate."""
    by_desk: dict[int, list[Counts]] = defaultdict(list)
    for cell in cells:
        by_desk[cell.desk_id].append(cell.counts)
    agencies = Agency.objects.filter(pk__in=by_desk).select_related("parent")
    return [
        {
            "agency": agency.pk,
            "name": agency.issuer.name,
            "figures": figures(TT_02_2017, total(by_desk[agency.pk])),
            "no_limit": total(by_desk[agency.pk]).done_no_limit,
            "on_time": on_time_rate(total(by_desk[agency.pk])),
        }
        for agency in agencies
    ]


def _row(kind: str, name: str, counts: Counts, layout: Layout) -> dict[str, Any]:
    return {"kind": kind, "name": name, "figures": figures(layout, counts)}
