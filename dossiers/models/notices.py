"""Tin báo: the outbox of messages, their words, alarms on time used up, secret calendars.

A notice is written in the transaction of the act it tells of; ``dossiers.notices`` sends it.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dossiers.models.placeholders import unknown_names
from khanhson_portal.ground import masking
from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from khanhson_portal.ground.presses import Pressed
from khanhson_portal.ground.text import tidy
from procedures.offices import Agency


class NoticeKind(models.TextChoices):
    ACCEPTED = "accepted", "Đã tiếp nhận"
    GUIDED = "guided", "Cần hoàn thiện hồ sơ"
    DECLINED = "declined", "Không được tiếp nhận"
    SUPPLEMENT = "supplement", "Cần bổ sung giấy tờ"
    PAYMENT = "payment", "Cần nộp tiền"
    APOLOGY = "apology", "Xin lỗi và hẹn lại"
    RECLASSIFIED = "reclassified", "Sửa nhầm thủ tục"
    RESULT = "result", "Có kết quả"
    REFUSED = "refused", "Từ chối giải quyết"
    STOPPED = "stopped", "Dừng giải quyết"
    DIGEST = "digest", "Nhắc việc buổi sáng"


class NoticeChannel(models.TextChoices):
    """The same values as ``Dossier.notify_wish``."""

    EMAIL = "email", "Thư điện tử"
    PHONE = "phone", "Tin nhắn điện thoại"


class NoticeStatus(models.TextChoices):
    WAITING = "waiting", "Đang chờ gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Gửi không được"
    UNSENT = "unsent", "Không gửi"
    CALLED = "called", "Đã gọi điện"


TONES: dict[NoticeStatus, str] = {
    NoticeStatus.WAITING: "wait",
    NoticeStatus.SENT: "done",
    NoticeStatus.FAILED: "late",
    NoticeStatus.UNSENT: "quiet",
    NoticeStatus.CALLED: "done",
}


@tracked()
class Wording(Period):
    """Lời của một loại tin, for one channel and period. Names in braces are filled in.

    Staff read them on a page of their own and mend them in the admin; see notices.placeholders.
    """

    kind = models.CharField("loại tin", max_length=14, choices=NoticeKind)
    channel = models.CharField("gửi bằng", max_length=8, choices=NoticeChannel)
    subject = models.CharField(
        "tiêu đề thư", max_length=150, blank=True, help_text="Chỉ dùng cho thư điện tử."
    )
    body = models.TextField("lời")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "lời của tin báo"
        ordering = ["kind", "channel", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="wording_kind_is_known", condition=Q(kind__in=NoticeKind.values)
            ),
            models.CheckConstraint(
                name="wording_channel_is_known", condition=Q(channel__in=NoticeChannel.values)
            ),
            period_in_order("wording_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_channel_display().lower()}"

    def clean(self) -> None:
        self.subject, self.body = tidy(self.subject), tidy(self.body)
        if self.channel == NoticeChannel.EMAIL and not self.subject:
            raise ValidationError({"subject": "Thư điện tử cần có tiêu đề."})
        for field in ("subject", "body"):
            unknown = unknown_names(getattr(self, field))
            if unknown:
                raise ValidationError(
                    {field: f"Cổng không biết điền gì vào {', '.join(unknown)}. Xem lại chính tả."}
                )


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to_send(self, now: datetime) -> Self:
        """Waiting, and their time has come; index notice_waiting."""
        return self.filter(status=NoticeStatus.WAITING, next_at__lte=now).order_by("next_at", "pk")

    def of_dossier(self, dossier_id: int) -> Self:
        return self.filter(dossier=dossier_id).order_by("created_at", "pk")

    def worth_showing(self, since: datetime) -> Self:
        """What is still to be done, however old, and what was done ``since``."""
        done = Q(status__in=[NoticeStatus.SENT, NoticeStatus.CALLED])
        return self.filter(~done | Q(created_at__gte=since))

    def sent_from(self, agency_ids: set[int]) -> Self:
        return self.filter(agency__in=agency_ids)


class Notice(models.Model):
    """Tin báo: one message to one address, about one event, or one officer's digest of one day.

    ``key`` stays the same through every attempt, so that a receiver can tell a repetition.
    ``remark`` says why it was not sent, in words that hold no address and no name.
    ``handled_by``: who sent it again, or told the citizen by telephone instead.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField("loại tin", max_length=14, choices=NoticeKind)
    channel = models.CharField("gửi bằng", max_length=8, choices=NoticeChannel)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="notices", verbose_name="nơi gửi"
    )
    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, null=True, related_name="notices"
    )
    event = models.OneToOneField("dossiers.Event", models.PROTECT, null=True, related_name="notice")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="notices"
    )
    day = models.DateField("ngày", null=True)
    address = models.CharField("gửi đến", max_length=254, blank=True)
    subject = models.CharField("tiêu đề", max_length=300, blank=True)
    body = models.TextField("nội dung")
    status = models.CharField("tình trạng", max_length=8, choices=NoticeStatus)
    remark = models.CharField("ghi chú", max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần đã thử", default=0)
    created_at = models.DateTimeField("lập lúc")
    next_at = models.DateTimeField("gửi lúc", null=True)
    sent_at = models.DateTimeField("đã gửi lúc", null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "tin báo"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                name="notice_waiting",
                condition=Q(status=NoticeStatus.WAITING),
            ),
            models.Index(fields=["agency", "status", "-created_at"], name="notice_by_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_status_is_known", condition=Q(status__in=NoticeStatus.values)
            ),
            models.CheckConstraint(
                name="notice_is_about_one_thing",
                condition=Q(dossier__isnull=False, event__isnull=False, officer=None, day=None)
                | Q(dossier=None, event=None, officer__isnull=False, day__isnull=False),
            ),
            models.CheckConstraint(
                name="waiting_notice_has_where_and_when",
                condition=~Q(status=NoticeStatus.WAITING)
                | (Q(next_at__isnull=False) & ~Q(address="")),
            ),
            models.UniqueConstraint(
                fields=["officer", "day"], condition=Q(event=None), name="one_digest_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.key})"

    @property
    def masked_address(self) -> str:
        """Return enough of the address for its owner to know it: "m…@thu.vn", "091…678"."""
        return masking.contact(self.address)

    @property
    def tone(self) -> str:
        return TONES[NoticeStatus(self.status)]

    @property
    def open(self) -> bool:
        """Whether the citizen does not know yet and nothing more happens by itself."""
        return self.status in {NoticeStatus.FAILED, NoticeStatus.UNSENT}

    @property
    def may_be_resent(self) -> bool:
        return bool(self.address) and self.open


class Alarm(models.Model):
    """Báo động: a dossier has used up a share of its time for one promised day; once each.

    A promised day that moves by a supplement or an apology has alarms of its own.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="alarms")
    threshold = models.PositiveSmallIntegerField("đã dùng, phần trăm thời gian")
    due_at = models.DateTimeField("của ngày hẹn")
    raised_at = models.DateTimeField("báo lúc")
    told_on = models.DateField("đã vào thư nhắc việc ngày", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "báo động thời hạn"
        ordering = ["dossier", "threshold"]
        indexes = [
            models.Index(fields=["raised_at"], name="alarm_not_told", condition=Q(told_on=None))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "due_at", "threshold"], name="alarm_once_per_threshold"
            ),
            models.CheckConstraint(
                name="alarm_threshold_is_known", condition=Q(threshold__in=[50, 80, 100])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.threshold} %"


def new_feed_token() -> str:
    return secrets.token_urlsafe(24)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def open(self) -> Self:
        return self.filter(revoked_at=None)


class CalendarFeed(Pressed):
    """Lịch hẹn trả of one desk under a secret address: codes and counts, no names. Revocable."""

    desk = models.ForeignKey(Agency, models.PROTECT, related_name="calendar_feeds")
    label = models.CharField("dùng ở đâu", max_length=100)
    token = models.CharField(max_length=40, unique=True, default=new_feed_token, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("lập lúc")
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "lịch hẹn trả"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.desk}: {self.label}"

    @property
    def address(self) -> str:
        return f"{settings.BASE_URL}{reverse('dossiers:calendar_feed', args=[self.token])}"
