"""Phiên bản thủ tục: what one decision says of a procedure, for one period.

A dossier pins the version in force when it was received; a change is a new version, approved by
the controller of procedures (kiểm soát TTHC).
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils.timezone import localdate

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from khanhson_portal.ground.text import search_key, sort_key
from procedures.catalogue.models.procedures import Field, Procedure
from procedures.catalogue.models.raising import raises_edition
from procedures.offices.models.agencies import Level
from procedures.worktime import OnSupplement

CONTENTS = [
    "cases__channels", "cases__fees", "cases__papers", "cases__steps",
    "results", "bases", "online_levels",
]  # fmt: skip


class Approval(models.TextChoices):
    DRAFT = "draft", "Bản nháp chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    REJECTED = "rejected", "Không duyệt"
    REPLACED = "replaced", "Đã thay bằng bản đính chính"  # was approved; dossiers may stand on it


class Confidence(models.TextChoices):
    """How sure the source is, where a collection says so."""

    UNKNOWN = "", "chưa đánh giá"
    HIGH = "high", "cao"
    MEDIUM = "medium", "vừa"
    LOW = "low", "thấp"


class ProcedureVersionQuerySet(PeriodQuerySet):
    def approved(self) -> Self:
        return self.filter(approval=Approval.APPROVED)

    def ever_approved(self) -> Self:
        """Versions that people have read at their own addresses, corrected ones included."""
        return self.filter(approval__in=[Approval.APPROVED, Approval.REPLACED])

    def drafts(self) -> Self:
        return self.filter(approval=Approval.DRAFT)

    def named(self, code: str) -> Self:
        return self.filter(procedure__code=code)

    def newest_first(self, day: date) -> Self:
        """Versions in force on ``day`` before those that ended or have yet to begin."""
        now = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
        rank = Case(When(now, then=Value(0)), default=Value(1))
        return self.order_by(rank, "-valid_from", "-number")

    def titled(self, text: str) -> Self:
        """Versions whose title, field, keywords or code hold every word of ``text``."""
        found = self
        for word in search_key(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def with_predecessor(self) -> Self:
        """Annotate ``follows`` and ``corrects``: whether another version of the same procedure is
        approved, and whether one that begins on the same day is."""
        others = ProcedureVersion.objects.approved().filter(procedure=OuterRef("procedure"))
        others = others.exclude(pk=OuterRef("pk"))
        same_day = others.filter(valid_from=OuterRef("valid_from"))
        return self.annotate(follows=Exists(others), corrects=Exists(same_day))

    def for_page(self) -> Self:
        """What the procedure's page shows of the version itself (its contents: ``reading``).

        ``replacement``: the title of the procedure that replaced this one, None without one.
        """
        later = ProcedureVersion.objects.approved().order_by("-valid_from")
        later = later.filter(procedure=OuterRef("procedure__replaced_by"))
        rows = self.select_related("procedure__replaced_by", "field")
        return rows.annotate(replacement=Subquery(later.values("title")[:1]))

    def for_listing(self) -> Self:
        """Everything one row of the catalogue shows."""
        return self.select_related("procedure", "field")

    def whole(self) -> Self:
        """Versions with all their contents, internal steps included; nine queries."""
        return self.select_related("procedure", "field", "approved_by").prefetch_related(*CONTENTS)


@tracked(exclude=["search_text", "sort_key"])
class ProcedureVersion(Period):
    """One approved or drafted state of a procedure. Empty text means "chưa có thông tin"."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("phiên bản", default=1)
    title = models.CharField("tên thủ tục", max_length=1500)
    field = models.ForeignKey(
        Field, models.PROTECT, related_name="versions", verbose_name="lĩnh vực"
    )
    levels = ArrayField(
        models.CharField(max_length=12, choices=Level), verbose_name="cấp thực hiện", default=list
    )
    category = models.CharField("loại thủ tục", max_length=200, blank=True)
    applicants = models.TextField("đối tượng thực hiện", blank=True)
    authority = models.TextField("cơ quan có thẩm quyền", blank=True)
    implementer = models.TextField("cơ quan thực hiện", blank=True)
    partners = models.TextField("cơ quan phối hợp", blank=True)
    receiving_address = models.TextField("địa chỉ tiếp nhận hồ sơ", blank=True)
    sequence = models.TextField("trình tự thực hiện", blank=True)
    conditions = models.TextField("yêu cầu, điều kiện", blank=True)
    papers_text = models.TextField(
        "thành phần hồ sơ (nguyên văn)",
        blank=True,
        help_text="Giữ nguyên văn khi nguồn không tách được từng giấy tờ.",
    )
    related = models.TextField("thủ tục liên quan", blank=True)
    keywords = models.TextField("từ khóa", blank=True)

    ministry_decision = models.CharField("quyết định công bố của bộ", max_length=60, blank=True)
    province_decision = models.CharField("quyết định của UBND tỉnh", max_length=60, blank=True)
    source = models.CharField("nguồn", max_length=300, blank=True)
    source_url = models.URLField("địa chỉ nguồn", max_length=300, blank=True)
    confidence = models.CharField(
        "độ tin cậy", max_length=8, choices=Confidence, blank=True, default=Confidence.UNKNOWN
    )
    checked_on = models.DateField("ngày đối chiếu gần nhất", null=True, blank=True)
    plain_title = models.CharField(
        "tên thường gọi", max_length=200, blank=True, help_text="Ví dụ: Khai sinh cho con"
    )
    contents_source = models.CharField(
        "nguồn của giấy tờ, các bước, căn cứ",
        max_length=300,
        blank=True,
        help_text="Chỉ ghi khi khác với nguồn của cả thủ tục.",
    )
    contents_read_on = models.DateField("ngày đọc nguồn ấy", null=True, blank=True)
    contents_confidence = models.CharField(
        "độ tin cậy của nguồn ấy", max_length=8, choices=Confidence, blank=True
    )

    linked = models.BooleanField("liên thông", default=False)
    receipt_needed = models.BooleanField("phải có giấy tiếp nhận", default=True)
    on_supplement = models.CharField(
        "khi chờ bổ sung", max_length=8, choices=OnSupplement, default=OnSupplement.PAUSE
    )
    reply_window = models.PositiveSmallIntegerField(
        "hạn bổ sung (ngày làm việc)", null=True, blank=True
    )
    max_requests = models.PositiveSmallIntegerField(
        "số lần yêu cầu bổ sung tối đa", null=True, blank=True
    )
    supplement_basis = models.CharField("căn cứ về bổ sung", max_length=200, blank=True)

    approval = models.CharField(
        "tình trạng", max_length=10, choices=Approval, default=Approval.DRAFT, editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=3100, editable=False, db_collation="C", default="")

    objects = ProcedureVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "phiên bản thủ tục"
        triggers = raises_edition()
        ordering = ["sort_key", "-number"]
        indexes = [
            GinIndex(SearchVector("search_text", config="simple"), name="version_search"),
            models.Index(fields=["field", "sort_key"], name="version_by_field"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.CheckConstraint(
                name="version_approval_is_known", condition=Q(approval__in=Approval.values)
            ),
            models.CheckConstraint(
                name="version_supplement_is_known",
                condition=Q(on_supplement__in=OnSupplement.values),
            ),
            period_in_order("version_period_in_order"),
            ExclusionConstraint(
                name="one_approved_version_at_a_time",
                expressions=[
                    (Func(F("procedure"), F("procedure"), Value("[]"), function="int8range"), "&&"),
                    (Func("valid_from", "valid_to", Value("[]"), function="daterange"), "&&"),
                ],
                condition=Q(approval=Approval.APPROVED),
                violation_error_message="Đã có phiên bản được duyệt trong khoảng thời gian này.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:version", args=[self.procedure.code, self.number])

    @classmethod
    def holding(cls, procedure_id: int, day: date) -> ProcedureVersion | None:
        """Return the approved version of a procedure that is in force on ``day``."""
        return cls.objects.approved().in_force(day).filter(procedure=procedure_id).first()

    def refresh_keys(self) -> None:
        """Recompute what searching and sorting need from the texts of this row."""
        texts = [self.title, self.plain_title, self.field.name, self.keywords, self.procedure.code]
        self.search_text = " ".join(search_key(text) for text in texts if text)
        self.sort_key = sort_key(self.title)

    def clean(self) -> None:
        self.refresh_keys()

    @property
    def is_fixed(self) -> bool:
        """Whether people or dossiers stand on this version, so that it may not be edited."""
        return self.approval in {Approval.APPROVED, Approval.REPLACED}

    @property
    def steps(self) -> list[str]:
        """Return the steps where they are short lines of our own, [] for a source's own prose."""
        return self.sequence.splitlines() if self.contents_source else []

    @property
    def is_to_come(self) -> bool:
        """Whether this version has yet to begin."""
        return self.valid_from > localdate()

    def predecessor(self) -> ProcedureVersion | None:
        """Return the approved version that holds when this one begins, else the one before it."""
        others = self.procedure.versions.approved().exclude(pk=self.pk).select_related("field")
        begun = others.filter(valid_from__lte=self.valid_from).order_by("-valid_from", "-number")
        return begun.select_related("procedure").first()

    @property
    def decision(self) -> str:
        """Return the decision numbers that this version stands on, "" when none is known."""
        return "; ".join(filter(None, [self.ministry_decision, self.province_decision]))
