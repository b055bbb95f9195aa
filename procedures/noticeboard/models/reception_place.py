"""Nơi tiếp dân: who sits at which counter and when, and what the room offers (plan row II.1)."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from procedures.catalogue.models.procedures import Field
from procedures.offices.models.agencies import Agency
from procedures.offices.models.officers import Officer, Post


def picture_path(picture: Picture, _name: str) -> str:
    return f"pictures/{picture.pk}.jpg"


class PictureQuerySet(models.QuerySet["Picture"]):
    def public(self, day: date) -> Self:
        """Pictures of rooms, and portraits of officers who are on duty."""
        on_duty = Duty.objects.in_force(day).values("post__officer")
        return self.filter(Q(checks__isnull=False) | Q(portrait_of__officer__in=on_duty)).distinct()


class Picture(models.Model):
    """A redrawn JPEG (see ``ground.pictures``); its name is nothing one could guess."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    content = models.FileField(upload_to=picture_path, editable=False)
    added_at = models.DateTimeField("thêm lúc", auto_now_add=True)
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "ảnh"

    def __str__(self) -> str:
        return str(self.pk)


class Portrait(models.Model):
    """The photo of one officer, shown while they are on duty."""

    officer = models.OneToOneField(Officer, models.CASCADE, related_name="portrait")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="portrait_of")

    class Meta:
        verbose_name = verbose_name_plural = "ảnh cán bộ"

    def __str__(self) -> str:
        return str(self.officer)


class DutyQuerySet(PeriodQuerySet):
    def for_page(self) -> Self:
        """Everything a card of the page shows; three queries."""
        return self.select_related(
            "post__officer__portrait", "post__agency", "desk__parent"
        ).prefetch_related("fields")


@tracked()
class Duty(Period):
    """Phân công trực: one post at one counter of one desk, for a period.

    ``hours`` empty means the desk's opening hours. The post may belong to an office of the same
    committee: specialists sit at the desk in turn.
    """

    post = models.ForeignKey(
        Post, models.PROTECT, related_name="duties", verbose_name="cán bộ, chức vụ"
    )
    desk = models.ForeignKey(Agency, models.PROTECT, related_name="duties", verbose_name="nơi trực")
    counter = models.CharField("quầy", max_length=40)
    fields = models.ManyToManyField(Field, blank=True, verbose_name="lĩnh vực phụ trách")
    hours = models.CharField("giờ trực", max_length=120, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "phân công trực"
        ordering = ["counter", "pk"]
        constraints = [period_in_order("duty_period_in_order")]

    def __str__(self) -> str:
        return f"{self.post.officer}, {self.counter}"


@tracked()
class FacilityItem(models.Model):
    """One thing the plan wants at every desk: name plates, fans, drinking water, seats …"""

    name = models.CharField("tên", max_length=120, unique=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    in_use = models.BooleanField("còn kiểm tra", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "mục kiểm tra nơi tiếp dân"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class FacilityState(models.TextChoices):
    THERE = "there", "Có đủ"
    PARTLY = "partly", "Có nhưng thiếu"
    MISSING = "missing", "Chưa có"


class FacilityCheckQuerySet(models.QuerySet["FacilityCheck"]):
    def newest(self) -> Self:
        """The last check of each item at each desk."""
        return self.order_by("desk_id", "item_id", "-checked_on", "-pk").distinct(
            "desk_id", "item_id"
        )


class FacilityCheck(models.Model):
    """One look at one item at one desk on one day. Appended; the newest is what people read."""

    desk = models.ForeignKey(Agency, models.PROTECT, related_name="facility_checks")
    item = models.ForeignKey(
        FacilityItem, models.PROTECT, related_name="checks", verbose_name="mục kiểm tra"
    )
    state = models.CharField("tình trạng", max_length=8, choices=FacilityState)
    checked_on = models.DateField("ngày kiểm tra")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    picture = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="checks", verbose_name="ảnh"
    )
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)

    objects = FacilityCheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "lần kiểm tra nơi tiếp dân"
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="facility_state_is_known", condition=Q(state__in=FacilityState.values)
            )
        ]
        indexes = [models.Index(fields=["desk", "item", "-checked_on"], name="facility_newest")]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_state_display()}"
