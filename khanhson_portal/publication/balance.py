"""Cân đối: what keeps a month's figures from being published, one Vietnamese sentence per fault.

Every table adds up three times: along a row (received = done + open), from its fields to their
group, from its groups to the grand total. And a month takes over what the one before it left, at
every desk and in every field; what was reclassified or transferred meanwhile is a line of its
bridge, read from the journal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from dossiers.statistics import Bridge, Counts
from khanhson_portal.publication import tables
from procedures.catalogue import Field
from procedures.offices import Agency

Place = tuple[int, int]  # desk, field


def faults(data: dict[str, Any]) -> Iterator[str]:
    """Yield what does not add up within one month."""
    for table in data["tables"]:
        layout = tables.LAYOUTS[table["slug"]]
        yield from tables.breaches(layout, table["rows"])
        yield from tables.sum_breaches(layout, table["rows"])
    whole = Counts(**data["total"])
    parts = {
        "các nơi tiếp nhận và lĩnh vực": [_counts(cell) for cell in data["cells"]],
        "một cửa và liên thông": [Counts(**data["one_stop"]), Counts(**data["linked"])],
    }
    for name, counts in parts.items():
        found = sum(counts, Counts())
        if found != whole:
            yield (
                f"Cộng {name}: nhận {found.received}, giải quyết {found.done}, còn {found.open}; "
                f"tổng cộng ghi {whole.received}, {whole.done}, {whole.open}."
            )
    yield from _desk_faults(data)


def _desk_faults(data: dict[str, Any]) -> Iterator[str]:
    """Yield where the table of desks does not add up to the first official table."""
    table = data["tables"][0]
    last = table["rows"][-1]["figures"]
    for key, group, head in table["columns"]:
        found = sum(row["figures"][key] for row in data["agencies"])
        if found != last[key]:
            yield (
                f"Cộng các nơi tiếp nhận, “{group}: {head}” là {found} "
                f"nhưng tổng cộng ghi {last[key]}."
            )


def is_empty(data: dict[str, Any]) -> bool:
    """Whether the books held no dossier at all in the month."""
    counts = Counts(**data["total"])
    return counts.received == counts.done == counts.open == 0


# From the month before ---------------------------------------------------------------------------


def bridge_json(bridges: list[Bridge]) -> list[dict[str, Any]]:
    """Return the bridge as plain data with its names: it is frozen with the month."""
    desks, fields = _names(
        {desk for b in bridges for desk in (b.desk_id, b.to_desk_id)},
        {field for b in bridges for field in (b.field_id, b.to_field_id)},
    )
    return [
        {
            "from": [b.desk_id, b.field_id],
            "to": None if b.anew else [b.to_desk_id, b.to_field_id],
            "count": b.count,
            "left": f"{desks[b.desk_id]}, {fields[b.field_id]}",
            "came": "mở lại, tính là mới tiếp nhận"
            if b.anew
            else f"{desks[b.to_desk_id]}, {fields[b.to_field_id]}",
        }
        for b in bridges
    ]


def carried_faults(earlier: dict[str, Any], data: dict[str, Any]) -> Iterator[str]:
    """Yield where a month takes over something else than the published one before it left."""
    month = f"tháng {earlier['month']}/{earlier['year']} đã công bố"
    left, taken = _sums(earlier, "open"), _sums(data, "carried")
    came: Counter[Place] = Counter()
    went: Counter[Place] = Counter()
    for line in data.get("bridge", []):
        went[_place(line["from"])] += line["count"]
        if line["to"]:
            came[_place(line["to"])] += line["count"]
    off = [
        place
        for place in sorted({*left, *taken, *came, *went})
        if left[place] + came[place] - went[place] != taken[place]
    ]
    desks, fields = _names({desk for desk, _ in off}, {field for _, field in off})
    for place in off:
        moved = f", chuyển đến {came[place]}, chuyển đi {went[place]}"
        yield (
            f"{desks[place[0]]}, {fields[place[1]]}: kỳ trước chuyển qua là {taken[place]} nhưng "
            f"{month} còn {left[place]} hồ sơ{moved if came[place] or went[place] else ''}."
        )
    opened = Counts(**earlier["total"]).open + came.total() - went.total()
    if opened != data["total"]["carried"]:
        yield f"Kỳ trước chuyển qua là {data['total']['carried']} nhưng {month} còn {opened} hồ sơ."


def _place(pair: list[int]) -> Place:
    desk, field = pair
    return desk, field


def _sums(data: dict[str, Any], measure: str) -> Counter[Place]:
    found: Counter[Place] = Counter()
    for cell in data["cells"]:
        found[cell["desk"], cell["field"]] += getattr(_counts(cell), measure)
    return found


def _counts(cell: dict[str, Any]) -> Counts:
    return Counts(**{k: v for k, v in cell.items() if k not in {"desk", "field", "linked"}})


def _names(desk_ids: set[int], field_ids: set[int]) -> tuple[dict[int, str], dict[int, str]]:
    desks = Agency.objects.filter(pk__in=desk_ids).values_list("pk", "short_name")
    fields = Field.objects.filter(pk__in=field_ids).values_list("pk", "name")
    return dict(desks), dict(fields)
