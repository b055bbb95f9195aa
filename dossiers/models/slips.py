"""Phiếu dự phòng: numbers reserved for a day without power, written by hand, typed in later."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dossiers.models.dossier import new_secret
from khanhson_portal.ground.presses import Pressed
from procedures.offices import Agency


class SlipBatch(Pressed):
    """One range of codes of one desk and one day, taken from the same counter as all others."""

    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="quầy")
    day = models.DateField("cho ngày")
    first = models.PositiveIntegerField("từ số")
    last = models.PositiveIntegerField("đến số")
    reserved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reserved_at = models.DateTimeField("giữ lúc")

    class Meta:
        verbose_name = verbose_name_plural = "tập phiếu dự phòng"
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="slip_range_in_order", condition=Q(first__gte=1, last__gte=F("first"))
            ),
            models.UniqueConstraint(fields=["desk", "day", "first"], name="slip_range_once"),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.day:%d/%m/%Y}: {self.first}–{self.last}"


class SlipQuerySet(models.QuerySet["Slip"]):
    def open(self) -> Self:
        """Neither typed in nor spoiled yet."""
        return self.filter(dossier=None, spoiled_at=None)


class Slip(models.Model):
    """One pre-numbered slip. Its code and secret are printed before anybody holds it.

    A number is used by one dossier, or spoiled with a reason; it is never given again.
    """

    batch = models.ForeignKey(SlipBatch, models.PROTECT, related_name="slips")
    code = models.CharField("mã hồ sơ", max_length=40, unique=True)
    secret = models.CharField("mã tra cứu", max_length=12, default=new_secret)
    dossier = models.OneToOneField(
        "dossiers.Dossier", models.PROTECT, null=True, related_name="slip", verbose_name="hồ sơ"
    )
    spoiled_at = models.DateTimeField("ghi hỏng lúc", null=True)
    spoiled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    spoiled_reason = models.CharField("lý do hỏng", max_length=200, blank=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "phiếu dự phòng"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="slip_used_or_spoiled_not_both",
                condition=Q(dossier=None) | Q(spoiled_at=None),
            ),
            models.CheckConstraint(
                name="spoiled_slip_has_its_reason",
                condition=Q(spoiled_at=None)
                | (~Q(spoiled_reason="") & Q(spoiled_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def secret_on_paper(self) -> str:
        return f"{self.secret[:4]} {self.secret[4:]}"
