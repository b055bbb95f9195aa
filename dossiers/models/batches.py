"""Bản in hàng loạt: many papers as one PDF, drawn by the queue while people go on working."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from dossiers.models.papers import Paper
from khanhson_portal.ground.presses import Pressed
from procedures.offices import Agency


class BatchKind(models.TextChoices):
    RECEIPTS = "giay-tiep-nhan", "Mọi giấy tiếp nhận trong ngày"
    CONTROL_SHEETS = "phieu-kiem-soat", "Phiếu kiểm soát của hồ sơ chuyển trong ngày"
    REGISTER = "so-theo-doi", "Sổ theo dõi hồ sơ, một quyển"


class BatchState(models.TextChoices):
    WAITING = "waiting", "Đang chờ in"
    DRAWING = "drawing", "Đang in"
    DONE = "done", "Xong"
    CANCELLED = "cancelled", "Đã dừng theo yêu cầu"
    FAILED = "failed", "Không in được"


class Batch(Pressed):
    """One order of many pages. ``papers`` are its sheets; a register has ``done`` rows instead."""

    kind = models.CharField("loại", max_length=20, choices=BatchKind)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="batches")
    day = models.DateField("ngày", null=True, blank=True)
    to = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField("năm sổ", null=True, blank=True)
    volume = models.PositiveIntegerField("quyển số", null=True, blank=True)
    state = models.CharField(
        "tình trạng", max_length=10, choices=BatchState, default=BatchState.WAITING
    )
    total = models.PositiveIntegerField("số giấy", default=0)
    done = models.PositiveIntegerField("đã in", default=0)
    papers = models.ManyToManyField(Paper, related_name="+")
    sentence = models.CharField("ghi chú", max_length=300, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="batches",
        verbose_name="người yêu cầu",
    )
    ordered_at = models.DateTimeField("yêu cầu lúc")
    ended_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "bản in hàng loạt"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="batch_state_is_known", condition=Q(state__in=BatchState.values)
            ),
            models.CheckConstraint(
                name="done_batch_has_its_file",
                condition=~Q(state=BatchState.DONE) | ~Q(pdf_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def subject(self) -> str:
        """Return what it covers: the day, or the volume of a year."""
        if self.volume:
            return f"quyển {self.volume} năm {self.year}"
        to = f", chuyển đến {self.to.short_name}" if self.to else ""
        return f"ngày {self.day:%d/%m/%Y}{to}"

    @property
    def is_open(self) -> bool:
        return self.state in {BatchState.WAITING, BatchState.DRAWING}
