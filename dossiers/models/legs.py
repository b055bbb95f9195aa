"""Chặng: a dossier is always in somebody's hands; each leg says whose, since when, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from procedures.offices import Agency
from procedures.worktime.lateness import is_late

if TYPE_CHECKING:
    from datetime import datetime


class Leg(models.Model):
    """One stay of a dossier with one agency. A running dossier has exactly one open leg.

    ``number`` is that of the event which opened it. ``due_at``: the leg's own deadline by the
    internal steps, None where none is set. A late leg is the fault of the agency that held it.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="legs")
    number = models.PositiveSmallIntegerField()
    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="bên giao")
    holder = models.ForeignKey(Agency, models.PROTECT, related_name="legs", verbose_name="bên nhận")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="legs",
        verbose_name="người thụ lý",
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    step_name = models.CharField("bước", max_length=300, blank=True)
    started_at = models.DateTimeField("nhận lúc")
    due_at = models.DateTimeField("hạn của chặng", null=True)
    ended_at = models.DateTimeField("giao lúc", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "chặng"
        ordering = ["number"]
        indexes = [models.Index(fields=["ended_at"], name="leg_by_end")]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="leg_number_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at=None), name="one_open_leg"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.giver} → {self.holder}"

    def late_at(self, moment: datetime) -> bool:
        """Whether this leg had run over its own deadline by ``moment`` or by its end.

        Internal steps are set in hours, so a leg is told by the minute.
        """
        return is_late(self.ended_at or moment, self.due_at, exact=True)
