"""Cán bộ, công chức, viên chức: who signs in, which posts they hold, where and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from django.contrib.auth.models import AbstractUser, Group
from django.db import models

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, PeriodQuerySet, period_in_order
from khanhson_portal.ground.text import name_sort_key, one_line
from procedures.offices.models.agencies import Agency, AgencyKind
from procedures.offices.structure import Structure


class Role(models.TextChoices):
    """Roles of the one-stop mechanism; each is a Django group of the same name."""

    RECEPTION = "reception", "Tiếp nhận hồ sơ"
    RETURN = "return", "Trả kết quả"
    DESK_HEAD = "desk_head", "Trưởng Bộ phận một cửa"
    SPECIALIST = "specialist", "Chuyên viên thụ lý"
    HEAD = "head", "Lãnh đạo phòng chuyên môn"
    LEADER = "leader", "Lãnh đạo UBND"
    CLERK = "clerk", "Văn thư"
    CONTROLLER = "controller", "Kiểm soát thủ tục hành chính"
    POSTAL = "postal", "Nhân viên bưu chính"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


@dataclass(frozen=True)
class Duties:
    """What one officer may do on one day: pairs of role and agency id."""

    held: frozenset[tuple[Role, int]] = frozenset()

    @classmethod
    def of(cls, posts: Iterable[Post]) -> Duties:
        return cls(frozenset((role, post.agency_id) for post in posts for role in post.roles))

    def has(self, role: Role, agency_id: int | None) -> bool:
        return (role, agency_id) in self.held

    def holds(self, *roles: Role) -> bool:
        return any(role in roles for role, _ in self.held)

    def agencies(self, *roles: Role) -> set[int]:
        """Return the agencies where any of ``roles`` is held; all agencies without roles."""
        return {agency for role, agency in self.held if not roles or role in roles}


class Officer(AbstractUser):
    """One person who works with the portal. Names are one field, kept as typed."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=120)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    is_demo = models.BooleanField("tài khoản minh họa", default=False, editable=False)

    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        verbose_name = verbose_name_plural = "cán bộ"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def clean(self) -> None:
        super().clean()
        self.full_name = one_line(self.full_name)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    @property
    def sort_key(self) -> str:
        return name_sort_key(self.full_name)

    @cached_property
    def _all_posts(self) -> list[Post]:
        return list(self.posts.select_related("agency").prefetch_related("groups"))

    @cached_property
    def structure(self) -> Structure:
        """The tree of agencies as this officer's rights need it; read once per instance."""
        return Structure()

    def posts_on(self, day: date) -> list[Post]:
        """Return the posts held on ``day``; the database is asked once per instance."""
        return [post for post in self._all_posts if post.covers(day)]

    def post_at(self, agency_id: int, day: date) -> Post | None:
        """Return a post held at an agency on ``day``, None when this officer has none there."""
        return next((post for post in self.posts_on(day) if post.agency_id == agency_id), None)

    def duties(self, day: date) -> Duties:
        """Return the roles held on ``day``, each with its agency."""
        return Duties.of(self.posts_on(day))


class PostQuerySet(PeriodQuerySet):
    def with_role(self, role: Role) -> Self:
        return self.filter(groups__name=role)

    def at(self, agency_id: int) -> Self:
        return self.filter(agency=agency_id)


class Acting(models.TextChoices):
    """Under which words an officer signs for somebody else (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

    FOR_CHIEF = "KT.", "KT. (ký thay)"
    BY_ORDER = "TL.", "TL. (thừa lệnh)"
    BY_MANDATE = "TUQ.", "TUQ. (thừa ủy quyền)"
    IN_CHARGE = "Q.", "Q. (quyền)"


ON_BEHALF = "TM. ỦY BAN NHÂN DÂN"
AS_THE_BODY = {"", Acting.FOR_CHIEF, Acting.IN_CHARGE}  # a committee signs as a body through these


@tracked()
class Post(Period):
    """Vị trí công tác: one officer at one agency under one title; roles hang on it, not on people.

    In a small commune one post carries several roles.
    """

    officer = models.ForeignKey(
        Officer, models.PROTECT, related_name="posts", verbose_name="cán bộ"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name="đơn vị")
    title = models.CharField("chức vụ", max_length=120)
    counter = models.CharField("quầy", max_length=40, blank=True)
    groups = models.ManyToManyField(Group, verbose_name="vai trò", related_name="posts")
    acting = models.CharField(
        "ký thay, thừa lệnh",
        max_length=4,
        blank=True,
        choices=Acting,
    )
    acting_for = models.CharField("chức danh được ký thay", max_length=120, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "vị trí công tác"
        ordering = ["agency", "title"]
        constraints = [period_in_order("post_period_in_order")]

    def __str__(self) -> str:
        return f"{self.officer}, {self.title}"

    @property
    def signing_lines(self) -> list[str]:
        """Return the lines over a signature: TM., KT., TL. … and the title, in capitals.

        Source: NĐ 30/2020/NĐ-CP, Phụ lục I.
        """
        title = self.title.upper()
        lines = [title]
        if self.acting == Acting.IN_CHARGE or (self.acting and not self.acting_for):
            lines = [f"{self.acting} {title}"]
        elif self.acting:
            lines = [f"{self.acting} {self.acting_for.upper()}", title]
        as_body = self.agency.kind == AgencyKind.COMMITTEE and self.acting in AS_THE_BODY
        return [ON_BEHALF, *lines] if as_body else lines

    @property
    def roles(self) -> list[Role]:
        """The roles of this post, in the order of ``Role``; groups of other names give nothing."""
        names = {group.name for group in self.groups.all()}
        return [role for role in Role if role.value in names]
