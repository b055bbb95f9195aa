"""Chữ ký, con dấu đã quét: printed on papers only where a decision allows it, for a period."""

from __future__ import annotations

import base64

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from procedures.offices import Agency


class SigningImage(Period):
    """The signature of one officer or the seal of one agency, as PNG; never changed, only ended.

    Papers freeze the row's number, so a reprint shows what was printed then.
    """

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signing_images",
        verbose_name="chữ ký của",
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signing_images",
        verbose_name="con dấu của",
    )
    basis = models.CharField("văn bản cho phép", max_length=300)
    png = models.BinaryField("ảnh PNG")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "chữ ký, con dấu đã quét"
        ordering = ["-valid_from"]
        constraints = [
            period_in_order("signing_image_period_in_order"),
            models.CheckConstraint(
                name="image_of_an_officer_or_an_agency",
                condition=Q(officer=None, agency__isnull=False)
                | Q(officer__isnull=False, agency=None),
                violation_error_message="Chọn một cán bộ (chữ ký) hoặc một đơn vị (con dấu).",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="same_image",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("officer", "agency", "png"),
            ),
        ]

    def __str__(self) -> str:
        return f"Chữ ký {self.officer}" if self.officer else f"Con dấu {self.agency}"

    @property
    def address(self) -> str:
        """Return the image as a data address, ready for a page."""
        return f"data:image/png;base64,{base64.b64encode(bytes(self.png)).decode()}"
