"""Tables of the ground: tries that a brake counts (``ground.brake``), last runs of safety works."""

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


class LastRun(models.Model):
    """How a work that keeps the portal safe ended last; one row each."""

    class Name(models.TextChoices):
        BACKUP = "backup", "Sao lưu"
        DRILL = "drill", "Diễn tập khôi phục"
        HEARTBEAT = "heartbeat", "Tiến trình chạy nền"

    name = models.CharField("việc", max_length=20, choices=Name.choices, unique=True)
    at = models.DateTimeField("lần gần nhất")
    well = models.BooleanField("đạt")
    told = models.TextField("kết quả", blank=True)
    well_at = models.DateTimeField("lần đạt gần nhất", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "lần chạy gần nhất"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%d/%m/%Y %H:%M}"
