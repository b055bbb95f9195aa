"""Tìm thủ tục: the words people say, the words of a version's contents, and what was not found."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import UUID, uuid4

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.text import one_line
from procedures.catalogue.models.procedures import Procedure
from procedures.catalogue.models.raising import raises_edition
from procedures.catalogue.models.versions import ProcedureVersion
from procedures.catalogue.search.words import phrase_key

TWICE = "Từ này đã có trong bảng với đúng nghĩa ấy."


@tracked(exclude=["key"])
class Synonym(models.Model):
    """Từ bà con hay dùng: an everyday phrase, and the words of the titles that it stands for.

    It stands for ``meaning``, for one ``procedure``, or for both. Several rows may share a phrase.
    """

    phrase = models.CharField("bà con gõ", max_length=120)
    meaning = models.CharField(
        "nghĩa là (chữ trong tên thủ tục)",
        max_length=300,
        blank=True,
        help_text="Ví dụ: “sổ đỏ” nghĩa là “cấp giấy chứng nhận quyền sử dụng đất”.",
    )
    procedure = models.ForeignKey(
        Procedure,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="synonyms",
        verbose_name="hoặc chỉ thẳng thủ tục",
    )
    key = models.CharField(max_length=120, editable=False, db_index=True)

    class Meta:
        verbose_name = "từ đồng nghĩa"
        verbose_name_plural = "từ đồng nghĩa khi tìm kiếm"
        triggers = raises_edition()
        ordering = ["key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "meaning"],
                condition=Q(procedure=None),
                name="synonym_meaning_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["key", "procedure"],
                name="synonym_procedure_once",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                name="synonym_means_something",
                condition=~Q(meaning="") | Q(procedure__isnull=False),
                violation_error_message="Ghi nghĩa của từ, hoặc chọn một thủ tục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.meaning or self.procedure}"

    def clean(self) -> None:
        self.phrase, self.meaning = one_line(self.phrase), one_line(self.meaning)
        self.key = phrase_key(self.phrase)


class VersionWords(models.Model):
    """Every folded word of a version's contents, once: the last place where a search looks."""

    version = models.OneToOneField(
        ProcedureVersion, models.CASCADE, primary_key=True, related_name="content_words"
    )
    words = models.TextField(default="")

    class Meta:
        verbose_name = verbose_name_plural = "chữ trong nội dung thủ tục"
        indexes = [GinIndex(SearchVector("words", config="simple"), name="version_words_search")]

    def __str__(self) -> str:
        return str(self.version_id)


class Edition(models.Model):
    """One row: the mark of the catalogue as searches read it, another one after every change.

    Written by triggers of the database (see ``raises_edition``), so whoever changes a title, a
    field, a code or a synonym, in whatever process, is noticed by all. The mark is drawn, not
    counted: a restored backup or an emptied table never shows an old mark again.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.UUIDField(default=uuid4)

    class Meta:
        verbose_name = verbose_name_plural = "ấn bản danh mục"

    def __str__(self) -> str:
        return str(self.mark)

    @classmethod
    def current(cls) -> UUID | None:
        """Return the mark of the catalogue now, None while nothing was ever written; one query."""
        return cls.objects.values_list("mark", flat=True).first()


class MissQuerySet(models.QuerySet["SearchMiss"]):
    def waiting(self) -> Self:
        """Searches nobody has looked after yet, the most frequent first."""
        return self.filter(settled_on=None).order_by("-times", "-last_on")

    def forgotten_before(self, day: date) -> Self:
        return self.filter(last_on__lt=day)


class SearchMiss(models.Model):
    """Words that found nothing: text only, counted; never who typed them or from where."""

    key = models.CharField(max_length=120, unique=True, editable=False)
    text = models.CharField("bà con gõ", max_length=120)
    times = models.PositiveIntegerField("số lần", default=1)
    first_on = models.DateField("lần đầu")
    last_on = models.DateField("lần gần nhất")
    settled_on = models.DateField("đã xử lý ngày", null=True, blank=True)

    objects = MissQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "lượt tìm không thấy"
        ordering = ["-times", "-last_on"]

    def __str__(self) -> str:
        return self.text


class SearchMonth(models.Model):
    """How many searches a month had, and how many of them found nothing."""

    month = models.DateField("tháng (ngày đầu)", unique=True)
    searches = models.PositiveIntegerField("lượt tìm", default=0)
    missed = models.PositiveIntegerField("không thấy", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "lượt tìm theo tháng"
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"

    @property
    def success(self) -> float | None:
        """Return the share of searches that found something, in per cent."""
        return 100 * (1 - self.missed / self.searches) if self.searches else None
