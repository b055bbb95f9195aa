"""Giấy tờ: the sets of official forms with their periods, and every paper ever issued."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from khanhson_portal.ground.frozen import never_truncated
from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from khanhson_portal.ground.presses import Pressed
from procedures.offices import Agency


class FormKind(models.TextChoices):
    """What a paper is for; its title and words are data of the form set."""

    RECEIPT = "tiep-nhan", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    GROUP_RECEIPT = "tiep-nhan-nhieu", "Giấy tiếp nhận nhiều hồ sơ"
    CERTIFICATION_RECEIPT = "tiep-nhan-chung-thuc", "Giấy tiếp nhận hồ sơ chứng thực"
    ROLL_RECEIPT = "tiep-nhan-cuon", "Giấy tiếp nhận khổ giấy cuộn"
    GUIDANCE = "huong-dan", "Phiếu hướng dẫn hoàn thiện hồ sơ"
    SUPPLEMENT = "bo-sung", "Phiếu bổ sung hồ sơ"
    REFUSAL = "tu-choi", "Thông báo từ chối giải quyết hồ sơ"
    APOLOGY = "xin-loi", "Thư xin lỗi và hẹn lại ngày trả kết quả"
    STOP = "dung-giai-quyet", "Thông báo dừng giải quyết hồ sơ"
    PAYMENT_NOTICE = "nghia-vu-tai-chinh", "Thông báo nghĩa vụ tài chính"
    WITHDRAWAL = "rut-ho-so", "Phiếu trả lại hồ sơ theo yêu cầu"
    CONTROL_SHEET = "kiem-soat", "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    RETURN_SLIP = "tra-ket-qua", "Giấy biên nhận trả kết quả"
    FEE_RECEIPT = "bien-lai", "Biên lai thu tiền phí, lệ phí"
    HANDOVER_SHEET = "ban-giao", "Phiếu bàn giao"
    HANDOVER_RECORD = "bien-ban-giao-nhan", "Biên bản giao nhận hồ sơ"
    RESULT_HANDOVER = "ban-giao-ket-qua", "Phiếu bàn giao kết quả"
    POST_LIST = "ban-giao-buu-chinh", "Danh sách bàn giao bưu chính"
    REGISTER = "so-theo-doi", "Sổ theo dõi hồ sơ"
    PROGRESS = "qua-trinh", "Quá trình xử lý hồ sơ"
    EVALUATION = "danh-gia", "Phiếu đánh giá"


INTERNAL = [
    FormKind.CONTROL_SHEET, FormKind.PROGRESS, FormKind.HANDOVER_SHEET, FormKind.RESULT_HANDOVER,
    FormKind.POST_LIST, FormKind.REGISTER,
]  # fmt: skip


class PageSize(models.TextChoices):
    A5 = "A5", "A5 dọc"
    A5_LANDSCAPE = "A5 landscape", "A5 ngang"
    A4 = "A4", "A4 dọc"
    A4_LANDSCAPE = "A4 landscape", "A4 ngang"
    ROLL = "80mm", "Giấy cuộn 80 mm của máy in nhiệt"


@tracked()
class FormSet(Period):
    """Bộ mẫu: the forms of one decision or circular. An agency may pin one, else the day does."""

    slug = models.SlugField("mã", unique=True)
    name = models.CharField("tên", max_length=200)
    basis = models.CharField("căn cứ", max_length=300)
    rows_per_volume = models.PositiveIntegerField("số dòng mỗi quyển sổ", default=2000)
    with_evaluation = models.BooleanField(
        "kèm phiếu đánh giá", default=False, help_text="Lập cùng giấy biên nhận trả kết quả."
    )
    pinned_by = models.ManyToManyField(
        Agency, blank=True, related_name="pinned_form_sets", verbose_name="đơn vị dùng riêng"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "bộ mẫu giấy tờ"
        ordering = ["valid_from"]
        constraints = [period_in_order("form_set_period_in_order")]

    def __str__(self) -> str:
        return self.name


class FormQuerySet(PeriodQuerySet):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)


@tracked()
class Form(Period):
    """Một mẫu giấy, in one wording for one period; the body is plain text, see papers.markup.

    An issued paper keeps the row it was made from, so a correction makes a new row.
    """

    form_set = models.ForeignKey(
        FormSet, models.PROTECT, related_name="forms", verbose_name="bộ mẫu"
    )
    kind = models.CharField("loại", max_length=24, choices=FormKind)
    label = models.CharField("số mẫu", max_length=60, blank=True, help_text="Ví dụ: Mẫu số 01")
    for_field = models.CharField(
        "riêng cho lĩnh vực",
        max_length=200,
        blank=True,
        help_text="Tên lĩnh vực, ví dụ: Chứng thực. Mẫu này thay giấy tiếp nhận thường.",
    )
    title = models.CharField("tên giấy", max_length=200)
    subtitle = models.CharField("dòng dưới tên", max_length=200, blank=True)
    number_suffix = models.CharField(
        "ký hiệu số",
        max_length=40,
        blank=True,
        help_text="Ví dụ: HDHS; trống nếu không đánh số riêng",
    )
    size = models.CharField("khổ giấy", max_length=12, choices=PageSize, default=PageSize.A5)
    copies = models.CharField(
        "các liên", max_length=120, blank=True, help_text="Nhiều liên in riêng: cách nhau bằng |"
    )
    body = models.TextField("nội dung")
    source = models.CharField("nguồn", max_length=300, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True, editable=False)

    objects = FormQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "mẫu giấy tờ"
        ordering = ["form_set", "kind", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="form_kind_is_known", condition=Q(kind__in=FormKind.values)
            ),
            models.CheckConstraint(
                name="form_size_is_known", condition=Q(size__in=PageSize.values)
            ),
            period_in_order("form_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.form_set.slug}, từ {self.valid_from:%d/%m/%Y})"


class PaperQuerySet(models.QuerySet["Paper"]):
    def valid(self) -> Self:
        return self.filter(voided_at=None)

    def for_citizen(self) -> Self:
        """Papers addressed to the citizen, as the tracking page shows them."""
        return self.valid().exclude(kind__in=INTERNAL)

    def issued_since(self, day: date) -> Self:
        return self.filter(issued_at__date__gte=day)


class Paper(Pressed):
    """One issued paper: its number, its frozen data, its signer, and the hash of its PDF.

    Written in the same transaction as the act it proves. ``pdf_sha256`` is set when the PDF is
    first drawn from the frozen data; from then on the stored file is served byte for byte.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, related_name="papers", null=True, blank=True
    )
    event = models.OneToOneField(
        "dossiers.Event", models.PROTECT, related_name="paper", null=True, blank=True
    )
    kind = models.CharField("loại", max_length=24, choices=FormKind)
    form = models.ForeignKey(Form, models.PROTECT, related_name="papers")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="papers", verbose_name="nơi phát hành"
    )
    number = models.CharField("số", max_length=60, blank=True)
    number_year = models.PositiveSmallIntegerField("năm của số", null=True)
    issued_at = models.DateTimeField("phát hành lúc")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="issued_papers"
    )
    data = models.JSONField("dữ liệu đã chốt")
    data_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)
    replaces = models.ForeignKey(  # always the first paper, the one that belongs to the event
        "self", models.PROTECT, null=True, blank=True, related_name="replacements"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "giấy tờ đã phát hành"
        ordering = ["issued_at", "pk"]
        indexes = [
            models.Index(fields=["agency", "kind", "issued_at"], name="paper_by_agency"),
            models.Index(fields=["issued_at"], name="paper_not_drawn", condition=Q(pdf_sha256="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "number_year", "number"],
                condition=~Q(number="") & Q(voided_at=None),  # a corrected receipt keeps its number
                name="paper_number_once",
            ),
            models.CheckConstraint(
                name="void_has_its_reason",
                condition=Q(voided_at=None) | ~Q(void_reason=""),
            ),
        ]
        triggers = [
            never_truncated(),
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="frozen_data",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "dossier", "event", "kind", "form", "agency", "number",
                    "number_year", "replaces", "issued_at", "issued_by", "data", "data_sha256",
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def proves(self) -> int | None:
        """Return the event this paper proves, itself or in place of a voided one."""
        return self.replaces.event_id if self.replaces else self.event_id
