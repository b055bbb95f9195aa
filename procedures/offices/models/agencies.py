"""Cơ quan, đơn vị: who receives, who solves, under which name, from when to when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Self

from django.db import models

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from khanhson_portal.ground.text import sort_key


class Level(models.TextChoices):
    MINISTRY = "ministry", "Cấp bộ"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"
    OTHER = "other", "Cơ quan khác"


class AgencyKind(models.TextChoices):
    COMMITTEE = "committee", "Ủy ban nhân dân"
    OFFICE = "office", "Phòng chuyên môn"
    DESK = "desk", "Bộ phận tiếp nhận và trả kết quả"
    OUTSIDE = "outside", "Cơ quan ngoài UBND"


class AgencyQuerySet(PeriodQuerySet):
    def desks(self) -> Self:
        """Bộ phận một cửa: where dossiers are received and results returned."""
        return self.filter(kind=AgencyKind.DESK)

    def solving(self) -> Self:
        """Whoever a dossier may be handed to."""
        return self.exclude(kind=AgencyKind.DESK)

    def below(self, agency_ids: set[int]) -> set[int]:
        """Return the ids of ``agency_ids`` and of everything beneath them; one query."""
        children = defaultdict(list)
        for pk, parent in self.values_list("pk", "parent_id"):
            children[parent].append(pk)
        found, open_ids = set(agency_ids), list(agency_ids)
        while open_ids:
            fresh = [pk for pk in children[open_ids.pop()] if pk not in found]
            found.update(fresh)
            open_ids.extend(fresh)
        return found


@tracked()
class Agency(Period):
    """One agency under one name and boundary; a merger makes a new row and a ``Succession``.

    The row valid on a document's date gives its letterhead, so old papers keep old names.
    """

    slug = models.SlugField("tên ngắn trên địa chỉ", max_length=60, unique=True)
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên gọi", max_length=100)
    kind = models.CharField("loại", max_length=12, choices=AgencyKind)
    level = models.CharField("cấp", max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc"
    )
    place_name = models.CharField(
        "địa danh ghi trên giấy tờ", max_length=60, blank=True, help_text="Ví dụ: Khánh Sơn"
    )
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    website = models.CharField("trang thông tin", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    sort_key = models.CharField(max_length=410, editable=False, db_collation="C")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan, đơn vị"
        verbose_name_plural = "cơ quan, đơn vị"
        ordering = ["order", "sort_key"]
        constraints = [
            models.CheckConstraint(
                name="agency_kind_is_known", condition=models.Q(kind__in=AgencyKind.values)
            ),
            models.CheckConstraint(
                name="agency_level_is_known", condition=models.Q(level__in=Level.values)
            ),
            period_in_order("agency_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.sort_key = sort_key(self.name)

    @property
    def issuer(self) -> Agency:
        """The committee on whose behalf a desk or office acts; itself for a committee."""
        return self.parent if self.parent and self.kind != AgencyKind.COMMITTEE else self

    def code(self, scheme: str, day: date) -> str:
        """Return this agency's code in one scheme on ``day``, or "" when none was assigned."""
        codes = AgencyCode.objects.in_force(day).filter(agency=self, scheme=scheme)
        row = codes.order_by("-valid_from").first()
        return row.value if row else ""


@tracked()
class AgencyCode(Period):
    """A code given to an agency by one of many schemes; schemes disagree and reuse codes."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="codes")
    scheme = models.CharField(
        "hệ mã", max_length=40, help_text="ma-dinh-danh (mã hồ sơ), gso (Tổng cục Thống kê) …"
    )
    value = models.CharField("mã", max_length=40)
    source = models.CharField("nguồn", max_length=200, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "mã của cơ quan"
        ordering = ["scheme", "valid_from"]
        constraints = [period_in_order("agency_code_period_in_order")]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"


@tracked()
class Succession(models.Model):
    """``new`` took over from ``old`` on a day; codes may be reused by units with other borders."""

    old = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Agency, models.PROTECT, related_name="predecessions")
    on = models.DateField("từ ngày")
    basis = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "kế thừa cơ quan"
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(
                name="succession_of_another", condition=~models.Q(old=models.F("new"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class HotlineQuerySet(PeriodQuerySet):
    def for_listing(self) -> Self:
        return self.select_related("agency__parent")


@tracked()
class Hotline(Period):
    """Đường dây nóng of one agency: whom to call, for what, when. An empty number is a gap.

    Never invented: without a number people read "chưa cập nhật". Source: QĐ 14/2015/QĐ-UBND.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="hotlines")
    person = models.CharField("người phụ trách", max_length=120, blank=True)
    title = models.CharField("chức vụ", max_length=120, blank=True)
    phone = models.CharField("điện thoại bàn", max_length=30, blank=True)
    mobile = models.CharField("điện thoại di động", max_length=30, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    hours = models.CharField("giờ nhận cuộc gọi", max_length=120, blank=True)
    purpose = models.CharField("gọi khi", max_length=300, blank=True)

    objects = HotlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "đường dây nóng"
        ordering = ["agency__order", "pk"]
        constraints = [period_in_order("hotline_period_in_order")]

    def __str__(self) -> str:
        return self.number or "chưa cập nhật"

    @property
    def number(self) -> str:
        return self.phone or self.mobile
