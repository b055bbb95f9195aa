"""Hồ sơ: the bundle a citizen hands in. Its columns are the summary of its events.

Read with the words of ``DossierQuerySet``. Only ``dossiers.acts`` writes a dossier: the table of
allowed acts lives there and nowhere else.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dossiers.models.papers import FormSet
from dossiers.models.parties import Party
from dossiers.models.queries import DossierQuerySet
from dossiers.models.state import NOT_ACCEPTED, RUNNING, State
from procedures.catalogue import Channel, ProcedureCase, ProcedureVersion
from procedures.offices import Agency

SECRET_LENGTH = 8  # digits only: no keyboard layout or Vietnamese input method can spoil them


class Outcome(models.TextChoices):
    GRANTED = "granted", "Đồng ý giải quyết"
    REFUSED = "refused", "Từ chối giải quyết"


class Delivery(models.TextChoices):
    COUNTER = "counter", "Tại bộ phận một cửa"
    POST = "post", "Qua bưu chính công ích"
    ONLINE = "online", "Bản điện tử"


class Signing(models.TextChoices):
    PROPOSED = "proposed", "Đang trình ký"
    SIGNED = "signed", "Đã ký"


def new_secret() -> str:
    return f"{secrets.randbelow(10**SECRET_LENGTH):0{SECRET_LENGTH}}"


def new_token() -> str:
    return secrets.token_urlsafe(16)


class Dossier(models.Model):
    """``code`` is given on acceptance; before that ``reference`` (số biên nhận) names it.

    ``due_at`` is the legal due date and counts in statistics; ``promised_at`` is the one new date
    of an apology. ``entered_at`` and ``closed_at`` are the moments the books count by.
    ``standing``: the clock stands. ``awaited_by``: until when the awaited step should come, the
    citizen's papers or money, a partner's opinion, or the office's answer to what was sent in.
    """

    code = models.CharField("mã hồ sơ", max_length=40, unique=True, null=True, editable=False)  # noqa: DJ001
    reference = models.CharField("số biên nhận", max_length=40, unique=True, editable=False)
    desk = models.ForeignKey(
        Agency, models.PROTECT, related_name="dossiers", verbose_name="nơi tiếp nhận"
    )
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="dossiers", verbose_name="thủ tục"
    )
    case = models.ForeignKey(
        ProcedureCase, models.PROTECT, related_name="dossiers", verbose_name="trường hợp"
    )
    form_set = models.ForeignKey(FormSet, models.PROTECT, related_name="dossiers")
    channel = models.CharField("hình thức nộp", max_length=8, choices=Channel)
    state = models.CharField("trạng thái", max_length=20, choices=State, editable=False)
    resume_state = models.CharField(max_length=20, choices=State, blank=True, editable=False)

    owner = models.OneToOneField(
        Party, models.PROTECT, related_name="owned_dossier", verbose_name="chủ hồ sơ"
    )
    submitter = models.OneToOneField(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_dossier",
        verbose_name="người nộp",
    )
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="helped_dossiers",
        verbose_name="người nộp hộ",
    )
    summary = models.TextField("nội dung yêu cầu giải quyết", blank=True)
    sets = models.PositiveSmallIntegerField("số bộ hồ sơ", default=1)
    note = models.TextField("ghi chú", blank=True)

    received_at = models.DateTimeField("nhận lúc")
    late_entry = models.BooleanField("nhập bù", default=False)
    entered_at = models.DateTimeField("vào sổ lúc", null=True)
    due_at = models.DateTimeField("hạn giải quyết", null=True)
    due_exact = models.BooleanField(default=False)
    deadline = models.JSONField("cách tính hạn", default=dict)
    stops = models.JSONField("các lần dừng tính", default=list)
    standing = models.BooleanField("đang dừng tính hạn", default=False, editable=False)
    awaited_by = models.DateTimeField("chờ đến", null=True, editable=False)
    promised_at = models.DateTimeField("hẹn lại", null=True)
    finished_at = models.DateTimeField("có kết quả lúc", null=True)
    closed_at = models.DateTimeField("ra sổ lúc", null=True)
    returned_at = models.DateTimeField("trả kết quả lúc", null=True)

    holder = models.ForeignKey(
        Agency, models.PROTECT, related_name="held_dossiers", verbose_name="đang ở"
    )
    holder_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="held_dossiers",
        verbose_name="người thụ lý",
    )

    outcome = models.CharField("kết quả", max_length=8, choices=Outcome, blank=True)
    result = models.JSONField("văn bản kết quả", default=dict)
    signing = models.CharField(
        "trình ký",
        max_length=8,
        blank=True,
        choices=Signing,
    )
    delivery = models.CharField(
        "cách nhận kết quả", max_length=8, choices=Delivery, default=Delivery.COUNTER
    )
    delivery_address = models.CharField("địa chỉ nhận qua bưu chính", max_length=300, blank=True)
    shelf = models.CharField("nơi để kết quả", max_length=60, blank=True)
    notify_wish = models.CharField(
        "muốn được báo tin",
        max_length=8,
        blank=True,
        choices=[("email", "Thư điện tử"), ("phone", "Tin nhắn điện thoại")],
    )

    book_year = models.PositiveSmallIntegerField("năm sổ", null=True)
    book_volume = models.PositiveIntegerField("quyển số", null=True)
    book_serial = models.PositiveIntegerField("số thứ tự trong sổ", null=True)
    secret = models.CharField("mã tra cứu", max_length=12, default=new_secret, editable=False)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)

    events_count = models.PositiveIntegerField(default=0, editable=False)
    last_hash = models.CharField(max_length=64, blank=True, editable=False)
    is_demo = models.BooleanField("hồ sơ minh họa", default=False, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "hồ sơ"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["desk", "state", "due_at"], name="dossier_at_desk"),
            models.Index(fields=["holder", "state", "due_at"], name="dossier_at_holder"),
            models.Index(
                fields=["due_at"],
                name="dossier_running",
                condition=Q(state__in=[s.value for s in RUNNING]),
            ),
            models.Index(fields=["desk", "-entered_at"], name="dossier_by_entry"),
            models.Index(
                fields=["desk", "finished_at"],
                name="dossier_on_shelf",
                condition=Q(state=State.FINISHED),
            ),
            models.Index(fields=["desk", "book_year", "book_serial"], name="dossier_in_book"),
        ]
        constraints = [
            models.CheckConstraint(
                name="dossier_state_is_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="dossier_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="accepted_dossier_has_its_code",
                condition=Q(state__in=[s.value for s in NOT_ACCEPTED])
                | Q(state=State.WITHDRAWN)
                | Q(code__isnull=False, entered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="finished_dossier_has_its_day",
                condition=~Q(state__in=[State.FINISHED, State.RETURNED])
                | Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="returned_dossier_has_its_day",
                condition=~Q(state=State.RETURNED) | Q(returned_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["desk", "book_year", "book_serial"], name="book_serial_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name_on_paper

    def get_absolute_url(self) -> str:
        return reverse("dossiers:detail", args=[self.name_on_paper])

    def columns(self) -> dict[str, Any]:
        """Return every column's value by its field's name; acts assign new values, never mutate."""
        values = self.__dict__
        return {field.name: values[field.attname] for field in self._meta.concrete_fields}

    @property
    def name_on_paper(self) -> str:
        """Return the code, or the reference while there is no code."""
        return self.code or self.reference

    @property
    def short_code(self) -> str:
        """Return the day and the number of the code: enough to tell rows of one desk apart."""
        return "-".join(self.name_on_paper.rsplit("-", 2)[1:])

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_ticking(self) -> bool:
        """Whether the office's clock runs: accepted, and not waiting for the citizen."""
        return self.is_running and not self.standing

    @property
    def secret_on_paper(self) -> str:
        """Return the secret in two groups, as people read digits aloud."""
        return f"{self.secret[:4]} {self.secret[4:]}"

    @property
    def tracking_url(self) -> str:
        return f"{settings.BASE_URL}{reverse('dossiers:track_by_token', args=[self.token])}"

    @property
    def title(self) -> str:
        return self.summary or self.version.title

    @property
    def applicant(self) -> Party:
        """Return whoever stood at the counter: the submitter, else the owner."""
        return self.submitter or self.owner
