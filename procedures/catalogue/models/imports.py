"""Lần nạp danh mục: files as uploaded, what they would change, and who let them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from khanhson_portal.ground.presses import Pressed


class ImportBatch(Pressed):
    """Files somebody uploaded together, with the report of the dry run; applied once or never.

    ``rows`` are the report's rows as ``control.reports.rows_of`` makes them; ``digest`` tells
    whether a later run would still do the same.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nạp")
    at = models.DateTimeField("lúc", auto_now_add=True)
    valid_from = models.DateField("ngày hiệu lực khi nguồn không ghi", null=True, blank=True)
    summary = models.JSONField(default=list, editable=False)
    rows = models.JSONField(default=list, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    applied_at = models.DateTimeField("đã ghi lúc", null=True, editable=False)
    outcome = models.TextField("kết quả", blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "lần nạp danh mục"
        ordering = ["-at"]

    def __str__(self) -> str:
        return ", ".join(file.name for file in self.files.all()) or f"Lần nạp số {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("control:import", args=[self.pk])


class ImportFile(models.Model):
    """One uploaded file under the name it had; the stored file is never served."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    name = models.CharField("tên tệp", max_length=200)
    file = models.FileField("tệp", upload_to="imports/%Y/%m")

    class Meta:
        verbose_name = verbose_name_plural = "tệp danh mục"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
