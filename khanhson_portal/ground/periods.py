"""Rows with a period: what the law or the province can change is never edited away."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class PeriodQuerySet(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_to`` (the last day included, empty while in force)."""

    def in_force(self, day: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def ended(self, day: date) -> Self:
        return self.filter(valid_to__lt=day)

    def not_ended(self, day: date) -> Self:
        """Rows in force on ``day`` or to come."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Period(models.Model):
    valid_from = models.DateField("có hiệu lực từ ngày", default=date(2015, 7, 10))
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def period_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a period does not end before it begins."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        violation_error_message="Ngày hết hiệu lực phải từ ngày có hiệu lực trở đi.",
    )
