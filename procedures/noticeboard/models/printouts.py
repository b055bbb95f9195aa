"""Bản in: a long list or a stack of leaflets that the queue draws, kept by what it says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

LOST_AFTER = timedelta(minutes=15)  # above the queue's own patience (Q_CLUSTER timeout, retry)


class PrintoutKind(models.TextChoices):
    LIST = "list", "Danh mục niêm yết"
    LEAFLETS = "leaflets", "Tờ rơi cả lĩnh vực"


class PrintoutState(models.TextChoices):
    WAITING = "waiting", "đang chờ đến lượt"
    DRAWING = "drawing", "đang vẽ"
    READY = "ready", "đã xong"
    FAILED = "failed", "không vẽ được"
    CANCELLED = "cancelled", "đã hủy"


class PrintoutQuerySet(models.QuerySet["Printout"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=[PrintoutState.WAITING, PrintoutState.DRAWING])

    def startable(self, now: datetime) -> Self:
        """Whoever waits, failed before, or was being drawn by a worker that is gone."""
        lost = Q(state=PrintoutState.DRAWING, touched_at__lt=now - LOST_AFTER)
        waits = Q(state__in=[PrintoutState.WAITING, PrintoutState.FAILED])
        return self.filter(waits | lost)

    def asked_before(self, moment: datetime) -> Self:
        return self.filter(asked_at__lt=moment)


class Printout(models.Model):
    """What is printed is frozen in ``data``; the same content is the same row and the same file.

    ``key`` is the SHA-256 of kind and data. ``done`` of ``total`` pieces are drawn.
    """

    key = models.CharField("mã nội dung", max_length=64, unique=True)
    kind = models.CharField("loại", max_length=8, choices=PrintoutKind)
    title = models.CharField("tên", max_length=400)
    data = models.JSONField("nội dung")
    state = models.CharField(
        "tình trạng", max_length=10, choices=PrintoutState, default=PrintoutState.WAITING
    )
    total = models.PositiveIntegerField("số phần", default=1)
    done = models.PositiveIntegerField("đã vẽ", default=0)
    asked_at = models.DateTimeField("yêu cầu gần nhất")
    touched_at = models.DateTimeField("thay đổi gần nhất")
    sha256 = models.CharField("mã kiểm tra của tệp", max_length=64, blank=True)

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "bản in"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="printout_kind_is_known", condition=Q(kind__in=PrintoutKind.values)
            ),
            models.CheckConstraint(
                name="printout_state_is_known", condition=Q(state__in=PrintoutState.values)
            ),
            models.CheckConstraint(
                name="printout_has_its_file",
                condition=~Q(state=PrintoutState.READY) | ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:printout", args=[self.key])

    @property
    def ready(self) -> bool:
        return self.state == PrintoutState.READY

    @property
    def under_way(self) -> bool:
        return self.state in {PrintoutState.WAITING, PrintoutState.DRAWING}

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // max(self.total, 1))
