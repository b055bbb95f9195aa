"""The journal: every act on a dossier, appended once, chained by hashes, never edited.

Each event also carries the state of the dossier after it, so that any past moment can be read
without replaying: statistics take the last event of each dossier up to that moment.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dossiers.declaring import ACTS, Assurance, Table
from dossiers.models.state import State
from khanhson_portal.ground.frozen import only_appended
from procedures.catalogue import ProcedureVersion
from procedures.offices import Agency, Post


class ActorKind(models.TextChoices):
    OFFICER = "officer", "Cán bộ"
    CITIZEN = "citizen", "Người dân"
    JOB = "job", "Hệ thống"


class RecordedAct(models.Model):
    """One act on one subject; an abstract base. ``at`` is when it happened, ``recorded_at`` when
    it entered the books.

    The two differ only for papers of a power cut typed in later ("nhập bù"); statistics count by
    ``recorded_at``, so a published month never changes. ``actor_detail``: a job's name, or how
    surely a citizen was known. ``hash`` covers the columns named in ``hashed`` and the hash of the
    row before it of the same subject (see ``dossiers.journal``), ``summary`` the subject's columns.
    """

    number = models.PositiveIntegerField("số thứ tự")
    act = models.CharField("việc", max_length=32)
    at = models.DateTimeField("lúc")
    recorded_at = models.DateTimeField("ghi sổ lúc")
    actor = models.CharField(
        "ai làm", max_length=8, choices=ActorKind, default=ActorKind.OFFICER, editable=False
    )
    actor_detail = models.CharField(max_length=40, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người làm",
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    from_state = models.CharField("từ", max_length=20, blank=True)
    state = models.CharField("sang", max_length=20)
    reason_code = models.CharField("mã lý do", max_length=40, blank=True)
    note = models.TextField("nội dung", blank=True)
    data = models.JSONField("dữ liệu", default=dict)
    nonce = models.UUIDField("mã lần bấm", null=True, unique=True)
    summary = models.CharField("mã các cột sau việc này", max_length=64, editable=False)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    table: ClassVar[Table]
    hashed: ClassVar[list[str]] = [
        "number", "act", "at", "recorded_at", "actor", "actor_detail", "by_id", "post_id",
        "from_state", "state", "reason_code", "note", "data", "nonce", "summary",
    ]  # fmt: skip

    class Meta:
        abstract = True
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_its_actor",
                condition=Q(actor=ActorKind.OFFICER, by__isnull=False)
                | (Q(actor__in=[ActorKind.CITIZEN, ActorKind.JOB], by=None) & ~Q(actor_detail="")),
            )
        ]
        triggers = only_appended()

    @property
    def label(self) -> str:
        """Return the act as its button says it."""
        return self.table[self.act].label

    @property
    def facts(self) -> dict[str, Any]:
        """Return what a sentence about this event may tell: its data, its columns unchanged."""
        return {**self.data, "at": self.at, "note": self.note, "state": self.state}

    @property
    def told(self) -> str:
        """Return the event in one sentence for staff, from what was frozen with it."""
        return self.table[self.act].told.of(self.facts)

    @property
    def told_publicly(self) -> str:
        """Return the event in one sentence for the citizen: no names of people, no documents."""
        return self.table[self.act].public.of(self.facts)

    @property
    def who(self) -> str:
        """Return who acted, as staff read it: an officer's name, a citizen, the portal itself."""
        if self.by_id:
            return str(self.by)
        if self.actor == ActorKind.CITIZEN:
            return f"Người dân ({Assurance[self.actor_detail.upper()].label})"
        return ActorKind.JOB.label


class Event(RecordedAct):
    """One act on a dossier, and the columns of the dossier after it."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="events")
    desk = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    due_exact = models.BooleanField(default=False)
    promised_at = models.DateTimeField(null=True)
    standing = models.BooleanField(default=False)
    entered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    table = ACTS
    hashed = [
        *RecordedAct.hashed, "dossier_id", "desk_id", "version_id", "holder_id", "due_at",
        "due_exact", "promised_at", "standing", "entered_at", "closed_at", "finished_at",
    ]  # fmt: skip

    class Meta(RecordedAct.Meta):
        verbose_name = verbose_name_plural = "nhật ký hồ sơ"
        indexes = [
            models.Index(fields=["recorded_at", "dossier"], name="event_by_time"),
            models.Index(fields=["by", "-recorded_at"], name="event_by_officer"),
        ]
        constraints = [
            *RecordedAct.Meta.constraints,
            models.UniqueConstraint(fields=["dossier", "number"], name="event_number_once"),
            models.CheckConstraint(
                name="event_states_are_known",
                condition=Q(state__in=State.values)
                & (Q(from_state="") | Q(from_state__in=State.values)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number} {self.act}"

    @property
    def due_before(self) -> datetime | None:
        """Return the due date before this event, where it is one that moves the date."""
        before = self.data.get("due", {}).get("before")
        return datetime.fromisoformat(before) if before else None


class Seal(models.Model):
    """Niêm phong ngày: one signed hash over a day and all before it (see ``dossiers.seals``).

    ``dossiers``, ``events`` and ``views`` count everything the books hold up to that day.
    """

    day = models.DateField("ngày", unique=True)
    dossiers = models.PositiveIntegerField("số hồ sơ")
    events = models.PositiveIntegerField("số sự kiện")
    views = models.PositiveIntegerField("số lần xem")
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    signature = models.CharField("chữ ký", max_length=64)
    sealed_at = models.DateTimeField("niêm phong lúc")

    class Meta:
        verbose_name = verbose_name_plural = "niêm phong ngày"
        ordering = ["-day"]
        triggers = only_appended()

    def __str__(self) -> str:
        return f"{self.day}: {self.root[:12]}"
