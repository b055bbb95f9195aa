"""A loan, its journal and its slips."""

from __future__ import annotations

from typing import Any

from django.db import models

from dossiers.models import RecordedAct
from procedures.offices import Agency
from tests.loans.table import LOANS


class LoanState(models.TextChoices):
    LENT = "lent", "Đang mượn"
    RETURNED = "returned", "Đã trả sách"


class Loan(models.Model):
    book = models.CharField(max_length=100)
    reader = models.CharField(max_length=100)
    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=LoanState)
    due_on = models.DateField()
    events_count = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"PM-{self.pk}"

    def columns(self) -> dict[str, Any]:
        values = self.__dict__
        return {field.name: values[field.attname] for field in self._meta.concrete_fields}


class LoanEvent(RecordedAct):
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="events")
    due_on = models.DateField()

    table = LOANS
    hashed = [*RecordedAct.hashed, "loan_id", "due_on"]

    class Meta(RecordedAct.Meta):
        constraints = [
            *RecordedAct.Meta.constraints,
            models.UniqueConstraint(fields=["loan", "number"], name="loan_event_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}/{self.number} {self.act}"


class LoanSlip(models.Model):
    event = models.OneToOneField(LoanEvent, models.PROTECT, related_name="slip")
    number = models.CharField(max_length=20, unique=True)
    words = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.number
