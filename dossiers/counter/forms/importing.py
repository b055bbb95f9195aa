"""What the page for carrying dossiers over asks: the file, where it comes from, the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.utils.timezone import localdate

from khanhson_portal.ground.presses import PressField
from procedures.offices import Agency

LARGEST = 5_000_000  # bytes; some 20,000 rows
SUFFIXES = {".xlsx", ".csv"}


class ImportForm(forms.Form):
    nonce = PressField()
    file = forms.FileField(
        label="Tệp hồ sơ (XLSX hoặc CSV)",
        error_messages={
            "required": "Chọn tệp hồ sơ.",
            "empty": "Tệp rỗng; mở tệp ra xem rồi chọn lại.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    source = forms.CharField(
        label="Hệ thống cũ",
        max_length=120,
        help_text="Tên gọi của hệ thống xuất ra tệp. Giữ đúng tên này khi nạp lại.",
        error_messages={"required": "Ghi tên hệ thống cũ, ví dụ: Một cửa điện tử 2016."},
    )
    desk = forms.ModelChoiceField(
        label="Nơi tiếp nhận khi tệp không ghi",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Tệp có cột “Đơn vị tiếp nhận”",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desks = Agency.objects.in_force(localdate()).desks().select_related("parent")
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self.fields["desk"].label_from_instance = lambda desk: desk.short_name  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in SUFFIXES:
            raise forms.ValidationError(
                f"Tệp “{file.name}” không phải XLSX hay CSV; hãy lưu lại thành một trong hai dạng."
            )
        if file.size > LARGEST:
            raise forms.ValidationError(
                f"Tệp lớn hơn {LARGEST // 1_000_000} MB. Hãy chia thành nhiều tệp."
            )
        return file
