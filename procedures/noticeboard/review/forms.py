"""What a proposal asks: where it pinches, what should change, why. A name is never required."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from khanhson_portal.ground.presses import PressField
from khanhson_portal.ground.text import one_line, tidy
from procedures.noticeboard import ReviewProposal, ReviewState
from procedures.noticeboard.models.review import ANSWERED
from procedures.noticeboard.reception.forms import DayField

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(text: str) -> str:
    """Return ``text`` tidied, without characters that no sheet or paper can hold."""
    return tidy(CONTROLS.sub("", text))


class ProposalForm(forms.ModelForm):
    """For citizens. ``trang_web`` is hidden from people; machines fill it in."""

    nonce = PressField()
    trang_web = forms.CharField(required=False, max_length=200, widget=forms.TextInput)

    class Meta:
        model = ReviewProposal
        fields = ["subject", "part", "wish", "burden", "reason", "name", "contact"]
        labels = {
            "part": "Tên giấy tờ, mẫu hoặc điều kiện ấy",
            "burden": "Bà con vất vả thế nào?",
            "reason": "Vì sao bỏ hoặc đổi được?",
        }
        help_texts = {
            "burden": "Ví dụ: phải đi mấy nơi, chờ mấy ngày, tốn bao nhiêu",
            "contact": "Để cơ quan hỏi thêm; không đưa lên mạng",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("burden", "reason")}
        error_messages = {
            "subject": {"required": "Chọn chỗ vướng."},
            "part": {"required": "Ghi tên giấy tờ, mẫu hoặc điều kiện."},
            "wish": {"required": "Chọn điều bà con đề nghị."},
            "burden": {"required": "Kể ngắn gọn bà con vất vả thế nào."},
        }

    def clean_trang_web(self) -> str:
        if self.cleaned_data["trang_web"]:
            raise forms.ValidationError("Xin để trống ô “Trang web” rồi gửi lại.")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("burden", "reason"):
            cleaned[name] = plain(cleaned.get(name, ""))
        for name in ("part", "name", "contact"):
            cleaned[name] = one_line(plain(cleaned.get(name, "")))
        for name in ("part", "burden"):
            if name not in self.errors and not cleaned[name]:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


class StaffProposalForm(ProposalForm):
    """For officers, who know the code and sign with their account."""

    code = forms.CharField(
        label="Mã thủ tục",
        max_length=60,
        error_messages={"required": "Ghi mã thủ tục, xem ở trang thủ tục."},
    )
    field_order = ["code"]

    class Meta(ProposalForm.Meta):
        fields = ["subject", "part", "wish", "burden", "reason"]
        labels = {**ProposalForm.Meta.labels, "burden": "Vướng mắc, chi phí, thời gian"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["trang_web"]


class AnswerForm(forms.ModelForm):
    class Meta:
        model = ReviewProposal
        fields = ["state", "to_whom", "answer", "shown"]
        labels = {"shown": "Cho hiện đề nghị và câu trả lời trên trang công khai"}
        help_texts = {
            "to_whom": "Cơ quan ban hành quy định, ví dụ: Sở Tư pháp",
            "shown": "Đọc lại: không để lộ tên, số điện thoại của ai.",
        }
        widgets = {"answer": forms.Textarea(attrs={"rows": 6})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["answer"] = plain(cleaned.get("answer", ""))
        cleaned["to_whom"] = one_line(plain(cleaned.get("to_whom", "")))
        state = cleaned.get("state")
        if state in ANSWERED and not cleaned["answer"]:
            self.add_error("answer", "Ghi câu trả lời trước khi chọn tình trạng này.")
        if state == ReviewState.FORWARDED and not cleaned["to_whom"]:
            self.add_error("to_whom", "Ghi cơ quan đã gửi kiến nghị tới.")
        if cleaned.get("shown") and state not in ANSWERED:
            self.add_error("shown", "Chỉ đề nghị đã có trả lời mới đưa lên trang công khai.")
        return cleaned


class PeriodForm(forms.Form):
    """The period of a report: ``?tu=01/01/2018&den=30/11/2018``."""

    tu = DayField(label="Từ ngày")
    den = DayField(label="Đến hết ngày")

    def clean(self) -> dict[str, date]:
        cleaned = super().clean() or {}
        if "tu" in cleaned and "den" in cleaned and cleaned["den"] < cleaned["tu"]:
            self.add_error("den", "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.")
        return cleaned
