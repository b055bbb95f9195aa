"""A change of the table of days: rows added, changed or taken out, and how people say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khanhson_portal.ground.words import short_date
from procedures.worktime import Holiday


@dataclass(frozen=True)
class Edit:
    """One row before and after; None before is a new row, None after one taken out.

    Both are unsaved values: ``before`` as the table has it, ``after`` as it shall be.
    """

    before: Holiday | None
    after: Holiday | None

    @property
    def days(self) -> list[date]:
        return [row.day for row in (self.before, self.after) if row]

    @property
    def agency_ids(self) -> set[int | None]:
        """Return whose dossiers it concerns; None is everybody's."""
        return {row.agency_id for row in (self.before, self.after) if row}

    def __str__(self) -> str:
        if self.before is None:
            return f"thêm {_told(self.after)}"
        if self.after is None:
            return f"bỏ {_told(self.before)}"
        return f"sửa {_told(self.before)} thành {_told(self.after)}"

    def write(self) -> None:
        """Save the row. Callers hold the transaction and have validated it."""
        if self.after is not None:
            self.after.save()
        elif self.before is not None:
            Holiday.objects.filter(pk=self.before.pk).delete()


def additions(rows: Sequence[Holiday]) -> list[Edit]:
    return [Edit(None, row) for row in rows]


def write(edits: Sequence[Edit]) -> None:
    for edit in edits:
        edit.write()


def _told(row: Holiday | None) -> str:
    if row is None:
        return ""
    whose = f", {row.agency.short_name}" if row.agency else ""
    return f"{short_date(row.day)} {row.name} ({row.get_kind_display()}{whose})"
