"""Chủ hồ sơ, người nộp: the people and organisations of one dossier, as they were that day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from khanhson_portal.ground import masking
from khanhson_portal.ground.text import one_line, search_key
from procedures.catalogue import RequiredPaper
from procedures.offices import Agency


class PartyKind(models.TextChoices):
    PERSON = "person", "Cá nhân"
    ORGANISATION = "organisation", "Tổ chức"


class Party(models.Model):
    """One person or organisation as written on one dossier; a copy, never shared between dossiers.

    Names are one field kept as typed; birth may be a year only; the identity number is text
    (leading zeros) and may be missing.
    """

    name = models.CharField("họ và tên / tên tổ chức", max_length=200)
    kind = models.CharField("đối tượng", max_length=12, choices=PartyKind, default=PartyKind.PERSON)
    identity_number = models.CharField("số CMND/căn cước/hộ chiếu/MST", max_length=30, blank=True)
    birth = models.CharField("ngày hoặc năm sinh", max_length=20, blank=True)
    sex = models.CharField(
        "giới tính", max_length=4, blank=True, choices=[("nam", "Nam"), ("nữ", "Nữ")]
    )
    phone = models.CharField("số điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    commune = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xã, thị trấn"
    )
    relation = models.CharField("quan hệ với chủ hồ sơ", max_length=100, blank=True)
    mandate = models.CharField("giấy ủy quyền", max_length=200, blank=True)
    reuse_consent = models.BooleanField("đồng ý dùng lại thông tin cho lần sau", default=False)
    name_key = models.CharField(max_length=200, editable=False, db_collation="C")

    class Meta:
        verbose_name = verbose_name_plural = "người liên quan"
        indexes = [
            models.Index(
                fields=["identity_number"], name="party_identity", condition=~Q(identity_number="")
            ),
            models.Index(fields=["phone"], name="party_phone", condition=~Q(phone="")),
            models.Index(fields=["name_key"], name="party_name"),
        ]
        constraints = [
            models.CheckConstraint(
                name="party_kind_is_known", condition=Q(kind__in=PartyKind.values)
            ),
            models.CheckConstraint(name="party_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name, self.address = one_line(self.name), one_line(self.address)
        self.name_key = search_key(self.name)

    @property
    def masked_name(self) -> str:
        """Return the name for public eyes; organisations are no persons and keep theirs."""
        return self.name if self.kind == PartyKind.ORGANISATION else masking.name(self.name)


class HandedPaper(models.Model):
    """Giấy tờ đã nộp: what was really put on the counter, in which number."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="handed_papers")
    required = models.ForeignKey(
        RequiredPaper, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.TextField("tên giấy tờ")
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    certified = models.PositiveSmallIntegerField("bản chứng thực", default=0)
    photocopies = models.PositiveSmallIntegerField("bản sao", default=0)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "giấy tờ đã nộp"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
