"""Số liệu đã công bố thì không đổi: one way to freeze figures, for months, indices and reports.

``data`` is plain JSON, hashed in its canonical form; once published a trigger refuses every change.
A correction is a new version with its reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models


def canonical(value: Any, default: Callable[[Any], str] | None = None) -> str:
    """Return the one JSON text of equal values: sorted keys, no spaces, letters as they are."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=default
    )


def digest(data: Any) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    return sha256(canonical(data).encode()).hexdigest()


class Frozen(models.Model):
    """One version of published figures."""

    version = models.PositiveSmallIntegerField("bản", default=1)
    reason = models.TextField("lý do đính chính", blank=True)
    data = models.JSONField("số liệu")
    sha256 = models.CharField(max_length=64)
    drafted_at = models.DateTimeField("lập lúc")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def intact(self) -> bool:
        """Whether the figures are those the hash was taken of."""
        return digest(self.data) == self.sha256


def published_is_frozen() -> pgtrigger.Protect:
    """Return the trigger that refuses to change or delete what is published."""
    return pgtrigger.Protect(
        name="published_is_frozen",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__published_at__isnull=False),
    )


def never_truncated() -> pgtrigger.Trigger:
    """Return the trigger that refuses to empty a table at one stroke."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
    )


def only_appended() -> list[pgtrigger.Trigger]:
    """Return the triggers of a table that only grows: no row is changed or taken away."""
    return [
        never_truncated(),
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    ]
