"""Phí, lệ phí đã thu: what was collected at the counter, or waived on which ground."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from procedures.catalogue import Fee, FeeKind


class CollectedFee(models.Model):
    """One line of money. Amounts are whole đồng; a waived line keeps its ground and is 0."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="collected_fees")
    source = models.ForeignKey(Fee, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField("loại", max_length=8, choices=FeeKind, blank=True)
    name = models.CharField("khoản thu", max_length=200)
    amount = models.PositiveBigIntegerField("số tiền (đồng)")
    exemption = models.CharField("lý do miễn, giảm", max_length=200, blank=True)
    receipt_number = models.CharField("số biên lai", max_length=40, blank=True)
    paid_at = models.DateTimeField("thu lúc", null=True)
    collector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "phí, lệ phí đã thu"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="waived_fee_has_its_ground",
                condition=Q(amount__gt=0) | ~Q(exemption="") | Q(paid_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.amount}"
