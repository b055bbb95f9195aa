"""Several files about one procedure: put together aspect by aspect, disagreements said aloud.

The formats complement each other: the list knows agencies and field, the detail page the texts,
the table of channels the times and fees. Where two of them speak of the same aspect, the one that
read it with certainty wins, then the earlier in ``Format``. One format that says two things of
one code is refused: nobody can tell which is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from procedures.catalogue.importing.aspects import LABELS, differs, in_words, says_nothing
from procedures.catalogue.importing.records import ChannelRecord, Format, ProcedureRecord, Value

ORDER = list(Format)
SPOKEN_ALOUD = ["title", "field", "levels", "ministry_decision"]  # where agreement is expected
LONGEST_SOURCE = 300


def combine(records: Iterable[ProcedureRecord]) -> list[ProcedureRecord]:
    """Return one record per code and day of effect, in the order in which they first appear."""
    groups: dict[tuple[str, date | None], list[ProcedureRecord]] = defaultdict(list)
    nameless = []
    for record in records:
        if record.code:
            groups[record.code, record.valid_from].append(record)
        else:
            nameless.append(record)
    return [*map(_one, groups.values()), *nameless]


def _one(group: list[ProcedureRecord]) -> ProcedureRecord:
    refusals: list[str] = []
    parts = []
    for format in ORDER:
        same = [record for record in group if record.format == format]
        if not same:
            continue
        parts.append(same[0])
        if any(record.content != same[0].content for record in same[1:]):
            refusals.append(_contradiction(same))
    if len(group) == 1:
        return group[0]
    return _merged(parts, group, refusals)


def _contradiction(same: list[ProcedureRecord]) -> str:
    places = ", ".join(str(record.origins[0]) for record in same)
    titles = list(dict.fromkeys(record.title for record in same))
    if len(titles) > 1:
        return f"một mã mà có {len(titles)} tên khác nhau ({places}): " + "; ".join(titles)
    return f"một mã có {len(same)} lần với nội dung khác nhau ({places})"


def _merged(
    parts: list[ProcedureRecord], group: list[ProcedureRecord], refusals: list[str]
) -> ProcedureRecord:
    content: dict[str, Value] = {}
    unsure: set[str] = set()
    doubts = [doubt for part in parts for doubt in part.doubts]
    for aspect in dict.fromkeys(aspect for part in parts for aspect in part.content):
        chosen = _part_that_counts(aspect, parts)
        content[aspect] = chosen.content[aspect]
        if aspect in chosen.unsure:
            unsure.add(aspect)
        doubts += _disagreements(aspect, chosen, parts)
    tables = [part for part in parts if part.rows]
    return ProcedureRecord(
        code=parts[0].code,
        origins=tuple(origin for record in group for origin in record.origins),
        content=content,
        source="; ".join(dict.fromkeys(part.source for part in parts))[:LONGEST_SOURCE],
        source_url=next((part.source_url for part in parts if part.source_url), ""),
        valid_from=parts[0].valid_from,
        own_name=any(part.own_name for part in parts),
        unsure=frozenset(unsure),
        doubts=tuple(dict.fromkeys(doubts)),
        refusals=tuple(refusals + [line for record in group for line in record.refusals]),
        rows=tables[0].rows if tables else (),
    )


def _part_that_counts(aspect: str, parts: list[ProcedureRecord]) -> ProcedureRecord:
    """Return the part whose word on an aspect counts: something before nothing, sure before not."""
    speaking = [part for part in parts if aspect in part.content]
    return min(
        speaking,
        key=lambda part: (
            says_nothing(part.content[aspect]),
            aspect in part.unsure,
            ORDER.index(part.format),
        ),
    )


def _disagreements(aspect: str, chosen: ProcedureRecord, parts: list[ProcedureRecord]) -> list[str]:
    kept = chosen.content[aspect]
    return [
        f"{LABELS[aspect]}: giữ “{in_words(aspect, _telling(kept))}” của {chosen.format}, "
        f"{part.format} ghi “{in_words(aspect, _telling(other))}”"
        for part in parts
        if part is not chosen
        and (other := part.content.get(aspect)) is not None
        and not says_nothing(other)
        and aspect not in part.unsure
        and (aspect in SPOKEN_ALOUD or aspect == "channels")
        and differs(aspect, _telling(kept), _telling(other))
    ]


def _telling(value: Value) -> Value:
    """Return of channels only the times: notes are cut off in one format and whole in another."""
    if not isinstance(value, tuple):
        return value
    return tuple(
        ChannelRecord(part.channel, part.number, part.unit, part.source_text)
        if isinstance(part, ChannelRecord)
        else part
        for part in value
    )
