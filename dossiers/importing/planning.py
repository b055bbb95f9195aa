"""What a file would do to the books: each row new, already there, left out, or refused.

Nothing is written. A row tells all its faults at once, each with its cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, TextChoices

from dossiers.acts import ActRefused, promise
from dossiers.acts.carrying import Arriving
from dossiers.importing.arrivals import Arrivals
from dossiers.importing.reading import Reader
from dossiers.importing.sheets import SheetRow
from dossiers.models import Dossier, ImportedDossier
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.text import one_line
from khanhson_portal.ground.words import short_date
from procedures.offices import Agency
from procedures.worktime import Deadline, WorkCalendar


class Verdict(TextChoices):
    NEW = "new", "mới"
    KNOWN = "known", "đã có"
    LEFT_OUT = "left_out", "đã xong, bỏ qua"
    REFUSED = "refused", "phải sửa"


@dataclass
class Item:
    """One row of the report. ``faults`` refuse the row; ``notes`` tell what to know about it."""

    row: int
    old_code: str
    title: str
    verdict: Verdict
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    arriving: Arriving | None = None
    calendar: WorkCalendar | None = None
    due_at: datetime | None = None

    @property
    def promised_at(self) -> datetime | None:
        return self.arriving.promised_at if self.arriving else None

    @property
    def remarks(self) -> list[str]:
        return self.faults + self.notes


@dataclass(frozen=True)
class ImportPlan:
    source: str
    items: list[Item]

    def of(self, verdict: Verdict) -> list[Item]:
        return [item for item in self.items if item.verdict == verdict]

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        return [(verdict, len(self.of(verdict))) for verdict in Verdict]

    @property
    def can_apply(self) -> bool:
        """Whether there is something to write and nothing to mend first."""
        return bool(self.of(Verdict.NEW)) and not self.of(Verdict.REFUSED)

    @property
    def moved(self) -> list[Item]:
        """The new rows whose counted due date is another day than their old receipt says."""
        new = self.of(Verdict.NEW)
        return [item for item in new if _day(item.promised_at) not in {None, _day(item.due_at)}]


def plan(rows: list[SheetRow], *, source: str, desk: Agency | None, now: datetime) -> ImportPlan:
    """Return what would happen to each row; ``desk`` receives the rows that name none."""
    source = one_line(source)
    planner = _Planner(rows, source, desk, now)
    return ImportPlan(source, [planner.item(row) for row in rows])


class _Planner:
    """The books, read once for all rows; ``Arrivals`` reads what else the rows hang on."""

    def __init__(
        self, rows: list[SheetRow], source: str, desk: Agency | None, now: datetime
    ) -> None:
        self._arrivals = Arrivals(source, desk, now)
        self._codes = Counter(Reader(row).old_code() for row in rows)
        codes = list(self._codes)
        known = ImportedDossier.objects.filter(source=source, old_code__in=codes)
        self._known = dict(known.values_list("old_code", "dossier__code"))
        taken = Dossier.objects.filter(Q(code__in=codes) | Q(reference__in=codes))
        pairs = taken.values_list("code", "reference")
        self._taken = {name for pair in pairs for name in pair if name}

    def item(self, row: SheetRow) -> Item:
        reader = Reader(row)
        code = reader.old_code()
        item = Item(row.number, code, reader.said("title"), Verdict.REFUSED)
        if code in self._known:
            item.verdict, item.notes = Verdict.KNOWN, [f"là hồ sơ {self._known[code]} ở đây"]
            return item
        state = reader.state()
        if state is None and not reader.faults:
            item.verdict = Verdict.LEFT_OUT
            item.notes = [
                f"“{reader.said('state') or 'Đã trả kết quả'}”: không còn đang giải quyết"
            ]
            return item
        self._check_code(code, reader)
        arriving = self._arrivals.arriving(reader, state)
        item.faults, item.notes = reader.faults, reader.notes
        if arriving and not item.faults:
            self._count(item, arriving, reader)
        return item

    def _check_code(self, code: str, reader: Reader) -> None:
        if not code:
            reader.fault("old_code", "thiếu mã hồ sơ; không có mã thì nạp lại sẽ trùng")
        elif len(code) > 40:
            reader.fault("old_code", "mã dài quá 40 ký tự")
        elif self._codes[code] > 1:
            reader.fault("old_code", f"mã {code} có ở {self._codes[code]} dòng trong tệp")
        elif code in self._taken:
            reader.fault("old_code", f"{code} đã là mã của một hồ sơ khác trên cổng này")

    def _count(self, item: Item, arriving: Arriving, reader: Reader) -> None:
        """Count the deadline of a row that can be read, and tell how it meets the old receipt."""
        intake = arriving.intake
        assert intake.received_at
        item.calendar = self._arrivals.calendar(intake.desk, intake.received_at.date())
        try:
            deadline = promise(intake, intake.received_at, item.calendar)
        except ActRefused as refusal:
            reader.fault("title" if reader.has("title") else "procedure_code", str(refusal))
            return
        item.arriving, item.due_at, item.verdict = arriving, deadline.due_at, Verdict.NEW
        if not reader.has_hour("received") and deadline.exact:
            item.notes.append("hạn tính theo giờ nhưng tệp không ghi giờ nhận: tính từ giờ mở cửa")
        item.notes += _meeting(deadline, arriving.promised_at)


def _meeting(deadline: Deadline, promised_at: datetime | None) -> Iterator[str]:
    """Yield what to tell where the old receipt and the counted due date are different days."""
    due, promised = _day(deadline.due_at), _day(promised_at)
    if promised is None or promised == due:
        return
    if due is None:
        yield f"giấy hẹn cũ ghi {short_date(promised)}, luật không đặt hạn: giữ ngày trên giấy"
    elif promised < due:
        yield (
            f"giấy hẹn cũ ghi {short_date(promised)}, hạn tính lại {short_date(due)}: "
            "giữ ngày trên giấy cho công dân"
        )
    else:
        yield (
            f"giấy hẹn cũ ghi {short_date(promised)}, hạn theo luật sớm hơn, "
            f"{short_date(due)}: phải xong theo luật"
        )


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None
