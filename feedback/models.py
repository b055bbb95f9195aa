"""Phản ánh, kiến nghị: what people tell the office, what was done about it, what they are answered.

A case is a subject of the engine of acts (``dossiers.acts.engine``): its columns are the summary
of its events. Complaints (khiếu nại) and denunciations (tố cáo) have a track of their own by law:
they are led there, counted, and never shown.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dossiers.models import Dossier, RecordedAct
from feedback.table import CASES
from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from khanhson_portal.ground.presses import Pressed
from khanhson_portal.ground.text import search_key
from procedures.catalogue import Procedure
from procedures.offices import Agency
from procedures.worktime.lateness import passed


@tracked()
class CaseKind(Period):
    """Loại phản ánh: whether a name is needed, who reads it, how long the office has."""

    slug = models.SlugField("tên trên địa chỉ", max_length=40, unique=True)
    name = models.CharField("tên", max_length=120)
    explains = models.CharField("giải thích", max_length=300)
    anonymous = models.BooleanField("được giấu tên", default=True)
    private = models.BooleanField("chỉ người đứng đầu và cán bộ kiểm soát được xem", default=False)
    readers = models.CharField("ai thấy tên người gửi", max_length=300)
    working_days = models.PositiveSmallIntegerField("số ngày làm việc", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "loại phản ánh"
        ordering = ["order", "slug"]
        constraints = [period_in_order("case_kind_in_order")]

    def __str__(self) -> str:
        return self.name


class CaseState(models.TextChoices):
    RECEIVED = "received", "Mới nhận"
    IN_HAND = "in_hand", "Đang xử lý"
    ASKED = "asked", "Chờ người gửi nói thêm"
    DRAFTED = "drafted", "Chờ duyệt trả lời"
    ANSWERED = "answered", "Đã trả lời"
    MERGED = "merged", "Gộp vào phản ánh khác"
    ELSEWHERE = "elsewhere", "Chuyển hướng dẫn khiếu nại, tố cáo"


OPEN = [CaseState.RECEIVED, CaseState.IN_HAND, CaseState.ASKED, CaseState.DRAFTED]


class Via(models.TextChoices):
    WEB = "web", "Trên cổng"
    KIOSK = "kiosk", "Màn hình tra cứu"
    PHONE = "phone", "Điện thoại"
    PAPER = "paper", "Văn bản, phiếu"


class Finding(models.TextChoices):
    """Đúng hay không: the last two never count against an officer (NĐ 61/2018, chỉ số 7)."""

    FOUNDED = "founded", "Đúng"
    PARTLY = "partly", "Đúng một phần"
    UNFOUNDED = "unfounded", "Không đúng"
    SLANDER = "slander", "Vu cáo"


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def overdue(self, now: datetime) -> Self:
        """Past the day promised and not answered; index case_open."""
        return self.open().filter(passed("due_at", now, exact=False))

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def at(self, agency_ids: set[int]) -> Self:
        """About these agencies, or in their hands."""
        return self.filter(Q(agency__in=agency_ids) | Q(holder__in=agency_ids))

    def saying(self, text: str) -> Self:
        """Published words that hold every word of ``text``, marks aside."""
        rows = self
        for word in search_key(text).split():
            rows = rows.filter(search_words__contains=word)
        return rows

    def for_listing(self) -> Self:
        return self.select_related("kind", "agency", "holder", "handler")


def new_secret() -> str:
    return f"{secrets.randbelow(10**8):08}"


class Case(Pressed):
    """``text`` is what was said, ``public_text`` what a person has masked for everybody."""

    code = models.CharField("mã", max_length=40, unique=True, editable=False)
    secret = models.CharField(max_length=12, default=new_secret, editable=False)
    kind = models.ForeignKey(CaseKind, models.PROTECT, related_name="cases", verbose_name="loại")
    via = models.CharField("gửi bằng", max_length=5, choices=Via)
    state = models.CharField("trạng thái", max_length=10, choices=CaseState)
    title = models.CharField("nói về việc gì", max_length=200)
    text = models.TextField("nội dung")
    sender_name = models.CharField("họ tên người gửi", max_length=200, blank=True)
    sender_phone = models.CharField("điện thoại", max_length=20, blank=True)
    sender_email = models.EmailField("thư điện tử", blank=True)
    sender_address = models.CharField("địa chỉ", max_length=300, blank=True)
    consents = models.BooleanField("đồng ý công bố câu hỏi và trả lời", default=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="cases", verbose_name="phản ánh về"
    )
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="hồ sơ"
    )
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="cases",
        verbose_name="thủ tục",
    )  # fmt: skip
    about_officer = models.CharField("về cán bộ", max_length=200, blank=True)
    holder = models.ForeignKey(
        Agency, models.PROTECT, related_name="held_cases", verbose_name="nơi xử lý"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="handled_cases", verbose_name="người xử lý",
    )  # fmt: skip
    received_at = models.DateTimeField("nhận lúc")
    due_at = models.DateTimeField("hạn trả lời", null=True)
    asked = models.TextField("điều hỏi lại", blank=True)
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    finding = models.CharField("kết luận", max_length=9, choices=Finding, blank=True)
    solved = models.BooleanField("người gửi nói đã được giải quyết", null=True)
    reopened = models.BooleanField("đã mở lại một lần", default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    public_title = models.CharField("tiêu đề công bố", max_length=200, blank=True)
    public_text = models.TextField("câu hỏi công bố", blank=True)
    public_answer = models.TextField("trả lời công bố", blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True)
    search_words = models.TextField(blank=True, editable=False)
    events_count = models.PositiveIntegerField(default=0, editable=False)
    last_hash = models.CharField(max_length=64, blank=True, editable=False)
    is_demo = models.BooleanField("minh họa", default=False, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "phản ánh, kiến nghị"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["holder", "due_at"],
                name="case_open",
                condition=Q(state__in=[state.value for state in OPEN]),
            ),
            models.Index(fields=["-published_at"], name="case_published"),
        ]
        constraints = [
            models.CheckConstraint(
                name="answered_case_has_its_answer",
                condition=~Q(state=CaseState.ANSWERED)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="published_case_was_masked",
                condition=Q(published_at=None) | (~Q(public_text="") & ~Q(public_answer="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("feedback:case", args=[self.code])

    def columns(self) -> dict[str, Any]:
        """Return every column's value by its field's name; acts assign new values."""
        values = self.__dict__
        return {field.name: values[field.attname] for field in self._meta.concrete_fields}

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def anonymous(self) -> bool:
        return not self.sender_name


class CaseEvent(RecordedAct):
    """One act on a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    holder = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)

    table = CASES
    hashed = [*RecordedAct.hashed, "case_id", "holder_id", "due_at"]

    class Meta(RecordedAct.Meta):
        verbose_name = verbose_name_plural = "nhật ký phản ánh"
        constraints = [
            *RecordedAct.Meta.constraints,
            models.UniqueConstraint(fields=["case", "number"], name="case_event_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.act}"


def kinds_in_force(day: date) -> list[CaseKind]:
    return list(CaseKind.objects.in_force(day))
