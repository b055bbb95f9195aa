"""Thay đổi lịch làm việc: what was changed, by whom, and which open dossiers it moves."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from khanhson_portal.ground.presses import Pressed


class CalendarChangeQuerySet(models.QuerySet["CalendarChange"]):
    def unfinished(self) -> Self:
        return self.filter(done_at=None)


class CalendarChange(Pressed):
    """One confirmed change of days off, worked days or closures.

    ``lines`` say it in Vietnamese; ``waiting`` holds the dossiers still to be counted again. Each
    leaves it in the transaction that wrote its event, so a killed job goes on where it stopped.
    """

    lines = models.JSONField("thay đổi", default=list)
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người xác nhận",
    )
    at = models.DateTimeField("lúc")
    waiting = ArrayField(models.BigIntegerField(), default=list)
    touched = models.PositiveIntegerField("số hồ sơ dời hạn", default=0)
    done_at = models.DateTimeField("tính lại xong lúc", null=True)

    objects = CalendarChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "thay đổi lịch làm việc"
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"], name="change_unfinished", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return "; ".join(self.lines)
