"""Màn hình tra cứu: the screens that stand at the desks, and how they were used each day.

The count proves row II.3 of the plan. It says how often, never who and never what was looked at.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from khanhson_portal.ground.history import tracked
from procedures.offices import Agency

SILENT_AFTER = timedelta(minutes=3)
LETTERS = "abcdefghkmnpqrstuvwxyz23456789"  # nothing that is misread when typed once from a list


def new_key() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(12))


class ScreenQuerySet(models.QuerySet["Screen"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def at(self, desk_ids: set[int]) -> Self:
        return self.filter(desk__in=desk_ids).select_related("desk__parent")


@tracked(exclude=["seen_at"])
class Screen(models.Model):
    """One screen; ``key`` is the part of its address that nobody guesses, so counts stay honest."""

    key = models.SlugField(max_length=20, unique=True, default=new_key, editable=False)
    name = models.CharField("tên màn hình", max_length=60)
    desk = models.ForeignKey(
        Agency, models.PROTECT, related_name="screens", verbose_name="bộ phận một cửa"
    )
    place = models.CharField("chỗ đặt", max_length=120, blank=True)
    seen_at = models.DateTimeField("báo hiệu gần nhất", null=True, editable=False)
    retired_at = models.DateTimeField("thôi dùng lúc", null=True, editable=False)

    objects = ScreenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "màn hình tra cứu"
        ordering = ["desk__order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "name"],
                name="screen_name_once_per_desk",
                condition=models.Q(retired_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kiosk:start", kwargs={"key": self.key})

    @property
    def full_address(self) -> str:
        """Return what is typed once into the machine's browser."""
        return f"{settings.BASE_URL}{self.get_absolute_url()}"

    def is_alive(self, now: datetime) -> bool:
        """Whether the screen has reported within the last minutes."""
        return self.seen_at is not None and now - self.seen_at < SILENT_AFTER


class ScreenDay(models.Model):
    """What one screen did on one day. Written by ``counting`` only."""

    screen = models.ForeignKey(Screen, models.CASCADE, related_name="days")
    day = models.DateField("ngày")
    minutes = models.PositiveIntegerField("phút hoạt động", default=0)
    starts = models.PositiveIntegerField("lượt bắt đầu", default=0)
    procedures = models.PositiveIntegerField("thủ tục đã xem", default=0)
    prints = models.PositiveIntegerField("lượt bấm in", default=0)
    scans = models.PositiveIntegerField("giấy tiếp nhận đã quét", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "ngày của màn hình"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["screen", "day"], name="screen_day_once")]

    def __str__(self) -> str:
        return f"{self.screen} {self.day:%d/%m/%Y}"
