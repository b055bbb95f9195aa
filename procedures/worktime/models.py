"""Lịch làm việc as rows: days off, worked Saturdays, closures, working hours, announced years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value

from khanhson_portal.ground.history import tracked
from khanhson_portal.ground.periods import Period, period_in_order
from khanhson_portal.ground.words import short_date
from procedures.offices.models.agencies import Agency
from procedures.worktime.calendar import Rules, Session, WorkCalendar
from procedures.worktime.turns import in_turn

ANNOUNCED = "announced"  # not a day of its own: see HolidayQuerySet.and_announced_years


class HolidayKind(models.TextChoices):
    OFF = "off", "nghỉ lễ, Tết"
    WORKED = "worked", "làm bù"
    CLOSURE = "closure", "đơn vị tạm nghỉ"


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def calendar(
        self,
        agency: Agency | None,
        since: date,
        years: int = 3,
        rules: tuple[Rules, ...] | None = None,
    ) -> WorkCalendar:
        """Return the working calendar of ``agency`` for counting from ``since``; two queries.

        ``agency`` None gives the district's common calendar; ``rules`` already read spare the
        second query. Raises ValueError when no working hours are on record.
        """
        until = since + timedelta(days=366 * years)
        own = Q(agency=None) | Q(agency=agency) if agency else Q(agency=None)
        exceptions = self.filter(own, day__range=(since - timedelta(days=31), until))
        days: dict[str, dict[date, str]] = defaultdict(dict)
        for kind, day, name in exceptions.and_announced_years():
            days[kind][day] = name
        return WorkCalendar(
            rules=WorkingTime.objects.rules(agency) if rules is None else rules,
            days_off=days[HolidayKind.OFF],
            worked_days=days[HolidayKind.WORKED],
            closures=days[HolidayKind.CLOSURE],
            announced_years=frozenset(day.year for day in days[ANNOUNCED]),
        )

    def and_announced_years(self) -> QuerySet[Any, tuple[str, date, str]]:
        """These rows as (kind, day, name), with each announced year as its first of January."""
        new_year = Func(F("year"), 1, 1, function="make_date", output_field=models.DateField())
        years = AnnouncedYear.objects.order_by().values_list(Value(ANNOUNCED), new_year, Value(""))
        return self.order_by().values_list("kind", "day", "name").union(years, all=True)


@tracked()
class Holiday(models.Model):
    """One exceptional day. The yearly notice decides, not the code; a person confirms each row."""

    day = models.DateField("ngày")
    kind = models.CharField("loại", max_length=10, choices=HolidayKind)
    name = models.CharField(
        "tên gọi", max_length=120, help_text="Người dân sẽ đọc: “Giỗ Tổ Hùng Vương”."
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name="chỉ riêng đơn vị",
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "agency"],
                name="holiday_once_per_day",
                nulls_distinct=False,
                violation_error_message="Ngày này đã có trong lịch.",
            ),
            models.CheckConstraint(
                name="holiday_kind_is_known", condition=Q(kind__in=HolidayKind.values)
            ),
            models.CheckConstraint(
                name="closure_has_its_agency",
                condition=Q(kind=HolidayKind.CLOSURE, agency__isnull=False)
                | (~Q(kind=HolidayKind.CLOSURE) & Q(agency=None)),
                violation_error_message=(
                    "Tạm nghỉ phải ghi rõ đơn vị; nghỉ lễ và làm bù áp dụng cho mọi đơn vị."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{short_date(self.day)} {self.name}"


class WorkingTimeQuerySet(models.QuerySet["WorkingTime"]):
    def hours(self, agency_ids: Iterable[int]) -> dict[WorkingTime, list[WorkSession]]:
        """Return the working times of these agencies and the common ones with their hours.

        One query, made on the side of the hours: working times without any are left out.
        """
        sessions = WorkSession.objects.filter(
            Q(working_time__agency=None) | Q(working_time__agency__in=set(agency_ids))
        ).select_related("working_time")
        hours: dict[WorkingTime, list[WorkSession]] = defaultdict(list)
        for session in sessions:
            hours[session.working_time].append(session)
        return dict(hours)

    def rules(self, agency: Agency | None) -> tuple[Rules, ...]:
        """Return what counts as work at an agency, see ``rules_of``; one query."""
        agency_id = agency.pk if agency else None
        return rules_of(self.hours([agency_id] if agency_id else []), agency_id)


def turns_of(hours: Iterable[WorkingTime], agency_id: int | None) -> list[tuple[date, WorkingTime]]:
    """Return from which day on which working time holds at an agency (None: the common ones)."""
    rows = list(hours)
    own = [row for row in rows if row.agency_id and row.agency_id == agency_id]
    return in_turn(own, [row for row in rows if row.agency_id is None])


def rules_of(
    hours: Mapping[WorkingTime, list[WorkSession]], agency_id: int | None
) -> tuple[Rules, ...]:
    """Return the rules of counting at an agency, each from the day on which its turn comes.

    A working time of duty hours only counts nothing, so the one before it goes on counting.
    """
    counted = [row for row, sessions in hours.items() if any(one.counts for one in sessions)]
    return tuple(
        replace(row.as_rules(hours[row]), valid_from=day)
        for day, row in turns_of(counted, agency_id)
    )


@tracked()
class WorkingTime(Period):
    """Giờ làm việc and the habits of counting, as one decision sets them."""

    version = models.CharField("tên gọi", max_length=120, unique=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name="chỉ riêng đơn vị"
    )
    cutoff = models.TimeField(
        "giờ chốt trong ngày",
        help_text="Nhận sau giờ này, thủ tục “trong ngày” trả kết quả vào ngày làm việc tiếp theo.",
    )
    asking_day_counts = models.BooleanField(
        "ngày yêu cầu bổ sung tính là ngày đã dùng", default=False
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = WorkingTimeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "giờ làm việc"
        ordering = ["-valid_from"]
        constraints = [period_in_order("working_time_period_in_order")]

    def __str__(self) -> str:
        return self.version

    def as_rules(self, rows: list[WorkSession]) -> Rules:
        """Return the rules for counting; duty sessions are open but not counted."""
        sessions: dict[int, list[Session]] = defaultdict(list)
        for row in rows:
            if row.counts:
                sessions[row.weekday].append(Session(row.opens, row.closes))
        return Rules(
            version=self.version,
            valid_from=self.valid_from,
            sessions={day: tuple(hours) for day, hours in sessions.items()},
            cutoff=self.cutoff,
            asking_day_counts=self.asking_day_counts,
        )


@tracked()
class WorkSession(models.Model):
    """One stretch of opening hours; duty hours (Saturday morning) are open but not counted."""

    WEEKDAYS = [
        (0, "thứ Hai"),
        (1, "thứ Ba"),
        (2, "thứ Tư"),
        (3, "thứ Năm"),
        (4, "thứ Sáu"),
        (5, "thứ Bảy"),
        (6, "Chủ nhật"),
    ]

    working_time = models.ForeignKey(WorkingTime, models.CASCADE, related_name="sessions")
    weekday = models.PositiveSmallIntegerField("thứ", choices=WEEKDAYS)
    opens = models.TimeField("mở cửa")
    closes = models.TimeField("đóng cửa")
    counts = models.BooleanField(
        "tính vào thời hạn", default=True, help_text="Bỏ chọn với buổi trực chỉ nhận hồ sơ."
    )

    class Meta:
        verbose_name = verbose_name_plural = "buổi làm việc"
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                name="session_opens_before_it_closes",
                condition=Q(opens__lt=models.F("closes")),
                violation_error_message="Giờ mở cửa phải trước giờ đóng cửa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


@tracked()
class AnnouncedYear(models.Model):
    """A year whose days off a person has checked against the Government's notice."""

    year = models.PositiveSmallIntegerField("năm", unique=True)
    basis = models.CharField("thông báo", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "năm đã công bố lịch nghỉ"
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)
