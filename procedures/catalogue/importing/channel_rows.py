"""Rows of "Cách thức thực hiện" put together: which channels a case has, how long, how much.

A source may print several rows for one channel. Some are cases, some are stages of one case, and
nothing in the row tells which: unless all of them name one time, the time of that channel is
unknown, its ``source_text`` names them all, and the person who approves tells the cases apart.
Where the source has a column for the case, each case stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from procedures.catalogue import Channel
from procedures.catalogue.importing.amounts import Price
from procedures.catalogue.importing.records import ChannelRecord, FeeRecord
from procedures.catalogue.importing.time_limits import Limit
from procedures.worktime import TimeLimit, Unit

CHANNELS = {channel.label: channel for channel in Channel}
LONGEST_TEXT = 200  # characters of a channel's source text


@dataclass(frozen=True)
class ReadRow:
    """One row, read: ``note`` is what it says besides the fee's own note."""

    channel: Channel
    limit: Limit
    price: Price
    note: str = ""
    case: str = ""


@dataclass(frozen=True)
class Offers:
    channels: tuple[ChannelRecord, ...] = ()
    fees: tuple[FeeRecord, ...] = ()
    doubts: tuple[str, ...] = ()
    unsure: frozenset[str] = frozenset()


def put_together(rows: Sequence[ReadRow]) -> Offers:
    """Return the channels and fees of all cases, and what is doubtful about them."""
    channels: list[ChannelRecord] = []
    fees: list[FeeRecord] = []
    doubts = [(row.limit.doubt, row.channel) for row in rows]
    doubts += [(row.price.doubt, row.channel) for row in rows]
    unsure = any(row.limit.stuck for row in rows)
    for case in dict.fromkeys(row.case for row in rows):
        of_case = [row for row in rows if row.case == case]
        grouped = {c: [r for r in of_case if r.channel == c] for c in Channel}
        present = {channel: group for channel, group in grouped.items() if group}
        for channel, group in present.items():
            record, doubt = _one_channel(group)
            channels.append(record)
            doubts.append((doubt, channel))
            unsure = unsure or bool(doubt)
        fees += _fee_records(case, present)
    doubtful = frozenset({"channels", "fees"}) if unsure else frozenset[str]()
    return Offers(tuple(channels), tuple(fees), _each_once(doubts), doubtful)


def _each_once(doubts: Iterable[tuple[str, Channel]]) -> tuple[str, ...]:
    """Say each doubt once, naming the channels it was found in."""
    found: dict[str, list[str]] = {}
    for doubt, channel in doubts:
        if doubt:
            found.setdefault(doubt, []).append(channel.label)
    return tuple(f"{', '.join(dict.fromkeys(where))}: {doubt}" for doubt, where in found.items())


def _one_channel(group: list[ReadRow]) -> tuple[ChannelRecord, str]:
    """Make one row of the rows of one channel; differing times leave it without a time."""
    first = group[0]
    record = ChannelRecord(first.channel, case=first.case, note=_joined_notes(group))
    times = dict.fromkeys(_limit_in_words(row.limit) for row in group)
    if len(times) == 1:
        limit = first.limit
        record = replace(
            record, number=limit.number, unit=limit.unit, source_text=limit.source_text
        )
        return record, ""
    text = "; ".join(filter(None, times))
    kept = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 2] + " …"
    doubt = (
        f"{len(group)} dòng với thời hạn khác nhau ({text}), không rõ là trường hợp hay công đoạn"
    )
    return replace(record, source_text=kept), doubt


def _joined_notes(group: list[ReadRow]) -> str:
    """Join the notes of several rows, each behind the time it belongs to."""
    if len(group) == 1:
        return group[0].note
    lines = [f"{_limit_in_words(row.limit)}: {row.note}" for row in group if row.note]
    return "\n".join(dict.fromkeys(line.removeprefix(": ") for line in lines))


def _limit_in_words(limit: Limit) -> str:
    if limit.unit == Unit.UNKNOWN:
        return limit.source_text
    return str(TimeLimit(limit.number, limit.unit))


def _fee_records(case: str, present: dict[Channel, list[ReadRow]]) -> list[FeeRecord]:
    """Return the fee lines of a case: common where all channels agree, else by channel."""
    lines = {
        channel: list(dict.fromkeys(_fee_record(case, row.price) for row in group))
        for channel, group in present.items()
    }
    distinct = {tuple(of_channel) for of_channel in lines.values()}
    if len(distinct) == 1:
        return list(distinct.pop())
    return [replace(fee, channel=channel) for channel, fees in lines.items() for fee in fees]


def _fee_record(case: str, price: Price) -> FeeRecord:
    return FeeRecord(
        state=price.state,
        amount=price.amount,
        per=price.per,
        note=price.note,
        source_text=price.source_text,
        case=case,
    )
