"""What people answer, and what the office types of paper sheets. Every question may be left."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from procedures.offices.models.agencies import AgencyQuerySet
from satisfaction.collecting import LONGEST_COMMENT, Sheet
from satisfaction.models import Criterion, Questionnaire, Source, Way


class SheetForm(forms.Form):
    """One questionnaire. Every question may be left out; a wholly empty sheet is sent back."""

    comment = forms.CharField(
        label="Ông/bà muốn nói thêm điều gì?",
        help_text="Xin đừng ghi họ tên, số điện thoại: phiếu này không hỏi ông/bà là ai.",
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Ý kiến dài quá: viết trong %(limit_value)d chữ cái."},
    )

    def __init__(self, data: Any, *, questionnaire: Questionnaire) -> None:
        super().__init__(data)
        self.questionnaire = questionnaire
        self.criteria = [
            c for c in questionnaire.criteria.all() if c.source == Source.PEOPLE and c.labels
        ]
        for criterion in self.criteria:
            self.fields[_key(criterion)] = forms.TypedChoiceField(
                label=criterion.text,
                choices=criterion.choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Chọn một trong các mức dưới đây."},
            )
        self.order_fields([*[_key(c) for c in self.criteria], "comment"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self._scores(cleaned) and not cleaned.get("comment"):
            raise forms.ValidationError("Chưa chọn mức nào. Chọn ít nhất một mức rồi gửi.")
        return cleaned

    def sheet(self) -> Sheet:
        """Return what was answered; only after ``is_valid``."""
        typed = self.cleaned_data
        return Sheet(self.questionnaire, self._scores(typed), typed["comment"])

    def _scores(self, typed: dict[str, Any]) -> dict[int, int]:
        given = {c.number: typed.get(_key(c)) for c in self.criteria}
        return {number: score for number, score in given.items() if score is not None}


class PaperSheetForm(SheetForm):
    """A paper sheet, or a person asked by telephone or at home, typed in by the office."""

    desk: forms.ModelChoiceField = forms.ModelChoiceField(
        empty_label="Chọn nơi",
        label="Phiếu về nơi tiếp nhận",
        queryset=None,
        error_messages={"required": "Chọn nơi tiếp nhận ghi trên phiếu."},
    )
    way = forms.ChoiceField(
        label="Cách thu",
        choices=[(way.value, way.label) for way in (Way.PAPER, Way.PHONE, Way.VISIT)],
    )
    month = forms.DateField(
        label="Ngày trả lời",
        help_text="Ngày ghi trên phiếu; chỉ giữ lại tháng",
        error_messages={"invalid": "Ngày viết như 05/06/2018.", "required": "Ghi ngày trả lời."},
    )

    def __init__(
        self, data: Any, *, questionnaire: Questionnaire, desks: AgencyQuerySet, day: date
    ) -> None:
        super().__init__(data, questionnaire=questionnaire)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self.day = day
        self.order_fields(["desk", "way", "month"])

    def clean_month(self) -> date:
        day: date = self.cleaned_data["month"]
        if day > self.day:
            raise forms.ValidationError("Ngày trả lời không thể sau hôm nay.")
        if day.year < 2015:
            raise forms.ValidationError("Ngày trả lời từ năm 2015 trở đi.")
        return day


class CommentForm(forms.Form):
    """What may be shown of a comment: masked words, a theme, what the office did."""

    masked = forms.CharField(
        label="Bản đã che, để công bố",
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    theme = forms.CharField(label="Chủ đề", required=False, max_length=80)
    done = forms.CharField(
        label="Chúng tôi đã làm gì",
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    public = forms.BooleanField(label="Công bố ý kiến này cùng chỉ số", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("public") and not (cleaned.get("masked") and cleaned.get("theme")):
            raise forms.ValidationError("Muốn công bố thì cần bản đã che và chủ đề.")
        return cleaned


def _key(criterion: Criterion) -> str:
    return f"c{criterion.number}"
