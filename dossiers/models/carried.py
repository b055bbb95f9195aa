"""Hồ sơ chuyển từ hệ thống cũ: which file brought them, and under which code people know them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.presses import Pressed
from khanhson_portal.ground.words import short_date
from procedures.offices import Agency


class DossierImport(Pressed):
    """One file of running dossiers. ``content`` is dropped once it is in the books, or forgotten.

    ``desk`` receives the rows that name no desk (a register names it on its cover only).
    """

    source = models.CharField("hệ thống cũ", max_length=120)
    desk = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=bytes)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nạp"
    )
    uploaded_at = models.DateTimeField("nạp lúc")
    applied_at = models.DateTimeField("ghi sổ lúc", null=True)
    count = models.PositiveIntegerField("số hồ sơ đã ghi", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "tệp hồ sơ chuyển từ hệ thống cũ"
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.source})"


class ImportedDossier(models.Model):
    """The old code of one dossier; with it a second run of the same file finds it again.

    ``old_code`` is also the dossier's ``reference``, so that the desk finds it by either.
    """

    dossier = models.OneToOneField(
        "dossiers.Dossier", models.PROTECT, related_name="imported", verbose_name="hồ sơ"
    )
    batch = models.ForeignKey(DossierImport, models.PROTECT, related_name="dossiers")
    source = models.CharField("hệ thống cũ", max_length=120)
    old_code = models.CharField("mã cũ", max_length=40)
    row = models.PositiveIntegerField("dòng trong tệp")

    class Meta:
        verbose_name = verbose_name_plural = "hồ sơ chuyển từ hệ thống cũ"
        constraints = [
            models.UniqueConstraint(fields=["source", "old_code"], name="old_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.dossier_id}"


class KeptPromise(models.Model):
    """Ngày đã hẹn trên giấy của công dân, earlier than the legal due date and therefore kept.

    Made when a due date moves behind the day already printed (a changed calendar, an older
    system's receipt). An apology that asks for a new day ends it: ``Dossier.promised_at``.
    """

    dossier = models.OneToOneField(
        "dossiers.Dossier", models.PROTECT, related_name="kept_promise", verbose_name="hồ sơ"
    )
    day_at = models.DateTimeField("ngày trên giấy hẹn")
    why = models.CharField("vì sao", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "ngày đã hẹn được giữ"

    def __str__(self) -> str:
        return f"{self.dossier_id}: {short_date(local_day(self.day_at))}"
