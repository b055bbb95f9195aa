"""The forms of the straight way: hand over, assign, propose, sign, finish, shelve, return."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate

from dossiers import acts
from dossiers.acts import Collector, Hand, ResultDocument
from dossiers.counter.forms.act_base import ActForm
from dossiers.counter.forms.people import NameField, PhoneField
from dossiers.models import Delivery, Dossier
from procedures.offices import Agency, AgencyKind, Officer, Post, Role


class HandOverForm(ActForm):
    to = forms.ModelChoiceField(
        label="Chuyển đến",
        queryset=Agency.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Chọn nơi nhận hồ sơ.",
            "invalid_choice": "Chọn nơi nhận trong danh sách.",
        },
    )
    officer = forms.ModelChoiceField(
        label="Người nhận", queryset=Officer.objects.none(), required=False, empty_label="Cả đơn vị"
    )
    note = forms.CharField(label="Ghi chú", required=False, max_length=500)

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        today = localdate()
        around = Agency.objects.in_force(today).filter(parent=dossier.desk.issuer)
        places = around.exclude(kind=AgencyKind.DESK) | Agency.objects.filter(
            pk__in=[dossier.desk.issuer.pk, dossier.desk_id]
        )
        self.fields["to"].queryset = places.exclude(pk=dossier.holder_id)  # type: ignore[attr-defined]
        self.fields["officer"].queryset = Officer.objects.filter(  # type: ignore[attr-defined]
            posts__in=Post.objects.in_force(today).with_role(Role.SPECIALIST)
        ).distinct()
        self.initial["to"] = self._usual_place()

    def _usual_place(self) -> int | None:
        competences = self.dossier.version.procedure.competences.in_force(localdate())
        row = competences.filter(desk=self.dossier.desk_id).first()
        return row.solver_id if row else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        officer, to = cleaned.get("officer"), cleaned.get("to")
        if officer and to and not officer.post_at(to.pk, localdate()):
            self.add_error("officer", f"{officer} không làm việc ở {to.short_name}.")
        return cleaned

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.hand_over(
            self.dossier.pk, hand, to=typed["to"], officer=typed["officer"], note=typed["note"]
        )


class FinishForm(ActForm):
    number = forms.CharField(
        label="Số văn bản kết quả",
        max_length=60,
        error_messages={"required": "Nhập số văn bản kết quả, ví dụ 15/GCN-HKD."},
    )
    issued_on = forms.DateField(
        label="Ngày ký",
        initial=localdate,
        error_messages={"invalid": "Ngày ký có dạng ngày/tháng/năm, ví dụ 27/04/2018."},
        widget=forms.DateInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    signer = NameField(
        label="Người ký", max_length=120, error_messages={"required": "Nhập họ tên người ký."}
    )
    summary = forms.CharField(label="Trích yếu", required=False, max_length=500)

    def clean_issued_on(self) -> Any:
        issued_on = self.cleaned_data["issued_on"]
        if issued_on > localdate():
            raise forms.ValidationError("Ngày ký không thể sau hôm nay.")
        return issued_on

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        result = ResultDocument(
            typed["number"], typed["issued_on"], typed["signer"], typed["summary"]
        )
        return acts.finish(self.dossier.pk, hand, result=result)


class ReturnForm(ActForm):
    name = NameField(
        label="Người nhận kết quả",
        max_length=200,
        error_messages={"required": "Ghi họ tên người nhận kết quả."},
    )
    identity_seen = forms.CharField(
        label="Giấy tờ đã xem",
        max_length=100,
        required=False,
        help_text="Ví dụ: căn cước 056…, giấy tiếp nhận",
    )
    on_behalf = forms.CharField(label="Nhận thay cho", max_length=200, required=False)
    phone = PhoneField(label="Điện thoại")
    postal_number = forms.CharField(label="Số hiệu bưu gửi", max_length=60, required=False)

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        self.initial.update(name=dossier.applicant.name, phone=dossier.applicant.phone)
        if dossier.delivery != Delivery.POST:
            del self.fields["postal_number"]

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        collector = Collector(
            name=typed["name"],
            identity_seen=typed["identity_seen"],
            on_behalf=typed["on_behalf"],
            phone=typed["phone"],
            postal_number=typed.get("postal_number", ""),
        )
        return acts.return_result(self.dossier.pk, hand, collector=collector)


class AssignForm(ActForm):
    officer = forms.ModelChoiceField(
        label="Người thụ lý",
        queryset=Officer.objects.none(),
        error_messages={"required": "Chọn người thụ lý."},
    )
    note = forms.CharField(label="Ghi chú", required=False, max_length=500)

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        posts = Post.objects.in_force(localdate()).at(dossier.holder_id)
        self.fields["officer"].queryset = Officer.objects.filter(  # type: ignore[attr-defined]
            posts__in=posts, is_active=True
        ).distinct()

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.assign(self.dossier.pk, hand, officer=typed["officer"], note=typed["note"])


class ProposeForm(ActForm):
    draft = forms.CharField(
        label="Dự thảo trình ký",
        max_length=300,
        help_text="Ví dụ: Dự thảo Giấy chứng nhận đăng ký hộ kinh doanh",
        error_messages={"required": "Ghi tên dự thảo văn bản trình ký."},
    )
    note = forms.CharField(label="Ghi chú", required=False, max_length=500)

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.propose(self.dossier.pk, hand, draft=typed["draft"], note=typed["note"])


class SignForm(ActForm):
    note = forms.CharField(label="Ý kiến", required=False, max_length=500)

    def perform(self, hand: Hand) -> Dossier:
        return acts.sign(self.dossier.pk, hand, note=self.cleaned_data["note"])


class SendBackForm(ActForm):
    note = forms.CharField(
        label="Điều cần xem lại",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi điều cần xem lại."},
    )

    def perform(self, hand: Hand) -> Dossier:
        return acts.send_back(self.dossier.pk, hand, note=self.cleaned_data["note"])


class ShelveForm(ActForm):
    place = forms.CharField(
        label="Nơi để",
        max_length=60,
        help_text="Ví dụ: tủ 2, ngăn H",
        error_messages={"required": "Ghi nơi để kết quả."},
    )

    def perform(self, hand: Hand) -> Dossier:
        return acts.shelve(self.dossier.pk, hand, place=self.cleaned_data["place"])
