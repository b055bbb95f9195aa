"""What an import would do, before it does anything: compare the records with the catalogue.

An approved version is never edited: a difference becomes a new draft, or goes into the draft that
an earlier import of the same source left. A source that says again what it said before changes
nothing, whatever other sources or people have said since.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.timezone import localdate

from procedures.catalogue import Approval, Confidence
from procedures.catalogue.approval import DOUBTED, same_day
from procedures.catalogue.importing.comparing import (
    Change,
    changes_between,
    changes_of,
    kept_back,
)
from procedures.catalogue.importing.known import Known, Seen, known_versions, seen, standing_on
from procedures.catalogue.importing.lengths import too_long
from procedures.catalogue.importing.records import ProcedureRecord, Value

_NATIONAL_CODE = re.compile(r"[0-9]\.[0-9]{6}")
_OWN_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_CODE = 60


class Verdict(TextChoices):
    NEW = "new", "mới"
    CHANGED = "changed", "thay đổi"
    UNCHANGED = "unchanged", "giữ nguyên"
    REFUSED = "refused", "từ chối"


@dataclass
class PlannedRecord:
    """What the plan means to do with one record.

    ``base`` is the version whose other contents are carried over, ``target`` the version that
    stands for the record afterwards; they are one where a draft is updated in place. ``versions``
    are all of the procedure.
    """

    record: ProcedureRecord
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    base: Known | None = None
    target: Known | None = None
    versions: list[Known] = field(default_factory=list, repr=False)

    @property
    def in_place(self) -> bool:
        return self.base is not None and self.base is self.target

    @property
    def writes(self) -> bool:
        return self.verdict in {Verdict.NEW, Verdict.CHANGED}

    @property
    def corrects(self) -> Known | None:
        """Return the approved version that begins on the very day of this record's draft."""
        if self.target is None or not self.target.is_draft:
            return None
        approved = [v for v in self.versions if v.approval == Approval.APPROVED]
        return next((v for v in approved if v.valid_from == self.target.valid_from), None)

    @property
    def shown_changes(self) -> tuple[Change, ...]:
        """Return what people are to look at: against the version corrected, else what is written.

        A draft that an earlier run left shows its differences again, until it is approved.
        """
        if (corrected := self.corrects) and self.target:
            return changes_between(corrected, self.target)
        return self.changes if self.verdict == Verdict.CHANGED else ()

    def stays_draft_because(self, *, correcting: bool) -> str:
        """Return why an approval does not reach the draft of this record, "" where it does.

        A source corrects its own words of the same day; those of others only when the approver
        says so (``correcting``).
        """
        if self.target is None or not self.target.is_draft:
            return ""
        if self.target.content.get("confidence") == Confidence.LOW:
            return DOUBTED
        corrected = self.corrects
        if corrected and not (correcting or corrected.source == self.record.source):
            return same_day(corrected.valid_from)
        return ""


@dataclass
class CataloguePlan:
    """``items`` in the order of the records; ``seen`` is the catalogue the plan was made from."""

    items: list[PlannedRecord] = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)

    def counts(self) -> dict[Verdict, int]:
        counted = Counter(item.verdict for item in self.items)
        return {verdict: counted[verdict] for verdict in Verdict}

    def of(self, verdict: Verdict) -> list[PlannedRecord]:
        return [item for item in self.items if item.verdict == verdict]

    @property
    def doubted(self) -> list[PlannedRecord]:
        return [item for item in self.items if item.record.doubts]


def plan(records: Sequence[ProcedureRecord], *, valid_from: date | None = None) -> CataloguePlan:
    """Return what importing ``records`` would do; writes nothing.

    ``valid_from`` is the first day of new versions of sources that name no day; today unless given.
    """
    codes = {record.code for record in records}
    made = CataloguePlan(seen=seen(codes))
    known = known_versions(codes)
    day = valid_from or localdate()
    order = sorted(range(len(records)), key=lambda at: (records[at].valid_from or day, at))
    items = {at: _item(records[at], known, day) for at in order}
    made.items = [items[at] for at in range(len(records))]
    return made


def _item(record: ProcedureRecord, known: dict[str, list[Known]], day: date) -> PlannedRecord:
    versions = known.get(record.code)
    refusals = [*record.refusals, *_unfit(record, exists=versions is not None)]
    if refusals:
        return PlannedRecord(record, Verdict.REFUSED, tuple(refusals))
    versions = known.setdefault(record.code, [])
    since = record.valid_from or day
    own = _own(record, versions)
    if own and not changes_of(record, own, versions):
        return PlannedRecord(record, Verdict.UNCHANGED, target=own, versions=versions)
    base = standing_on(versions, since)
    if base is None:
        return _first_of_its_time(record, versions, since)
    return _compared(record, versions, base, since)


def _compared(
    record: ProcedureRecord, versions: list[Known], base: Known, since: date
) -> PlannedRecord:
    """A procedure known at that time: the draft of this source is updated, else a new one made."""
    changes = changes_of(record, base, versions)
    kept = kept_back(record, base, versions)
    if not changes:
        return PlannedRecord(record, Verdict.UNCHANGED, kept, target=base, versions=versions)
    same_time = record.valid_from in {None, base.valid_from}
    if base.is_draft and base.source == record.source and same_time:
        base.content = base.content | {change.aspect: change.new for change in changes}
        return PlannedRecord(record, Verdict.CHANGED, kept, changes, base, base, versions)
    target = _planned(record, versions, since, base.content, changes)
    return PlannedRecord(record, Verdict.CHANGED, kept, changes, base, target, versions)


def _own(record: ProcedureRecord, versions: list[Known]) -> Known | None:
    """Return the last version that this source gave, rejected ones included."""
    same = [
        version
        for version in versions
        if version.source == record.source and record.valid_from in {None, version.valid_from}
    ]
    return same[-1] if same else None


def _first_of_its_time(
    record: ProcedureRecord, versions: list[Known], since: date
) -> PlannedRecord:
    """A procedure not known yet, or not known so early: everything said is new."""
    if not record.content.get("field"):
        return PlannedRecord(
            record, Verdict.REFUSED, ("thiếu lĩnh vực, không xếp được vào danh mục",)
        )
    changes = tuple(
        Change(aspect, type(value)(), value) for aspect, value in record.content.items() if value
    )
    verdict = Verdict.CHANGED if versions else Verdict.NEW
    later = any(v.valid_from > since and v.counts for v in versions)
    reasons = ("phiên bản cho giai đoạn trước các phiên bản đang có",) if later else ()
    target = _planned(record, versions, since, {}, changes)
    return PlannedRecord(record, verdict, reasons, changes, None, target, versions)


def _planned(
    record: ProcedureRecord,
    versions: list[Known],
    since: date,
    content: dict[str, Value],
    changes: Iterable[Change],
) -> Known:
    """Put the version that will be written among the known ones, for the records that follow."""
    planned = Known(
        number=max((version.number for version in versions), default=0) + 1,
        valid_from=since,
        approval=Approval.DRAFT,
        source=record.source,
        content=content | {change.aspect: change.new for change in changes},
    )
    versions.append(planned)
    return planned


def _unfit(record: ProcedureRecord, *, exists: bool) -> list[str]:
    """Return why a record cannot stand in the catalogue."""
    reasons = []
    own_name = record.own_name and _OWN_NAME.fullmatch(record.code)
    if not record.code:
        reasons.append("thiếu mã thủ tục")
    elif not (_NATIONAL_CODE.fullmatch(record.code) or own_name or exists):
        reasons.append(f"mã “{record.code[:LONGEST_CODE]}” không theo mẫu N.NNNNNN")
    elif len(record.code) > LONGEST_CODE:
        reasons.append(f"mã dài hơn {LONGEST_CODE} ký tự")
    if not record.title:
        reasons.append("thiếu tên thủ tục")
    return reasons + too_long(record.content)
