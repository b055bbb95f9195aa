"""Đo mức độ hài lòng: questionnaires as versioned data, answers that nobody can trace, indices.

An answer carries no key to its dossier: what is kept of where it came from is the desk, the field
where enough people could have answered, the month and the way it came. ``SurveyUse`` knows that a
dossier has been rated, never how. Neither holds a moment.
"""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from dossiers.models import Dossier
from khanhson_portal.ground.frozen import Frozen, published_is_frozen
from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from procedures.catalogue import Confidence, Field
from procedures.offices import Agency


class Scale(models.TextChoices):
    FIVE = "five", "Năm mức, từ rất không hài lòng đến rất hài lòng"
    TWO = "two", "2, 1, 0 điểm"


class Source(models.TextChoices):
    PEOPLE = "people", "hỏi người dân"
    SYSTEM = "system", "hệ thống tự tính"


class Way(models.TextChoices):
    LINK = "link", "Liên kết trên phiếu, thư, tin nhắn"
    KIOSK = "kiosk", "Màn hình tra cứu"
    PAPER = "paper", "Phiếu giấy"
    PHONE = "phone", "Điện thoại"
    VISIT = "visit", "Điều tra viên"


@tracked()
class Questionnaire(Period):
    """Bộ câu hỏi of one method, in force for a period."""

    slug = models.SlugField("tên trên địa chỉ", max_length=40, unique=True)
    name = models.CharField("tên", max_length=200)
    basis = models.CharField("căn cứ", max_length=300)
    confidence = models.CharField("độ tin cậy", max_length=6, choices=Confidence)
    scale = models.CharField("thang điểm", max_length=5, choices=Scale)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "bộ câu hỏi"
        ordering = ["-valid_from", "slug"]
        constraints = [period_in_order("questionnaire_in_order")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Criterion(models.Model):
    """Tiêu chí. ``factor`` groups it as the ministry does, ``plan_group`` as the plan does."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="criteria", verbose_name="bộ câu hỏi"
    )
    number = models.PositiveSmallIntegerField("số thứ tự")
    text = models.CharField("nội dung", max_length=300)
    factor = models.CharField("yếu tố", max_length=120, blank=True)
    plan_group = models.CharField("nhóm của kế hoạch", max_length=120, blank=True)
    scope = models.CharField("tính theo", max_length=8, blank=True)
    source = models.CharField("nguồn", max_length=6, choices=Source, default=Source.PEOPLE)
    labels = models.JSONField("các mức trả lời, cao nhất trước", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "tiêu chí"
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="criterion_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Return score and label, the best first; five-point scores end at 1, the others at 0."""
        lowest = 1 if self.questionnaire.scale == Scale.FIVE else 0
        scores = range(lowest + len(self.labels) - 1, lowest - 1, -1)
        return list(zip(scores, self.labels, strict=True))


class SurveyUse(models.Model):
    """The dossier's one answer is given. It says nothing of when, how, or what."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="survey_use")

    class Meta:
        verbose_name = verbose_name_plural = "hồ sơ đã trả lời"

    def __str__(self) -> str:
        return str(self.dossier_id)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def in_months(self, first: date, last: date) -> Self:
        """Answers of the months from ``first`` to ``last``, both their first days."""
        return self.filter(month__gte=first, month__lte=last)


class Answer(models.Model):
    """Phiếu trả lời. ``scores``: criterion number to score, blanks left out. ``fresh``: since the
    last shuffle, when rows are written anew in random order."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="answers")
    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="nơi tiếp nhận")
    field = models.ForeignKey(
        Field, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lĩnh vực"
    )
    month = models.DateField("tháng")
    way = models.CharField("cách trả lời", max_length=5, choices=Way)
    scores = models.JSONField("điểm", default=dict)
    fresh = models.BooleanField(default=True)
    is_demo = models.BooleanField("phiếu minh họa", default=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "phiếu trả lời"
        indexes = [models.Index(fields=["month", "questionnaire", "desk"], name="answer_by_month")]
        constraints = [
            models.CheckConstraint(name="answer_month_begins", condition=Q(month__day=1))
        ]

    def __str__(self) -> str:
        return f"{self.desk}, tháng {self.month:%m/%Y}"


class Comment(models.Model):
    """Ý kiến thêm: kept apart from the answer it came with. ``masked`` is what may go further."""

    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="nơi tiếp nhận")
    month = models.DateField("tháng")
    text = models.TextField("nguyên văn")
    masked = models.TextField("bản đã che", blank=True)
    theme = models.CharField("chủ đề", max_length=80, blank=True)
    done = models.TextField("chúng tôi đã làm", blank=True)
    public = models.BooleanField("công bố", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "ý kiến thêm"
        ordering = ["-month", "pk"]

    def __str__(self) -> str:
        return self.masked[:60] or "chưa che"


@tracked()
class Target(models.Model):
    """Chỉ tiêu of a year: what the plan promises, in per cent, reached or passed."""

    year = models.PositiveSmallIntegerField("năm", unique=True)
    percent = models.DecimalField("phần trăm", max_digits=5, decimal_places=2)
    above = models.BooleanField("phải vượt, không chỉ bằng", default=False)
    basis = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "chỉ tiêu hài lòng"
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}: {'trên' if self.above else 'từ'} {self.percent:.0f} %"


class IndexReport(Frozen):
    """Chỉ số đã công bố of the months from ``first`` to ``last``, by one questionnaire."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="reports")
    first = models.DateField("từ tháng")
    last = models.DateField("đến tháng")

    class Meta:
        verbose_name = verbose_name_plural = "chỉ số hài lòng đã công bố"
        ordering = ["-last", "-first", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "first", "last", "version"], name="index_version_once"
            ),
            models.CheckConstraint(
                name="index_correction_has_its_reason", condition=Q(version=1) | ~Q(reason="")
            ),
        ]
        triggers = [published_is_frozen()]

    def __str__(self) -> str:
        return f"{self.first:%m/%Y}–{self.last:%m/%Y}"
