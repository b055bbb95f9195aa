"""What a version of a procedure asks and promises: cases, channels, fees, papers, results."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.words import money
from procedures.catalogue.models.versions import ProcedureVersion
from procedures.offices.models.officers import Role
from procedures.worktime import TimeLimit, Unit


class Channel(models.TextChoices):
    """How a dossier comes in. The national codes are 1, 2 and 3 in this order."""

    DIRECT = "direct", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    POST = "post", "Dịch vụ bưu chính"


class FeeKind(models.TextChoices):
    """Phí pays for a service, lệ phí is charged by law: separate lines, separate budgets."""

    FEE = "phi", "Phí"
    CHARGE = "le_phi", "Lệ phí"
    UNSPECIFIED = "", "Phí, lệ phí"


class FeeState(models.TextChoices):
    KNOWN = "known", "có mức thu"
    FREE = "free", "không thu"
    PROVINCE = "province", "do HĐND tỉnh quy định"
    UNKNOWN = "unknown", "chưa có thông tin"


@tracked()
class ProcedureCase(models.Model):
    """Trường hợp của thủ tục: its own time, fee, papers and steps. Unnamed where there is one."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="cases")
    name = models.CharField("trường hợp", max_length=500, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "trường hợp"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name or "Trường hợp chung"

    @property
    def is_fixed(self) -> bool:
        return self.version.is_fixed

    def channel(self, channel: str) -> CaseChannel | None:
        """Return this case's row for a channel, from what is prefetched."""
        return next((row for row in self.channels.all() if row.channel == channel), None)

    def limit_by(self, channel: str) -> TimeLimit:
        """Return the time limit when filed by ``channel``; unknown where the catalogue is silent.

        A case that says nothing about a channel is limited as at the counter.
        """
        row = (
            self.channel(channel) or self.channel("direct") or next(iter(self.channels.all()), None)
        )
        return row.limit if row else TimeLimit(0, Unit.UNKNOWN)


@tracked()
class CaseChannel(models.Model):
    """Cách thức thực hiện: one way to file one case, and how long it takes that way.

    A number without a unit is a defect of the source: the unit is ``unknown`` and ``source_text``
    keeps what was printed. Never guessed.
    """

    case = models.ForeignKey(ProcedureCase, models.CASCADE, related_name="channels")
    channel = models.CharField("hình thức nộp", max_length=8, choices=Channel)
    number = models.PositiveSmallIntegerField("thời hạn", default=0)
    unit = models.CharField("đơn vị", max_length=12, choices=Unit, default=Unit.UNKNOWN)
    source_text = models.CharField("nguồn ghi", max_length=200, blank=True)
    note = models.TextField("mô tả", blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "cách thức thực hiện"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="limit_has_number_and_unit",
                condition=Q(
                    unit__in=[u.value for u in Unit if u.counted],
                    number__gte=1,
                )
                | Q(unit__in=[u.value for u in Unit if not u.counted], number=0),
                violation_error_message="Thời hạn cần cả số và đơn vị (hoặc không có cả hai).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.limit}"

    @property
    def limit(self) -> TimeLimit:
        return TimeLimit(self.number, Unit(self.unit))


@tracked()
class Fee(models.Model):
    """One line of phí or lệ phí; amounts are whole đồng, and unknown is not free."""

    case = models.ForeignKey(ProcedureCase, models.CASCADE, related_name="fees")
    channel = models.CharField("riêng cho", max_length=8, choices=Channel, blank=True)
    kind = models.CharField("loại", max_length=8, choices=FeeKind, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=FeeState)
    amount = models.PositiveBigIntegerField("mức thu (đồng)", null=True, blank=True)
    per = models.CharField(
        "tính cho", max_length=60, blank=True, help_text="trang, bản, trường hợp"
    )
    exemptions = models.TextField("đối tượng miễn, giảm", blank=True)
    note = models.TextField("mô tả", blank=True)
    source_text = models.CharField("nguồn ghi", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "phí, lệ phí"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fee_state_is_known", condition=Q(state__in=FeeState.values)
            ),
            models.CheckConstraint(
                name="fee_amount_when_known",
                condition=Q(state=FeeState.KNOWN, amount__isnull=False)
                | (~Q(state=FeeState.KNOWN) & Q(amount=None)),
                violation_error_message="Có mức thu thì ghi số tiền; không có thì để trống.",
            ),
        ]

    def __str__(self) -> str:
        if self.state == FeeState.KNOWN and self.amount is not None:
            return money(self.amount) + (f"/{self.per}" if self.per else "")
        return self.get_state_display()


@tracked()
class RequiredPaper(models.Model):
    """Thành phần hồ sơ: one paper, and how many of which kind."""

    case = models.ForeignKey(ProcedureCase, models.CASCADE, related_name="papers")
    group = models.CharField("nhóm", max_length=1000, blank=True)
    name = models.TextField("tên giấy tờ", help_text="Tên người dân thường gọi.")
    official_name = models.TextField("tên theo nguồn (nguyên văn)", blank=True)
    form_name = models.CharField("mẫu đơn, tờ khai", max_length=300, blank=True)
    form_file = models.FileField("tệp mẫu", upload_to="forms/", blank=True)
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    certified = models.PositiveSmallIntegerField("bản chứng thực", default=0)
    photocopies = models.PositiveSmallIntegerField("bản sao", default=0)
    presented_only = models.BooleanField("chỉ xuất trình", default=False)
    conditional = models.BooleanField("chỉ khi thuộc trường hợp", default=False)
    condition = models.CharField(
        "trường hợp nào", max_length=300, blank=True, help_text="Ví dụ: Chỉ khi trẻ bị bỏ rơi"
    )
    channel = models.CharField("chỉ khi nộp", max_length=8, choices=Channel, blank=True)
    held_data = models.CharField(
        "thay bằng dữ liệu", max_length=200, blank=True, help_text="Dữ liệu Nhà nước đã có"
    )
    held_from = models.DateField("không đòi từ ngày", null=True, blank=True)
    held_basis = models.CharField("căn cứ không đòi", max_length=200, blank=True)
    note = models.TextField("ghi chú", blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "thành phần hồ sơ"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="held_paper_is_whole",
                condition=Q(held_from=None, held_data="", held_basis="")
                | Q(held_from__isnull=False) & ~Q(held_data="") & ~Q(held_basis=""),
                violation_error_message="Giấy thay bằng dữ liệu cần đủ dữ liệu, ngày và căn cứ.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_held(self, day: date) -> bool:
        """Whether the State holds what this paper says, so that nobody may ask for it on ``day``"""
        return self.held_from is not None and self.held_from <= day

    @property
    def folded_wording(self) -> str:
        """Return the official wording where it says more than the plain name."""
        same = self.official_name.casefold() == self.name.casefold()
        return "" if same else self.official_name


@tracked()
class InternalStep(models.Model):
    """Quy trình nội bộ: one step of solving, who does it and in how long."""

    case = models.ForeignKey(ProcedureCase, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("nội dung công việc", max_length=300)
    role = models.CharField("người thực hiện", max_length=16, choices=Role)
    at_desk = models.BooleanField("tại bộ phận một cửa", default=False)
    number = models.PositiveSmallIntegerField("thời gian", default=0)
    unit = models.CharField("đơn vị", max_length=12, choices=Unit, default=Unit.WORKING_HOUR)
    output = models.CharField("kết quả", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "quy trình nội bộ"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["case", "order"], name="internal_step_once")]

    def __str__(self) -> str:
        return self.name
