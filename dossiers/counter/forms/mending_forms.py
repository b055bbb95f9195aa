"""The forms of the apology, the wrong procedure and the successor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate

from dossiers import acts
from dossiers.acts import Hand
from dossiers.acts.mending import LONGEST_DELAY
from dossiers.counter.forms.act_base import ActForm, reason_field
from dossiers.models import Dossier
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import local_day
from procedures.catalogue import ProcedureCase, ProcedureVersion
from procedures.offices import Agency, Succession


class ApologiseForm(ActForm):
    reason = reason_field("Lý do chậm", min_length=10)
    days = forms.IntegerField(
        label="Hẹn thêm (ngày làm việc)",
        min_value=1,
        max_value=LONGEST_DELAY,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "number"}),
        help_text="Ngày hẹn mới do lịch tính, kể từ ngày hẹn cũ; đã qua thì kể từ hôm nay",
        error_messages={
            "required": "Nhập số ngày làm việc cần thêm.",
            "invalid": f"Số ngày là số từ 1 đến {LONGEST_DELAY}.",
        },
    )

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        due = dossier.due_at
        if due:
            day = words.short_date(local_day(due))
            self.explanation = (
                f"Hạn theo luật {day}. Việc hẹn lại chỉ được một lần; thư xin lỗi được lập và "
                "đánh số cùng lúc. Thống kê vẫn tính theo hạn cũ."
            )

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.apologise(self.dossier.pk, hand, reason=typed["reason"], days=typed["days"])


class ReclassifyForm(ActForm):
    procedure = forms.CharField(
        label="Mã thủ tục đúng",
        max_length=40,
        help_text="Mã ở trang thủ tục, ví dụ 1.001612",
        error_messages={"required": "Nhập mã thủ tục đúng."},
    )
    order = forms.IntegerField(
        label="Trường hợp số",
        min_value=1,
        max_value=99,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "number"}),
        help_text="Thứ tự trường hợp trên trang thủ tục; thường là 1",
    )
    reason = reason_field("Đã nhầm thế nào", min_length=10)
    explanation = "Giữ nguyên giờ nhận ban đầu, tính lại hạn và cấp giấy tiếp nhận mới."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code = str(cleaned.get("procedure") or "").strip()
        if code:
            cleaned["case"] = self._case(code, cleaned.get("order") or 1)
        return cleaned

    def _case(self, code: str, order: int) -> ProcedureCase | None:
        day = local_day(self.dossier.received_at)
        version = ProcedureVersion.objects.approved().in_force(day).filter(procedure__code=code)
        cases = list(ProcedureCase.objects.filter(version__in=version).order_by("order", "pk"))
        if not cases:
            self.add_error("procedure", f"Không có thủ tục đã duyệt nào mang mã “{code}”.")
            return None
        if order > len(cases):
            self.add_error("order", f"Thủ tục này có {len(cases)} trường hợp.")
            return None
        return cases[order - 1]

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.reclassify(self.dossier.pk, hand, case=typed["case"], reason=typed["reason"])


class TransferForm(ActForm):
    to = forms.ModelChoiceField(
        label="Bộ phận một cửa kế thừa",
        queryset=Agency.objects.none(),
        error_messages={
            "required": "Chọn bộ phận một cửa kế thừa.",
            "invalid_choice": "Chọn trong danh sách.",
        },
    )
    note = forms.CharField(label="Căn cứ", required=False, max_length=500)

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        heirs = Succession.objects.filter(
            old__in=[dossier.desk_id, dossier.desk.parent_id], on__lte=localdate()
        ).values("new")
        desks = Agency.objects.in_force(localdate()).desks()
        self.fields["to"].queryset = desks.filter(pk__in=heirs) | desks.filter(parent__in=heirs)  # type: ignore[attr-defined]
        if not heirs:
            self.explanation = "Chưa ghi cơ quan kế thừa nào cho bộ phận một cửa này."

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        return acts.transfer(self.dossier.pk, hand, to=typed["to"], note=typed["note"])
