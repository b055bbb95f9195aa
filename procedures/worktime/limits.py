"""Thời hạn giải quyết: a number and its unit, never one without the other."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class Unit(TextChoices):
    HOUR = "hour", "giờ"
    WORKING_HOUR = "working_hour", "giờ làm việc"
    DAY = "day", "ngày"
    WORKING_DAY = "working_day", "ngày làm việc"
    MONTH = "month", "tháng"
    SAME_DAY = "same_day", "trong ngày"
    NONE = "none", "không quy định"
    UNKNOWN = "unknown", "chưa có thông tin"

    @property
    def counted(self) -> bool:
        """Whether the unit stands behind a number."""
        return self not in {Unit.SAME_DAY, Unit.NONE, Unit.UNKNOWN}

    @property
    def exact(self) -> bool:
        """Whether lateness is told by the minute; every other unit is told by the day."""
        return self in {Unit.HOUR, Unit.WORKING_HOUR}


class OnSupplement(TextChoices):
    """What asking the citizen for more papers does to the clock. Both regimes are law somewhere."""

    PAUSE = "pause", "tạm dừng tính thời hạn"
    RESTART = "restart", "tính lại từ đầu khi nhận đủ hồ sơ"
    NONE = "none", "thời hạn vẫn chạy"


@dataclass(frozen=True)
class TimeLimit:
    """``number`` counts ``unit``; it is 0 for units that stand alone.

    Raises ValueError for a number that does not fit its unit.
    """

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit.counted and self.number < 1:
            raise ValueError(f"a limit in {self.unit} needs a number from 1 on: {self.number}")
        if not self.unit.counted and self.number:
            raise ValueError(f"{self.unit} takes no number: {self.number}")

    @property
    def known(self) -> bool:
        return self.unit != Unit.UNKNOWN

    def __str__(self) -> str:
        if self.unit.counted:
            return f"{self.number} {self.unit.label}"
        return self.unit.label
