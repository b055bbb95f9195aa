"""Danh mục thủ tục hành chính: fields, procedures, and which agency receives and solves what."""

from __future__ import annotations

import re
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from khanhson_portal.ground.text import sort_key
from procedures.catalogue.models.raising import raises_edition
from procedures.offices.models.agencies import Agency, Hotline

NATIONAL_CODE = re.compile(r"^\d\.\d{6}$")


class FieldQuerySet(models.QuerySet["Field"]):
    def with_counts(self, day: date) -> Self:
        """Fields that have procedures in force, with ``procedures`` counted; one query."""
        in_force = Q(versions__approval="approved", versions__valid_from__lte=day) & (
            Q(versions__valid_to=None) | Q(versions__valid_to__gte=day)
        )
        return self.annotate(procedures=Count("versions", filter=in_force)).filter(procedures__gt=0)

    def for_front_page(self, day: date) -> Self:
        return self.with_counts(day).order_by("-prominent", "-procedures", "sort_key")


@tracked()
class Field(models.Model):
    """Lĩnh vực."""

    slug = models.SlugField("tên trên địa chỉ", max_length=120, unique=True)
    name = models.CharField("tên", max_length=200, unique=True)
    sort_key = models.CharField(max_length=410, editable=False, db_collation="C")
    prominent = models.BooleanField("hiện ở trang đầu", default=False)

    objects = FieldQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "lĩnh vực"
        triggers = raises_edition()
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.sort_key = sort_key(self.name)


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def competent(self, desk_id: int, day: date) -> Self:
        """Procedures that one desk receives on ``day``."""
        rows = Competence.objects.in_force(day).filter(desk=desk_id)
        return self.filter(pk__in=rows.values("procedure"))


@tracked()
class Procedure(models.Model):
    """Thủ tục hành chính: the identity that stays while decisions change its versions.

    ``code`` is the national code (N.NNNNNN); a procedure whose code is not known yet stands under
    a name of its own, and shows "chưa có thông tin" as its code.
    """

    code = models.CharField("mã thủ tục", max_length=60, unique=True)
    sensitive = models.BooleanField(
        "thông tin nhạy cảm",
        default=False,
        help_text="Hồ sơ chỉ xuất hiện công khai dưới dạng số đếm.",
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="được thay bằng"
    )
    ended_decision = models.CharField("quyết định bãi bỏ", max_length=60, blank=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "thủ tục"
        triggers = raises_edition()
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("procedures:detail", args=[self.code])

    @property
    def national_code(self) -> str:
        """Return the national code, "" while it is not known."""
        return self.code if NATIONAL_CODE.match(self.code) else ""


class CompetenceQuerySet(PeriodQuerySet):
    def for_listing(self) -> Self:
        return self.select_related("desk__parent", "solver")

    def for_page(self, day: date) -> Self:
        """As listed, each with ``hotline``: the number of its desk, else of its committee."""
        number = Coalesce(NullIf("phone", Value("")), NullIf("mobile", Value("")))
        lines = Hotline.objects.in_force(day).annotate(number_to_call=number)
        lines = lines.exclude(number_to_call=None)
        of_desk = lines.filter(agency=OuterRef("desk")).values("number_to_call")[:1]
        of_committee = lines.filter(agency=OuterRef("desk__parent")).values("number_to_call")[:1]
        hotline = Coalesce(Subquery(of_desk), Subquery(of_committee), Value(""))
        return self.for_listing().annotate(hotline=hotline)


@tracked()
class Competence(Period):
    """Thẩm quyền: one desk receives a procedure and one agency solves it, for a period."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="competences")
    desk = models.ForeignKey(
        Agency, models.PROTECT, related_name="received_procedures", verbose_name="nơi tiếp nhận"
    )
    solver = models.ForeignKey(
        Agency, models.PROTECT, related_name="solved_procedures", verbose_name="cơ quan giải quyết"
    )

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "thẩm quyền"
        ordering = ["desk__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "desk", "valid_from"], name="competence_once"
            ),
            period_in_order("competence_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure}: {self.desk} → {self.solver}"
