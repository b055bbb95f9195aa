"""The forms of waiting: papers, money, another agency's opinion."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers import acts
from dossiers.acts import Advice, Hand
from dossiers.counter.forms.act_base import ActForm, reason_field
from dossiers.counter.forms.front_forms import listed_papers, missing_papers, papers_field
from dossiers.models import Dossier
from khanhson_portal.ground.money import MoneyField
from procedures.worktime import OnSupplement

EFFECTS = {
    OnSupplement.PAUSE: "Trong lúc chờ, thời hạn dừng lại; nhận đủ thì tính tiếp.",
    OnSupplement.RESTART: "Nhận đủ bổ sung thì thời hạn tính lại từ đầu.",
    OnSupplement.NONE: "Thời hạn vẫn tính trong lúc chờ bổ sung.",
}
SUPPLEMENT_REASONS = [
    ("thieu-giay-to", "Thiếu giấy tờ"),
    ("sai-thong-tin", "Thông tin sai hoặc không khớp"),
    ("het-han", "Giấy tờ hết hạn hoặc không còn giá trị"),
    ("sai-mau", "Không đúng mẫu, thiếu chữ ký, thiếu dấu"),
    ("khac", "Lý do khác"),
]


class RequestSupplementForm(ActForm):
    reason_code = forms.ChoiceField(label="Thuộc loại", choices=SUPPLEMENT_REASONS)
    papers = papers_field()
    reason = reason_field("Lý do và cách hoàn thiện")

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        self.initial["papers"] = "\n".join(paper.name for paper in missing_papers(dossier))
        version = dossier.version
        window = f" Bà con có {version.reply_window} ngày làm việc." if version.reply_window else ""
        once = "Yêu cầu đầy đủ trong một lần. "
        self.explanation = once + EFFECTS[OnSupplement(version.on_supplement)] + window

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        advice = Advice(typed["reason"], listed_papers(typed["papers"]), typed["reason_code"])
        return acts.request_supplement(self.dossier.pk, hand, advice=advice)


class ReceiveSupplementForm(ActForm):
    note = forms.CharField(
        label="Đã nhận",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi giấy tờ đã nhận."},
    )
    explanation = "Chỉ ghi khi đã đủ: hạn giải quyết được tính lại từ hôm nay theo quy định."

    def perform(self, hand: Hand) -> Dossier:
        return acts.receive_supplement(self.dossier.pk, hand, note=self.cleaned_data["note"])


class RequestPaymentForm(ActForm):
    amount = MoneyField(label="Số tiền (đồng)", most=10**12)  # tiền sử dụng đất runs high
    reason = reason_field("Khoản phải nộp", max_length=500)
    explanation = "Thời hạn giải quyết dừng lại cho đến khi nộp tiền."

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.request_payment(
            self.dossier.pk, hand, amount=typed["amount"], reason=typed["reason"]
        )


class ConfirmPaymentForm(ActForm):
    document = forms.CharField(
        label="Chứng từ nộp tiền",
        max_length=200,
        help_text="Số và ngày của biên lai hoặc giấy nộp tiền",
        error_messages={"required": "Ghi số và ngày chứng từ nộp tiền."},
    )

    def perform(self, hand: Hand) -> Dossier:
        return acts.confirm_payment(self.dossier.pk, hand, document=self.cleaned_data["document"])


class AskPartnerForm(ActForm):
    whom = forms.CharField(
        label="Cơ quan được hỏi",
        max_length=200,
        error_messages={"required": "Ghi tên cơ quan được hỏi ý kiến."},
    )
    days = forms.IntegerField(
        label="Trả lời trong (ngày làm việc)",
        min_value=1,
        max_value=60,
        initial=3,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "number"}),
        error_messages={"invalid": "Số ngày là số từ 1 đến 60."},
    )
    note = forms.CharField(label="Nội dung hỏi", required=False, max_length=1000)
    explanation = "Thời hạn giải quyết vẫn tính trong lúc chờ ý kiến."

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.ask_partner(
            self.dossier.pk, hand, whom=typed["whom"], days=typed["days"], note=typed["note"]
        )


class ReceivePartnerForm(ActForm):
    note = forms.CharField(
        label="Ý kiến",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Số, ngày của văn bản và nội dung chính",
        error_messages={"required": "Ghi số văn bản và nội dung ý kiến."},
    )

    def perform(self, hand: Hand) -> Dossier:
        return acts.receive_partner(self.dossier.pk, hand, note=self.cleaned_data["note"])
