"""Counting from the journal: what the books held at one moment, never the current status.

Each event carries the dossier's summary after it, so the last event before the closing moment is
the dossier as it then was. Its field, mechanism and way in are read from what was frozen with the
event that entered it in the books ("counted"), from the rows of today only where an event is older
than that. Periods are counted by ``entered_at`` and ``closed_at`` (when the books
took it in and let it go), lateness by the legal due date without any re-appointment.
Definitions: TT 02/2017/TT-VPCP, TT 01/2020/TT-VPCP.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection

from procedures.worktime.lateness import timeliness_sql


@dataclass(frozen=True)
class Counts:
    """Whole dossiers. ``*_no_limit``: the law sets no time limit; their own class, never hidden."""

    carried: int = 0
    new_online: int = 0
    new_direct: int = 0
    done_early: int = 0
    done_on_time: int = 0
    done_late: int = 0
    done_no_limit: int = 0
    open_in_time: int = 0
    open_late: int = 0
    open_waiting: int = 0
    open_no_limit: int = 0
    withdrawn: int = 0  # of those done
    stopped: int = 0  # of those done
    late_apologised: int = 0  # of those done late: their letter went out while they still ran
    new_helped: int = 0  # sent online by an officer for a citizen ("nộp hộ"): neither of the others

    @property
    def new(self) -> int:
        return self.new_online + self.new_helped + self.new_direct

    @property
    def received(self) -> int:
        return self.carried + self.new

    @property
    def done(self) -> int:
        return self.done_early + self.done_on_time + self.done_late + self.done_no_limit

    @property
    def late_unapologised(self) -> int:
        return self.done_late - self.late_apologised

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_late + self.open_waiting + self.open_no_limit

    def __add__(self, other: Counts) -> Counts:
        pairs = ((f.name, getattr(self, f.name) + getattr(other, f.name)) for f in fields(Counts))
        return Counts(**dict(pairs))

    def as_json(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True)
class Cell:
    """The counts of one desk, one field, one kind of mechanism."""

    desk_id: int
    field_id: int
    linked: bool
    counts: Counts


def total(counts: list[Counts]) -> Counts:
    return sum(counts, Counts())


def on_time_rate(counts: Counts) -> float | None:
    """Return the share of finished dossiers that were not late, in percent; None without any.

    The denominator is what was finished, never what was received; dossiers without a time limit
    can be neither.
    """
    timed = counts.done - counts.done_no_limit
    return 100 * (timed - counts.done_late) / timed if timed else None


def count(start: datetime, end: datetime) -> list[Cell]:
    """Return the counts of the period [start, end) as the books stood at ``end``; one query.

    Only dossiers that were open or moved since ``start`` are looked at.
    Indexes: event_number_once (last event per dossier), event_by_time, dossier_running.
    """
    return [_cell(row) for row in _rows(SQL, {"start": start, "end": end})]


@dataclass(frozen=True)
class Late:
    """One dossier that was late with its result in a period, or open and late at its end."""

    dossier_id: int
    desk: str
    apologised: bool


def late_ones(desk_ids: set[int], start: datetime, end: datetime) -> list[Late]:
    """Return every late dossier that ``count`` counts at these desks, one by one; one query."""
    desks = sorted(desk_ids)
    return [Late(**row) for row in _rows(LATE, {"start": start, "end": end, "desks": desks})]


@dataclass(frozen=True)
class Bridge:
    """Dossiers that a period took over elsewhere than the period before left them.

    ``anew``: closed and opened again meanwhile, so that they count as new and not as carried.
    """

    desk_id: int
    field_id: int
    to_desk_id: int
    to_field_id: int
    anew: bool
    count: int


def bridges(start: datetime, end: datetime) -> list[Bridge]:
    """Return what was reclassified, transferred or opened anew between two closings; one query."""
    return [Bridge(**row) for row in _rows(BRIDGES, {"start": start, "end": end})]


def _rows(sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        columns = [column.name for column in cursor.description or []]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _cell(row: dict[str, Any]) -> Cell:
    key = {name: row.pop(name) for name in ("desk_id", "field_id", "linked")}
    return Cell(**key, counts=Counts(**row))


_TIMELINESS = timeliness_sql(
    moment="COALESCE(e.finished_at, e.closed_at, %(end)s)",
    due_at="e.due_at",
    exact="e.due_exact",
    standing="(e.standing AND e.closed_at IS NULL)",
)

_ENTRY = """
    SELECT entered.data -> 'counted' AS counted FROM dossiers_event entered
     WHERE entered.dossier_id = {event}.dossier_id AND entered.number <= {event}.number
       AND entered.data ? 'counted'
     ORDER BY entered.number DESC LIMIT 1
"""
_FIELD = "COALESCE(({entry}.counted ->> 'field')::bigint, {version}.field_id)"

_JUDGED = f"""
WITH concerned AS (
    SELECT id AS dossier_id FROM dossiers_dossier
     WHERE state IN ('accepted', 'in_progress', 'awaiting_supplement', 'awaiting_payment',
                     'awaiting_partner')
    UNION
    SELECT dossier_id FROM dossiers_event WHERE recorded_at >= %(start)s
), then_last AS (
    SELECT then_event.* FROM concerned
    CROSS JOIN LATERAL (
        SELECT * FROM dossiers_event e
         WHERE e.dossier_id = concerned.dossier_id AND e.recorded_at < %(end)s
         ORDER BY e.number DESC LIMIT 1
    ) then_event
    WHERE then_event.entered_at IS NOT NULL
      AND (then_event.closed_at IS NULL OR then_event.closed_at >= %(start)s)
), judged AS (
    SELECT e.dossier_id, e.desk_id, e.state,
        {_FIELD.format(entry="entry", version="v")} AS field_id,
        COALESCE((entry.counted ->> 'linked')::boolean, v.linked) AS linked,
        COALESCE(entry.counted ->> 'channel', d.channel) AS channel,
        COALESCE((entry.counted ->> 'helped')::boolean, d.helper_id IS NOT NULL) AS helped,
        e.promised_at IS NOT NULL AS apologised,
        e.entered_at >= %(start)s AS is_new,
        e.closed_at IS NOT NULL AS is_done,
        {_TIMELINESS} AS timeliness
      FROM then_last e
      JOIN procedures_procedureversion v ON v.id = e.version_id
      JOIN dossiers_dossier d ON d.id = e.dossier_id
      LEFT JOIN LATERAL ({_ENTRY.format(event="e")}) entry ON true
)
"""

SQL = f"""{_JUDGED}
SELECT desk_id, field_id, linked,
    count(*) FILTER (WHERE NOT is_new) AS carried,
    count(*) FILTER (WHERE is_new AND channel = 'online' AND NOT helped) AS new_online,
    count(*) FILTER (WHERE is_new AND channel = 'online' AND helped) AS new_helped,
    count(*) FILTER (WHERE is_new AND channel <> 'online') AS new_direct,
    count(*) FILTER (WHERE is_done AND timeliness = 'early') AS done_early,
    count(*) FILTER (WHERE is_done AND timeliness = 'on_time') AS done_on_time,
    count(*) FILTER (WHERE is_done AND timeliness = 'late') AS done_late,
    count(*) FILTER (WHERE is_done AND timeliness = 'no_limit') AS done_no_limit,
    count(*) FILTER (WHERE NOT is_done AND timeliness = 'standing') AS open_waiting,
    count(*) FILTER (WHERE NOT is_done AND timeliness IN ('early', 'on_time')) AS open_in_time,
    count(*) FILTER (WHERE NOT is_done AND timeliness = 'late') AS open_late,
    count(*) FILTER (WHERE NOT is_done AND timeliness = 'no_limit') AS open_no_limit,
    count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn,
    count(*) FILTER (WHERE state = 'stopped') AS stopped,
    count(*) FILTER (WHERE is_done AND timeliness = 'late' AND apologised) AS late_apologised
  FROM judged
 GROUP BY desk_id, field_id, linked
 ORDER BY desk_id, field_id, linked
"""

LATE = f"""{_JUDGED}
SELECT dossier_id, a.short_name AS desk, apologised
  FROM judged
  JOIN procedures_agency a ON a.id = desk_id
 WHERE timeliness = 'late' AND desk_id = ANY(%(desks)s)
 ORDER BY dossier_id
"""

_LEFT_IN = _FIELD.format(entry="b_entry", version="bv")
_NOW_IN = _FIELD.format(entry="a_entry", version="av")
BRIDGES = f"""
WITH moved AS (
    SELECT DISTINCT dossier_id FROM dossiers_event
     WHERE recorded_at >= %(start)s AND recorded_at < %(end)s
)
SELECT b.desk_id, {_LEFT_IN} AS field_id, a.desk_id AS to_desk_id, {_NOW_IN} AS to_field_id,
    a.entered_at >= %(start)s AS anew, count(*) AS count
  FROM moved
 CROSS JOIN LATERAL (
    SELECT * FROM dossiers_event e
     WHERE e.dossier_id = moved.dossier_id AND e.recorded_at < %(start)s
     ORDER BY e.number DESC LIMIT 1
  ) b
 CROSS JOIN LATERAL (
    SELECT * FROM dossiers_event e
     WHERE e.dossier_id = moved.dossier_id AND e.recorded_at < %(end)s
     ORDER BY e.number DESC LIMIT 1
  ) a
  JOIN procedures_procedureversion bv ON bv.id = b.version_id
  JOIN procedures_procedureversion av ON av.id = a.version_id
  LEFT JOIN LATERAL ({_ENTRY.format(event="b")}) b_entry ON true
  LEFT JOIN LATERAL ({_ENTRY.format(event="a")}) a_entry ON true
 WHERE b.entered_at IS NOT NULL AND b.closed_at IS NULL
   AND (a.entered_at >= %(start)s OR b.desk_id <> a.desk_id OR {_LEFT_IN} <> {_NOW_IN})
 GROUP BY 1, 2, 3, 4, 5
 ORDER BY 1, 2, 3, 4, 5
"""
