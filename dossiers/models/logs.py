"""Who looked: every view of a personal file by staff."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from khanhson_portal.ground.frozen import only_appended
from khanhson_portal.ground.moments import LOCAL


class ViewLog(models.Model):
    """One officer opened one dossier's page or paper."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="views")
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="views")
    page = models.CharField("trang", max_length=60)
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "nhật ký xem hồ sơ"
        ordering = ["-at"]
        triggers = only_appended()
        indexes = [
            models.Index(fields=["dossier", "-at"], name="view_by_dossier"),
            models.Index(fields=["officer", "-at"], name="view_by_officer"),
            models.Index(fields=["-at"], name="view_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.dossier_id} {self.at.astimezone(LOCAL):%d/%m/%Y %H:%M}"
