"""Tháng đã công bố: the month's figures, frozen with their hash; corrections are new versions."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from khanhson_portal.ground.frozen import Frozen, published_is_frozen


class MonthQuerySet(models.QuerySet["MonthReport"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(published_at=None)

    def of(self, year: int, month: int) -> Self:
        return self.filter(year=year, month=month)

    def newest_versions(self) -> Self:
        """The last published version of each month, newest month first."""
        return self.published().order_by("-year", "-month", "-version").distinct("year", "month")


class MonthReport(Frozen):
    """One version of one month. ``data`` never changes once published; a trigger sees to it.

    ``sha256`` is the hash over the canonical JSON of ``data``; it is printed with the figures.
    """

    year = models.PositiveSmallIntegerField("năm")
    month = models.PositiveSmallIntegerField("tháng")
    held = models.BooleanField("giữ lại, chưa công bố", default=False)
    held_reason = models.CharField("lý do giữ lại", max_length=300, blank=True)

    objects = MonthQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "thống kê tháng"
        ordering = ["-year", "-month", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month", "version"], name="month_version_once"),
            models.CheckConstraint(name="month_is_a_month", condition=Q(month__range=(1, 12))),
            models.CheckConstraint(
                name="correction_has_its_reason", condition=Q(version=1) | ~Q(reason="")
            ),
        ]
        triggers = [published_is_frozen()]

    def __str__(self) -> str:
        return f"Tháng {self.month}/{self.year}" + (
            f" (bản {self.version})" if self.version > 1 else ""
        )

    def get_absolute_url(self) -> str:
        return reverse("publication:month", args=[self.year, self.month])

    @property
    def total_figures(self) -> dict[str, int]:
        """Return the grand total of the month by the columns of its first table."""
        figures: dict[str, int] = self.data["tables"][0]["rows"][-1]["figures"]
        return figures


class PublicationRule(models.Model):
    """How long a draft waits for a leader before it publishes itself; empty means for ever."""

    days = models.PositiveSmallIntegerField("tự công bố sau số ngày", null=True, blank=True)
    since = models.DateField("áp dụng từ", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "quy định công bố"
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"từ {self.since:%d/%m/%Y}: {self.days or 'chờ duyệt'}"
