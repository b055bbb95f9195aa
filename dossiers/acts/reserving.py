"""Phiếu dự phòng: reserving numbers for a day without power, and typing the slips in later.

A reserved number comes from the counter of its desk and day, so nothing else ever gets it. It ends
as the code of one dossier, or is written off as spoiled, with a reason.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from dossiers import codes
from dossiers.acts.actors import ActRefused, Hand
from dossiers.models import Dossier, Slip, SlipBatch
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.presses import made_before
from procedures.offices import Agency
from procedures.offices.reach import reach
from procedures.offices.rights import Right

MOST_SLIPS = 50  # in one batch: an afternoon of two counters
DAYS_AHEAD = 30
DAYS_LATE = 15  # a storm can close the road and the line for a week; older slips need a decision


def reserve(desk: Agency, day: date, count: int, hand: Hand) -> SlipBatch:
    """Giữ số: take ``count`` numbers of a desk and a day for paper slips.

    The same press twice takes them once. Raises ActRefused, with the field at fault, having taken
    nothing.
    """
    if desk.pk not in reach(hand.of_officer(), Right.RESERVE_NUMBERS, local_day(hand.now)):
        raise ActRefused(f"Chỉ trưởng bộ phận của {desk} giữ được số cho phiếu dự phòng.")
    if not 1 <= count <= MOST_SLIPS:
        raise ActRefused(f"Mỗi lần giữ từ 1 đến {MOST_SLIPS} số.", "count")
    _check_day(day, local_day(hand.now))
    with transaction.atomic():
        made = made_before(SlipBatch.objects.all(), hand.nonce)
        if made:
            return made
        try:
            first, taken = codes.take_codes(desk, day, count)
        except codes.NoAgencyCode as failure:
            raise ActRefused(str(failure)) from failure
        batch = SlipBatch.objects.create(
            desk=desk,
            day=day,
            first=first,
            last=first + count - 1,
            reserved_by=hand.of_officer(),
            reserved_at=hand.now,
            nonce=hand.nonce,
        )
        Slip.objects.bulk_create(Slip(batch=batch, code=code) for code in taken)
    return batch


def spoil(slip_id: int, hand: Hand, reason: str) -> Slip:
    """Ghi hỏng: a slip torn or written wrongly; its number stays taken. Raises ActRefused."""
    if not reason.strip():
        raise ActRefused("Ghi vì sao phiếu hỏng.", "reason")
    with transaction.atomic():
        slip = _locked(slip_id)
        if not _at_counter(hand, slip.batch.desk_id):
            raise ActRefused("Phiếu này của quầy khác.")
        if slip.dossier_id or slip.spoiled_at:
            raise ActRefused(closed(slip, slip.batch.day))
        slip.spoiled_at, slip.spoiled_by = hand.now, hand.of_officer()
        slip.spoiled_reason = reason.strip()[:200]
        slip.save(update_fields=["spoiled_at", "spoiled_by", "spoiled_reason"])
    return slip


def closed(slip: Slip, today: date) -> str:
    """Return why nothing can be typed in for ``slip`` on ``today``, "" where it can."""
    if slip.dossier_id:
        return f"Phiếu {slip} đã được nhập bù rồi."
    if slip.spoiled_at:
        return f"Phiếu {slip} đã ghi hỏng: {slip.spoiled_reason}."
    if slip.batch.day > today:
        return f"Phiếu {slip} dành cho ngày {slip.batch.day:%d/%m/%Y}, chưa đến ngày dùng."
    if today - slip.batch.day > timedelta(days=DAYS_LATE):
        return (
            f"Phiếu ngày {slip.batch.day:%d/%m/%Y} đã quá {DAYS_LATE} ngày nên không nhập bù được "
            "nữa. Ghi hỏng phiếu này và tiếp nhận hồ sơ như hồ sơ mới."
        )
    return ""


def true_time(slip: Slip, moment: datetime, now: datetime) -> None:
    """Refuse a reception time that cannot be true for ``slip``."""
    if local_day(moment) != slip.batch.day:
        raise ActRefused(f"Phiếu này chỉ dùng cho ngày {slip.batch.day:%d/%m/%Y}.", "late_time")
    if moment > now:
        raise ActRefused("Giờ nhận ghi trên phiếu chưa tới. Xem lại giờ.", "late_time")


def take_number(dossier: Dossier, slip_id: int, now: datetime) -> None:
    """Give a dossier the code and the secret of its slip; the slip stays locked till the end.

    Raises ActRefused where slip, desk and time of reception do not belong together.
    """
    slip = _locked(slip_id)
    day = slip.batch.day
    if slip.batch.desk_id != dossier.desk_id:
        raise ActRefused(f"Phiếu {slip} không phải của quầy này.")
    refusal = closed(slip, local_day(now))
    if refusal:
        raise ActRefused(refusal)
    true_time(slip, dossier.received_at, now)
    entry = codes.reserved_entry(dossier.desk, slip.code, day, dossier.form_set.rows_per_volume)
    dossier.code = dossier.reference = entry.code
    dossier.secret = slip.secret
    dossier.book_year, dossier.book_volume = entry.year, entry.volume
    dossier.book_serial = entry.serial


def mark_used(slip_id: int, dossier: Dossier) -> None:
    Slip.objects.filter(pk=slip_id).update(dossier=dossier)


def _locked(slip_id: int) -> Slip:
    return Slip.objects.select_for_update(of=("self",)).select_related("batch").get(pk=slip_id)


def _check_day(day: date, today: date) -> None:
    if day > today + timedelta(days=DAYS_AHEAD):
        raise ActRefused(f"Chỉ giữ số trước nhiều nhất {DAYS_AHEAD} ngày.", "day")
    if day < today - timedelta(days=DAYS_LATE):
        raise ActRefused(f"Ngày này đã qua hơn {DAYS_LATE} ngày, không nhập bù được nữa.", "day")


def _at_counter(hand: Hand, desk_id: int) -> bool:
    return desk_id in reach(hand.of_officer(), Right.RECEIVE, local_day(hand.now))
