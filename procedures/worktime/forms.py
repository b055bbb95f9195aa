"""Giờ làm việc as typed: nothing is saved that deadlines or people could not read afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khanhson_portal.ground.words import short_date
from procedures.worktime import WorkingTime, WorkSession


def last_common(row: WorkingTime) -> bool:
    """Whether every desk without hours of its own stands on this row alone."""
    others = WorkingTime.objects.filter(agency=None, sessions__counts=True).exclude(pk=row.pk)
    return row.agency_id is None and not others.exists()


def may_be_deleted(row: WorkingTime, day: date) -> bool:
    """Whether nothing was ever counted with a working time, and something else is left to count by.

    What has begun is ended by its last day instead: due dates were promised by it.
    """
    return row.valid_from > day and not last_common(row)


class WorkingTimeForm(forms.ModelForm):
    class Meta:
        model = WorkingTime
        fields = [
            "version", "agency", "valid_from", "valid_to", "cutoff", "asking_day_counts", "basis",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._check_day_is_free(cleaned)
        if not self.errors:
            self._check_common_is_left(cleaned)
        return cleaned

    def _check_common_is_left(self, typed: dict[str, Any]) -> None:
        was = WorkingTime.objects.filter(pk=self.instance.pk).first()
        if typed["agency"] and was and last_common(was):
            self.add_error(
                "agency",
                "Đây là giờ làm việc chung duy nhất; các đơn vị khác đang dựa vào đó. "
                "Thêm giờ làm việc mới cho riêng đơn vị này thay vì sửa dòng chung.",
            )

    def _check_day_is_free(self, typed: dict[str, Any]) -> None:
        same = WorkingTime.objects.filter(agency=typed["agency"], valid_from=typed["valid_from"])
        taken = same.exclude(pk=self.instance.pk).first()
        if taken:
            self.add_error(
                "valid_from",
                f"“{taken}” đã bắt đầu đúng ngày {short_date(taken.valid_from)}; sửa dòng ấy "
                "hoặc chọn ngày khác.",
            )


class WeekFormSet(forms.BaseInlineFormSet):
    """The hours of one working time: at least one counts, and none lies over another."""

    def clean(self) -> None:
        super().clean()
        if any(form.errors for form in self.forms):
            return
        rows = [form.instance for form in self.forms if self._stays(form)]
        if not any(row.counts for row in rows):
            raise forms.ValidationError(
                "Ghi ít nhất một buổi có tính vào thời hạn; không có buổi nào thì không tính được "
                "ngày trả kết quả."
            )
        for said in _overlaps(rows):
            raise forms.ValidationError(said)

    def _stays(self, form: Any) -> bool:
        return bool(form.cleaned_data.get("opens")) and not form.cleaned_data.get("DELETE")


def _overlaps(rows: list[WorkSession]) -> list[str]:
    ordered = sorted(rows, key=lambda row: (row.weekday, row.opens))
    return [
        f"Buổi {one} và {other} chồng lên nhau; sửa giờ một trong hai buổi."
        for one, other in zip(ordered, ordered[1:], strict=False)
        if one.weekday == other.weekday and other.opens < one.closes
    ]
