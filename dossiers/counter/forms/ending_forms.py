"""The forms that end a dossier otherwise, or open it again."""

from __future__ import annotations

from django import forms
from django.utils.timezone import localdate

from dossiers import acts
from dossiers.acts import Advice, Hand, ResultDocument
from dossiers.counter.forms.act_base import GraveActForm, reason_field
from dossiers.counter.forms.people import NameField
from dossiers.models import Dossier


class RefuseForm(GraveActForm):
    reason_code = forms.ChoiceField(label="Thuộc loại", choices=acts.REFUSAL_REASONS)
    reason = reason_field(min_length=10)
    number = forms.CharField(
        label="Số văn bản từ chối",
        max_length=60,
        error_messages={"required": "Nhập số văn bản từ chối."},
    )
    signer = NameField(
        label="Người ký", max_length=120, error_messages={"required": "Nhập họ tên người ký."}
    )

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.refuse(
            self.dossier.pk,
            hand,
            advice=Advice(typed["reason"], reason_code=typed["reason_code"]),
            document=ResultDocument(typed["number"], localdate(), typed["signer"]),
        )


class WithdrawForm(GraveActForm):
    request = forms.CharField(
        label="Yêu cầu rút của bà con",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đơn hoặc giấy yêu cầu: ngày, ai ký, lưu ở đâu",
        error_messages={"required": "Chỉ rút khi chính người nộp yêu cầu; ghi yêu cầu đó."},
    )
    explanation = (
        "Chỉ dùng khi chính người nộp yêu cầu rút. Chọn nhầm thủ tục thì dùng “Sửa nhầm thủ tục”."
    )

    def perform(self, hand: Hand) -> Dossier:
        return acts.withdraw(self.dossier.pk, hand, request=self.cleaned_data["request"])


class StopForm(GraveActForm):
    reason = reason_field(min_length=10)

    def perform(self, hand: Hand) -> Dossier:
        return acts.stop(self.dossier.pk, hand, advice=Advice(self.cleaned_data["reason"]))


class ReopenForm(GraveActForm):
    reason = reason_field("Sai ở đâu, ai quyết định mở lại", min_length=10, help_text="")
    explanation = "Nhật ký giữ nguyên việc cũ. Hạn theo luật không đổi."

    def perform(self, hand: Hand) -> Dossier:
        return acts.reopen(self.dossier.pk, hand, reason=self.cleaned_data["reason"])
