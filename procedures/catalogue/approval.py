"""Duyệt danh mục: drafts become what holds, one version at a time; what ends, ends with its reason.

The acts of the controller (kiểm soát TTHC). An approved version is never edited: the version before
is closed the day before the new one begins, a version for an earlier time ends the day before the
next approved one begins. One that begins on the very day of an approved one corrects it (đính
chính): on a person's word it takes its place and its period. Dossiers keep the version they were
taken in under. Who did what is written by pghistory's triggers, with the reason in its context.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

import pghistory
from django.db import transaction

from khanhson_portal.ground.moments import ONE_DAY, local_day
from khanhson_portal.ground.text import one_line
from khanhson_portal.ground.words import short_date
from procedures.catalogue import Approval, Confidence, Procedure, ProcedureVersion
from procedures.catalogue.internal_steps import mismatches
from procedures.offices import Officer

DOUBTED = "độ tin cậy thấp, giữ bản nháp cho tới khi đối chiếu quyết định"


class NotAllowed(Exception):
    """An act that cannot be done now. ``str()`` is Vietnamese and safe to show."""


@dataclass
class Approved:
    """``passed`` hold for their period now, some in the place of ``replaced`` ones; ``held`` stayed
    drafts, each with its reason."""

    passed: list[ProcedureVersion] = field(default_factory=list)
    replaced: list[ProcedureVersion] = field(default_factory=list)
    held: list[tuple[ProcedureVersion, str]] = field(default_factory=list)


@transaction.atomic
def approve(
    pks: Iterable[int],
    *,
    by: Officer,
    at: datetime,
    checked: bool = False,
    doubted: bool = False,
    corrections: Collection[int] = (),
) -> Approved:
    """Approve drafts; at most nine queries, however many.

    ``checked``: ``by`` compared them with the decisions, which also settles a low confidence.
    ``doubted``: the caller has held back what is doubtful already.
    ``corrections``: the drafts that may take the place of an approved version of the same day.
    """
    wanted = list(pks)
    drafts = ProcedureVersion.objects.drafts().filter(pk__in=wanted)
    procedures = Procedure.objects.filter(versions__in=wanted).order_by("pk")
    list(Procedure.objects.select_for_update().filter(pk__in=procedures.values("pk")))
    result = Approved()
    fresh = list(drafts.select_related("procedure"))
    standing = _approved_of({version.procedure_id for version in fresh})
    moved: dict[int, ProcedureVersion] = {}
    unequal = mismatches(version.pk for version in fresh)
    for version in sorted(fresh, key=lambda v: (v.valid_from, v.number)):
        others = standing[version.procedure_id]
        twin = next((other for other in others if other.valid_from == version.valid_from), None)
        if version.confidence == Confidence.LOW and not (checked or doubted):
            result.held.append((version, DOUBTED))
        elif version.pk in unequal:
            result.held.append((version, unequal[version.pk]))
        elif twin and (version.pk not in corrections or twin in result.passed):
            result.held.append((version, same_day(version.valid_from)))
        else:
            if twin:
                others.remove(twin)
                result.replaced.append(twin)
                version.valid_to = version.valid_to or twin.valid_to
            moved |= {other.pk: other for other in _make_room(version, others)}
            others.append(version)
            result.passed.append(version)
    _write_approvals(result, moved, by, at, checked)
    return result


@transaction.atomic
def reject(pk: int, *, reason: str) -> ProcedureVersion:
    """Không duyệt: the draft is put away for good, with the reason. Raises NotAllowed."""
    version = _draft(pk)
    if not one_line(reason):
        raise NotAllowed("Ghi lý do không duyệt, để người soạn biết phải sửa gì.")
    with pghistory.context(ly_do=one_line(reason)[:300]):
        version.approval = Approval.REJECTED
        version.save(update_fields=["approval"])
    return version


@transaction.atomic
def abolish(
    code: str, *, last_day: date, decision: str, replaced_by: str = "", today: date
) -> Procedure:
    """Bãi bỏ: the version in force ends on ``last_day``; the procedure says what replaced it.

    Raises NotAllowed when there is nothing in force, the day is past, or the replacement is not
    in the catalogue.
    """
    procedure = Procedure.objects.select_for_update().get(code=code)
    version = ProcedureVersion.holding(procedure.pk, today)
    if version is None:
        raise NotAllowed(f"Thủ tục {code} không có phiên bản nào đang áp dụng để bãi bỏ.")
    if last_day < version.valid_from:
        since = short_date(version.valid_from)
        raise NotAllowed(f"Ngày cuối áp dụng phải từ {since}, ngày phiên bản bắt đầu, trở đi.")
    if not one_line(decision):
        raise NotAllowed("Ghi số quyết định bãi bỏ.")
    procedure.replaced_by = _replacement(code, one_line(replaced_by))
    procedure.ended_decision = one_line(decision)[:60]
    procedure.save(update_fields=["replaced_by", "ended_decision"])
    version.valid_to = last_day
    version.save(update_fields=["valid_to"])
    return procedure


def same_day(day: date) -> str:
    """Return why a version cannot be approved beside another one that begins on ``day``."""
    return (
        f"đã có phiên bản được duyệt bắt đầu đúng ngày {short_date(day)}; "
        "chọn ngày hiệu lực sau ngày đó, hoặc duyệt là bản đính chính để thay phiên bản ấy"
    )


def _draft(pk: int) -> ProcedureVersion:
    version = ProcedureVersion.objects.select_for_update(of=("self",)).get(pk=pk)
    if version.approval != Approval.DRAFT:
        raise NotAllowed(f"Phiên bản này đã ở tình trạng “{version.get_approval_display()}”.")
    return version


def _replacement(code: str, wanted: str) -> Procedure | None:
    if not wanted:
        return None
    found = Procedure.objects.filter(code=wanted).exclude(code=code).first()
    if found is None:
        raise NotAllowed(f"Không có thủ tục nào khác mang mã “{wanted}” trong danh mục.")
    return found


def _approved_of(procedures: set[int]) -> dict[int, list[ProcedureVersion]]:
    standing: dict[int, list[ProcedureVersion]] = defaultdict(list)
    for version in ProcedureVersion.objects.approved().filter(procedure__in=procedures):
        standing[version.procedure_id].append(version)
    return standing


def _make_room(version: ProcedureVersion, others: list[ProcedureVersion]) -> list[ProcedureVersion]:
    """Fit a version between the approved ones; return those whose last day had to move."""
    day = version.valid_from
    later = [other.valid_from for other in others if other.valid_from > day]
    ends = [min(later) - ONE_DAY] if later else []
    version.valid_to = min([*ends, *filter(None, [version.valid_to])], default=None)
    moved = [other for other in others if other.valid_from < day and other.covers(day)]
    for other in moved:
        other.valid_to = day - ONE_DAY
    return moved


def _write_approvals(
    result: Approved,
    moved: dict[int, ProcedureVersion],
    by: Officer,
    at: datetime,
    checked: bool,
) -> None:
    of_replaced = ProcedureVersion.objects.filter(pk__in=[one.pk for one in result.replaced])
    of_replaced.update(approval=Approval.REPLACED)
    periods = moved | {version.pk: version for version in result.passed}
    ProcedureVersion.objects.bulk_update(periods.values(), ["valid_to"], batch_size=500)
    values: dict[str, object] = {
        "approval": Approval.APPROVED,
        "approved_by": by,
        "approved_at": at,
    }
    if checked:
        values |= {"checked_on": local_day(at), "confidence": Confidence.HIGH}
    ProcedureVersion.objects.filter(pk__in=[one.pk for one in result.passed]).update(**values)
