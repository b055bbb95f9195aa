"""Tổ hướng dẫn thực hiện thủ tục trực tuyến: who founded it, who is in it, when they helped.

Source: plan row II.2, at least two sessions a week.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from procedures.catalogue.models.procedures import Procedure
from procedures.offices.models.agencies import Agency
from procedures.offices.models.officers import Officer
from procedures.worktime.models import WorkSession


@tracked()
class GuidanceTeam(Period):
    """One team at one desk, for as long as its founding decision holds."""

    desk = models.ForeignKey(
        Agency, models.PROTECT, related_name="guidance_teams", verbose_name="bộ phận một cửa"
    )
    decision = models.CharField("quyết định thành lập, số", max_length=60)
    decided_on = models.DateField("ngày ký quyết định")
    decided_by = models.CharField("cơ quan ký", max_length=200)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "tổ hướng dẫn"
        ordering = ["desk__order", "-valid_from"]
        constraints = [period_in_order("guidance_team_period_in_order")]

    def __str__(self) -> str:
        return f"Tổ hướng dẫn theo {self.decision}"


@tracked()
class GuidanceMember(models.Model):
    team = models.ForeignKey(GuidanceTeam, models.CASCADE, related_name="members")
    name = models.CharField("họ và tên", max_length=120)
    title = models.CharField("chức vụ, đơn vị", max_length=160, blank=True)
    part = models.CharField("nhiệm vụ trong tổ", max_length=80, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "thành viên tổ hướng dẫn"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class GuidanceSlot(models.Model):
    """One weekly hour of the public timetable."""

    team = models.ForeignKey(GuidanceTeam, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField("thứ", choices=WorkSession.WEEKDAYS)
    opens = models.TimeField("từ")
    closes = models.TimeField("đến")
    place = models.CharField("ở đâu", max_length=160, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "lịch hướng dẫn"
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                name="guidance_slot_opens_before_it_closes",
                condition=Q(opens__lt=F("closes")),
                violation_error_message="Giờ bắt đầu phải trước giờ kết thúc.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class GuidanceSessionQuerySet(models.QuerySet["GuidanceSession"]):
    def between(self, first: date, last: date) -> Self:
        return self.filter(day__range=(first, last))

    def standing(self) -> Self:
        """Lines that were not struck out."""
        return self.filter(struck_at=None)

    def for_listing(self) -> Self:
        return self.select_related("desk__parent", "by").prefetch_related("procedures")


@tracked()
class GuidanceSession(models.Model):
    """Buổi hướng dẫn: the log line of one session. Whoever was helped is a number, not a name."""

    desk = models.ForeignKey(
        Agency, models.PROTECT, related_name="guidance_sessions", verbose_name="bộ phận một cửa"
    )
    day = models.DateField("ngày")
    place = models.CharField("ở đâu", max_length=160, blank=True)
    helpers = models.CharField("ai hướng dẫn", max_length=300)
    helped = models.PositiveSmallIntegerField("số người được hướng dẫn")
    procedures = models.ManyToManyField(Procedure, blank=True, verbose_name="thủ tục đã hướng dẫn")
    note = models.CharField("ghi chú", max_length=500, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    struck_at = models.DateTimeField("gạch bỏ lúc", null=True, editable=False)

    objects = GuidanceSessionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "buổi hướng dẫn"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["desk", "day"], name="guidance_by_day")]

    def __str__(self) -> str:
        return f"{self.desk}, {self.day:%d/%m/%Y}"
