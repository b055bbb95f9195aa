"""Lượt đến quầy: several dossiers of one visitor; and who asked whether a person is known."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from khanhson_portal.ground.moments import LOCAL
from procedures.offices import Agency


class Visit(models.Model):
    """One person came once and handed in several dossiers, for themselves or for others.

    The visitor's data are not copied here: they are those of the visit's first dossier.
    """

    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="quầy")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = verbose_name_plural = "lượt đến quầy"
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.started_at.astimezone(LOCAL):%d/%m/%Y %H:%M}"


class VisitLine(models.Model):
    """One dossier of a visit; a dossier belongs to one visit at most."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="lines")
    dossier = models.OneToOneField(
        "dossiers.Dossier", models.CASCADE, related_name="visit_line", verbose_name="hồ sơ"
    )

    class Meta:
        verbose_name = verbose_name_plural = "hồ sơ cùng lượt"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.dossier_id}"


class PersonLookQuerySet(models.QuerySet["PersonLook"]):
    def found(self) -> Self:
        return self.exclude(party=None)


class PersonLook(models.Model):
    """An officer asked by identity number whether a person is known. Every such look is kept.

    ``number_hash`` stands for the number, so that this log is no second list of people.
    """

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey("dossiers.Party", models.SET_NULL, null=True, related_name="+")
    number_hash = models.CharField(max_length=64)
    reused = models.BooleanField("đã dùng lại", default=False)
    at = models.DateTimeField("lúc", auto_now_add=True)

    objects = PersonLookQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "nhật ký tìm người đã nộp"
        ordering = ["-at"]
        indexes = [models.Index(fields=["officer", "-at"], name="look_by_officer")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.at.astimezone(LOCAL):%d/%m/%Y %H:%M}"
