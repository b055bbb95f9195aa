"""The tracking form: code and secret as printed on the receipt."""

from __future__ import annotations

from django import forms

from dossiers import lookup


class TrackingForm(forms.Form):
    ma = forms.CharField(
        label="Mã hồ sơ",
        max_length=60,
        help_text="In ở góc trên giấy tiếp nhận, ví dụ 000.00.20.H32-180523-0007",
        error_messages={"required": "Nhập mã hồ sơ in ở góc trên giấy tiếp nhận."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    ma_tra_cuu = forms.CharField(
        label="Mã tra cứu",
        max_length=40,
        help_text="8 chữ số in cạnh mã vuông trên giấy tiếp nhận",
        error_messages={"required": "Nhập mã tra cứu: 8 chữ số in cạnh mã vuông."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def add_prefix(self, field_name: str) -> str:
        """The address and the form speak of ``ma-tra-cuu``."""
        return field_name.replace("_", "-")

    def clean_ma_tra_cuu(self) -> str:
        digits = lookup.normal_secret(self.cleaned_data["ma_tra_cuu"])
        if len(digits) != 8:
            raise forms.ValidationError(
                f"Mã tra cứu có 8 chữ số; số vừa nhập có {len(digits)}. "
                "Xem lại trên giấy tiếp nhận."
            )
        return digits
