"""Reserving paper slips for a day without power."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate

from dossiers.acts.reserving import MOST_SLIPS
from khanhson_portal.ground.presses import PressField
from procedures.offices import Agency


class ReserveForm(forms.Form):
    nonce = PressField()
    desk = forms.ModelChoiceField(
        label="Quầy", queryset=Agency.objects.none(), empty_label=None, to_field_name="slug"
    )
    day = forms.DateField(
        label="Dùng cho ngày",
        error_messages={
            "required": "Ghi ngày sẽ dùng phiếu.",
            "invalid": "Ngày viết như 16/04/2018.",
        },
        widget=forms.DateInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    count = forms.IntegerField(
        label="Số phiếu",
        min_value=1,
        max_value=MOST_SLIPS,
        initial=10,
        error_messages={
            "required": f"Ghi số phiếu, từ 1 đến {MOST_SLIPS}.",
            "invalid": f"Số phiếu là số từ 1 đến {MOST_SLIPS}.",
            "min_value": f"Số phiếu là số từ 1 đến {MOST_SLIPS}.",
            "max_value": f"Mỗi lần giữ nhiều nhất {MOST_SLIPS} phiếu; cần thêm thì giữ lần nữa.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "number"}),
    )

    def __init__(self, data: Any, *, desks: list[Agency]) -> None:
        super().__init__(data, initial={"day": localdate()})
        choices = Agency.objects.filter(pk__in=[desk.pk for desk in desks])
        self.fields["desk"].queryset = choices  # type: ignore[attr-defined]
        if len(desks) == 1:
            self.initial["desk"] = desks[0].slug
            self.fields["desk"].widget = forms.HiddenInput()
