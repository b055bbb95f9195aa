"""Rà soát thủ tục: proposals to drop or simplify a paper, a form, a condition (plan row III.1)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.presses import Pressed
from procedures.catalogue.models.procedures import Procedure
from procedures.offices.models.officers import Officer


class Subject(models.TextChoices):
    PAPER = "paper", "Một loại giấy tờ phải nộp"
    FORM = "form", "Mẫu đơn, tờ khai"
    CONDITION = "condition", "Yêu cầu, điều kiện"
    STEP = "step", "Bước thực hiện, số lần đi lại"
    TIME = "time", "Thời gian giải quyết"
    FEE = "fee", "Phí, lệ phí"
    OTHER = "other", "Việc khác"


class Wish(models.TextChoices):
    DROP = "drop", "Bỏ hẳn"
    SIMPLIFY = "simplify", "Làm đơn giản hơn"
    REPLACE = "replace", "Thay bằng giấy tờ hoặc cách khác"


class Source(models.TextChoices):
    CITIZEN = "citizen", "Người dân, tổ chức"
    STAFF = "staff", "Cán bộ, công chức"


class ReviewState(models.TextChoices):
    NEW = "new", "Mới nhận"
    CONSIDERING = "considering", "Đang xem xét"
    FORWARDED = "forwarded", "Đã kiến nghị lên cấp trên"
    ADOPTED = "adopted", "Được chấp thuận"
    DECLINED = "declined", "Không được chấp thuận"


ANSWERED = [ReviewState.FORWARDED, ReviewState.ADOPTED, ReviewState.DECLINED]


class ReviewQuerySet(models.QuerySet["ReviewProposal"]):
    def received_between(self, first: date, last: date) -> Self:
        return self.filter(received_on__range=(first, last))

    def public(self) -> Self:
        """Answered, and released by the controller who read it."""
        return self.filter(state__in=ANSWERED, shown=True).exclude(answer="")

    def for_listing(self) -> Self:
        return self.select_related("procedure", "answered_by")


@tracked()
class ReviewProposal(Pressed):
    """One proposal."""

    code = models.CharField("mã đề nghị", max_length=20, unique=True, editable=False)
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="review_proposals", verbose_name="thủ tục"
    )
    title = models.CharField("tên thủ tục khi đề nghị", max_length=1500, editable=False)
    subject = models.CharField("vướng ở đâu", max_length=12, choices=Subject)
    part = models.CharField("giấy tờ, mẫu hoặc điều kiện nào", max_length=300)
    wish = models.CharField("đề nghị", max_length=10, choices=Wish)
    burden = models.TextField("vất vả thế nào", max_length=2000)
    reason = models.TextField("vì sao bỏ hoặc đổi được", max_length=2000, blank=True)
    source = models.CharField("từ ai", max_length=8, choices=Source, editable=False)
    name = models.CharField("họ và tên", max_length=120, blank=True)
    contact = models.CharField("điện thoại hoặc thư điện tử", max_length=120, blank=True)
    by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    received_on = models.DateField("ngày nhận", editable=False)
    received_at = models.DateTimeField("nhận lúc", editable=False)

    state = models.CharField(
        "tình trạng", max_length=12, choices=ReviewState, default=ReviewState.NEW
    )
    to_whom = models.CharField("kiến nghị tới cơ quan", max_length=200, blank=True)
    answer = models.TextField("trả lời, kết quả", max_length=3000, blank=True)
    shown = models.BooleanField("cho hiện công khai", default=False)
    answered_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "đề nghị rà soát"
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-received_at"], name="review_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="review_state_is_known", condition=Q(state__in=ReviewState.values)
            ),
            models.CheckConstraint(
                name="review_answered_with_words",
                condition=~Q(state__in=ANSWERED) | ~Q(answer=""),
                violation_error_message="Ghi câu trả lời trước khi chọn tình trạng này.",
            ),
        ]

    def __str__(self) -> str:
        return self.code
