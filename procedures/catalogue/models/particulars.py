"""Kết quả, căn cứ pháp lý, mức độ trực tuyến: what a version says whatever the case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, period_in_order
from procedures.catalogue.models.versions import ProcedureVersion


@tracked()
class ProcedureResult(models.Model):
    """Kết quả thực hiện."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="results")
    name = models.CharField("tên kết quả", max_length=1000)
    code = models.CharField("mã", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "kết quả thực hiện"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class LegalBasis(models.Model):
    """Căn cứ pháp lý."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="bases")
    title = models.TextField("tên văn bản")
    number = models.CharField("số, ký hiệu", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "căn cứ pháp lý"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number or self.title


@tracked()
class OnlineLevel(Period):
    """Mức độ dịch vụ công trực tuyến, in the words of its time: mức độ 1–4, then toàn trình."""

    VALUES = [
        ("1", "mức độ 1"),
        ("2", "mức độ 2"),
        ("3", "mức độ 3"),
        ("4", "mức độ 4"),
        ("partial", "một phần"),
        ("full", "toàn trình"),
    ]

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="online_levels")
    value = models.CharField("mức độ", max_length=8, choices=VALUES)
    decision = models.CharField("quyết định", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "mức độ trực tuyến"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="online_level_is_known",
                condition=Q(value__in=["1", "2", "3", "4", "partial", "full"]),
            ),
            period_in_order("online_level_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.get_value_display()
