"""Gửi tin: the outbox is emptied by a job that any number of workers may run at once.

Each notice is sent under a lock on its row (SKIP LOCKED), and marked in the same transaction. A
worker killed between the two leaves the row waiting: it goes out again under the same key, by which
the gateway and mail programs know a repetition. Lost is worse than twice.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from dossiers.models import Notice, NoticeChannel, NoticeStatus
from dossiers.notices import gateway, letters
from dossiers.notices.undelivered import Refused, TryLater
from procedures.offices import Officer

PAUSES = [timedelta(minutes=m) for m in (1, 5, 30, 120, 480)]  # after each failed attempt
MOST_ATTEMPTS = len(PAUSES) + 1
BUDGET = 120.0  # seconds per run; far below the queue's own limit
CARRIERS = {NoticeChannel.EMAIL: letters.carry, NoticeChannel.PHONE: gateway.carry}

log = logging.getLogger("portal")


class NotResendable(Exception):
    """``str()`` is a Vietnamese sentence for the officer who pressed "Gửi lại"."""


def send_waiting(now: datetime, budget: float = BUDGET) -> Counter[str]:
    """Send what is due; return how many ended how: "sent", "waiting" (again later), "failed".

    A channel whose other side does not answer is left alone for the rest of the run, so that a dead
    gateway neither holds up letters nor eats the attempts of every message.
    """
    outcomes: Counter[str] = Counter()
    blocked: set[str] = set()
    end = monotonic() + budget
    while monotonic() < end:
        notice = _send_next(now, blocked)
        if notice is None:
            break
        outcomes[notice.status] += 1
    return outcomes


def _send_next(now: datetime, blocked: set[str]) -> Notice | None:
    """Lock, send and mark the oldest notice that nobody else is sending; index notice_waiting."""
    with transaction.atomic():
        waiting = Notice.objects.to_send(now).exclude(channel__in=blocked)
        notice = waiting.select_for_update(skip_locked=True).first()
        if notice is None:
            return None
        notice.attempts += 1
        try:
            notice.remark = _carry(notice, now)
        except TryLater as failure:
            _put_off(notice, now, failure)
            blocked |= set() if failure.alone else {notice.channel}
        except Refused as failure:
            _give_up(notice, str(failure))
        else:
            notice.status, notice.sent_at, notice.next_at = NoticeStatus.SENT, now, None
        notice.save(update_fields=["attempts", "remark", "status", "sent_at", "next_at"])
        return notice


def _carry(notice: Notice, now: datetime) -> str:
    """Send one notice; a fault of our own is one more reason to try later, not to stop the rest."""
    try:
        return CARRIERS[NoticeChannel(notice.channel)](notice, now)
    except (TryLater, Refused):
        raise
    except Exception as error:
        log.error("notice %s broke its carrier: %s", notice.key, type(error).__name__)
        remark = f"trục trặc trong phần mềm ({type(error).__name__})"
        raise TryLater(remark, alone=True) from None


def _put_off(notice: Notice, now: datetime, failure: TryLater) -> None:
    if notice.attempts >= MOST_ATTEMPTS:
        _give_up(notice, str(failure))
        return
    notice.remark = str(failure)
    notice.next_at = now + max(PAUSES[notice.attempts - 1], failure.pause)


def _give_up(notice: Notice, remark: str) -> None:
    notice.status, notice.next_at, notice.remark = NoticeStatus.FAILED, None, remark
    log.warning("notice %s failed after %d attempts", notice.key, notice.attempts)


def resend(notice_id: int, *, by: Officer, now: datetime) -> Notice:
    """Gửi lại: put a failed notice back into the outbox, with its whole number of attempts.

    Raises NotResendable; pressed twice, the second press is told that it is waiting already.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice_id)
        if not notice.may_be_resent:
            raise NotResendable(
                f"Tin này {notice.get_status_display().lower()} nên không gửi lại."
                if notice.address
                else "Hồ sơ không có địa chỉ để gửi; xin gọi điện cho bà con."
            )
        if notice.channel == NoticeChannel.PHONE and not gateway.is_connected():
            raise NotResendable(
                "Cổng tin nhắn của tỉnh chưa được nối nên chưa gửi được; xin gọi điện cho bà con."
            )
        notice.status, notice.attempts, notice.next_at = NoticeStatus.WAITING, 0, now
        notice.remark, notice.handled_by = "", by
        notice.save(update_fields=["status", "attempts", "next_at", "remark", "handled_by"])
    return notice


def note_call(notice_id: int, *, by: Officer, now: datetime) -> Notice:
    """Đã gọi điện: somebody told the citizen in person what the notice could not.

    Raises NotResendable where there is nothing left to tell.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice_id)
        if not notice.open or notice.dossier_id is None:
            raise NotResendable(
                f"Tin này {notice.get_status_display().lower()} nên không cần ghi lại."
            )
        notice.status, notice.sent_at, notice.handled_by = NoticeStatus.CALLED, now, by
        notice.save(update_fields=["status", "sent_at", "handled_by"])
    return notice
