"""A change of the days worked, as typed: one day or a stretch, for everybody or for one desk."""

from __future__ import annotations

from copy import copy
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate

from dossiers.recounting import Edit, additions
from khanhson_portal.ground.presses import PressField
from khanhson_portal.ground.text import one_line
from khanhson_portal.ground.words import short_date, weekday
from procedures.offices import Agency
from procedures.offices.models.agencies import AgencyQuerySet
from procedures.worktime import Holiday, HolidayKind
from procedures.worktime.calendar import WEEKEND_NAMES

LONGEST = 31  # days in one go; a longer stretch is a slip of the keyboard
YEARS = range(2000, 2101)
DAY = {"inputmode": "numeric", "class": "short"}
WRONG_DAY = "Ngày có dạng ngày/tháng/năm, ví dụ 30/04/2018."


class DayForm(forms.Form):
    """``edits`` says what the typed change does to the table; nothing is saved here.

    ``own``: only closures of these desks can be typed; None: every kind, for everybody.
    """

    nonce = PressField()
    kind = forms.ChoiceField(label="Loại", choices=HolidayKind)
    day = forms.DateField(
        label="Ngày",
        widget=forms.DateInput(attrs=DAY),
        error_messages={"required": "Nhập ngày.", "invalid": WRONG_DAY},
    )
    until = forms.DateField(
        label="Đến hết ngày",
        required=False,
        widget=forms.DateInput(attrs=DAY),
        help_text="Để trống khi chỉ một ngày.",
        error_messages={"invalid": WRONG_DAY},
    )
    name = forms.CharField(
        label="Tên gọi",
        max_length=120,
        help_text="Người dân sẽ đọc: “Giỗ Tổ Hùng Vương”, “nghỉ do bão”.",
        error_messages={"required": "Ghi tên gọi để người dân hiểu vì sao nghỉ hay làm bù."},
    )
    agency = forms.ModelChoiceField(
        label="Chỉ riêng bộ phận một cửa",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Mọi đơn vị",
        help_text="Chọn khi một nơi tạm nghỉ: chỉ hồ sơ nhận ở đó bị dời hạn.",
    )
    basis = forms.CharField(
        label="Căn cứ", max_length=200, help_text="Số, ngày thông báo hoặc lý do.", required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        row: Holiday | None = None,
        own: AgencyQuerySet | None = None,
    ) -> None:
        self.row = row
        initial = {} if row is None else {name: getattr(row, name) for name in FIELDS}
        super().__init__(data, initial=initial)
        desks = Agency.objects.in_force(localdate()).desks() if own is None else own
        if own is not None:
            self._only_closures(own)
        if row and row.agency_id:
            desks = desks | Agency.objects.filter(pk=row.agency_id)
        self.fields["agency"].queryset = desks  # type: ignore[attr-defined]
        self.fields["agency"].label_from_instance = lambda desk: desk.short_name  # type: ignore[attr-defined]
        if row:
            del self.fields["until"]

    def _only_closures(self, own: AgencyQuerySet) -> None:
        closure = [(HolidayKind.CLOSURE.value, HolidayKind.CLOSURE.label)]
        self.fields["kind"].choices = closure  # type: ignore[attr-defined]
        self.fields["agency"].empty_label = None  # type: ignore[attr-defined]
        self.fields["agency"].required = True

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._check_whose(cleaned)
            self._check_days(cleaned)
        return cleaned

    def _check_whose(self, typed: dict[str, Any]) -> None:
        if typed["kind"] == HolidayKind.CLOSURE and not typed["agency"]:
            self.add_error("agency", "Chọn nơi tạm nghỉ.")
        if typed["kind"] != HolidayKind.CLOSURE and typed.get("agency"):
            self.add_error(
                "agency", "Nghỉ lễ và làm bù áp dụng cho mọi đơn vị; chọn loại “đơn vị tạm nghỉ”."
            )

    def _check_days(self, typed: dict[str, Any]) -> None:
        day, until = typed["day"], typed.get("until")
        if day.year not in YEARS:
            self.add_error("day", f"Năm {day.year} không đúng; kiểm tra lại.")
        elif until and until < day:
            self.add_error("until", f"Ngày cuối phải từ {short_date(day)} trở đi.")
        elif until and (until - day).days >= LONGEST:
            self.add_error("until", f"Mỗi lần nhiều nhất {LONGEST} ngày; kiểm tra lại năm, tháng.")
        elif typed["kind"] == HolidayKind.WORKED:
            ordinary = [one for one in self._days(typed) if one.weekday() not in WEEKEND_NAMES]
            if ordinary:
                said = f"{short_date(ordinary[0])} là {weekday(ordinary[0])}"
                self.add_error("day", f"{said}, vốn đã là ngày làm việc.")
        if not self.errors:
            self._check_free(typed)

    def _check_free(self, typed: dict[str, Any]) -> None:
        taken = Holiday.objects.filter(
            Q(agency=typed.get("agency")), day__in=self._days(typed)
        ).order_by("day")
        if self.row:
            taken = taken.exclude(pk=self.row.pk)
        first = taken.first()
        if first:
            self.add_error("day", f"{short_date(first.day)} đã có trong lịch: {first.name}.")

    @staticmethod
    def _days(typed: dict[str, Any]) -> list[date]:
        last = typed.get("until") or typed["day"]
        return [typed["day"] + timedelta(days=n) for n in range((last - typed["day"]).days + 1)]

    def edits(self) -> list[Edit]:
        """Return the change as typed. Only for a valid form."""
        typed = self.cleaned_data
        common = {name: typed.get(name) for name in FIELDS if name != "day"}
        if self.row is None:
            return additions([Holiday(day=day, **common) for day in self._days(typed)])
        after = copy(self.row)
        for name in FIELDS:
            setattr(after, name, typed.get(name))
        return [Edit(self.row, after)]


FIELDS = ["kind", "day", "name", "agency", "basis"]
