"""One press of one button: a nonce is made with the form, and the same one twice is one thing made.

Twelve impatient presses come as twelve requests at once. The first one makes; the others wait for
it and are given what it made. The unique key of the column is the last guard.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.db import connection, models
from django.http import HttpRequest

Made = TypeVar("Made", bound=models.Model)


class Pressed(models.Model):
    """A row that somebody makes by a press: an abstract base."""

    nonce = models.UUIDField("mã lần bấm", null=True, unique=True, editable=False)

    class Meta:
        abstract = True


class PressField(forms.Field):
    """The hidden field that carries the nonce; what is no nonce counts as none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.HiddenInput, "required": False, **options})
        self.initial = uuid4

    def to_python(self, value: Any) -> UUID | None:
        return nonce_of(value)


def nonce_of(value: Any) -> UUID | None:
    """Return the nonce that ``value`` spells, None for anything else."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def press_of(request: HttpRequest) -> UUID | None:
    """Return the nonce of the press that this request is, None for a GET or a form without one."""
    return nonce_of(request.POST.get("nonce"))


def made_before(rows: models.QuerySet[Made], nonce: UUID | None) -> Made | None:
    """Return the row that an earlier press with this nonce made, None where this is the first.

    Waits for a press that is under way. To be called first in the transaction that makes the row:
    the nonce stays locked until that ends.
    """
    if nonce is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"press:{nonce}"])
    return rows.filter(nonce=nonce).first()
