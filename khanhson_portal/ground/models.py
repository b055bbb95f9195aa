"""The one table of the ground: how often something was tried lately (see ``ground.brake``)."""

from __future__ import annotations

from django.db import models


class Attempt(models.Model):
    """One try that a brake counted. Who and what are keyed hashes; the row lives for a day."""

    brake = models.CharField(max_length=20)
    address = models.CharField(max_length=32)  # "" where the sender's address is not known
    subject = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "lần thử gần đây"
        default_permissions = ()
        indexes = [models.Index(fields=["brake", "at"], name="attempt_lately")]

    def __str__(self) -> str:
        return f"{self.brake} {self.address[:6]} {self.at:%H:%M:%S}"
