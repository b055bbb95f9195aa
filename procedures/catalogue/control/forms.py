"""What the controller types: a decision, a day, a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khanhson_portal.ground.presses import PressField
from procedures.catalogue import ProcedureVersion


class ApprovalForm(forms.ModelForm):
    """The decision and the first day of a draft, as it will hold."""

    checked = forms.BooleanField(
        label="Tôi đã đối chiếu nội dung với quyết định công bố", required=False
    )

    correcting = forms.BooleanField(
        label="Đính chính: thay phiên bản đã duyệt có cùng ngày hiệu lực "
        "(hồ sơ đã nhận giữ phiên bản cũ)",
        required=False,
    )

    class Meta:
        model = ProcedureVersion
        fields = ["ministry_decision", "province_decision", "valid_from"]

    field_order = ["ministry_decision", "province_decision", "valid_from", "correcting", "checked"]

    def clean_checked(self) -> bool:
        checked = bool(self.cleaned_data.get("checked"))
        if self.instance.confidence == "low" and not checked:
            raise forms.ValidationError(
                "Nguồn có độ tin cậy thấp: đối chiếu với quyết định rồi đánh dấu vào ô này."
            )
        return checked


class AbolitionForm(forms.Form):
    last_day = forms.DateField(label="Ngày cuối còn áp dụng", help_text="Ví dụ: 30/06/2025")
    decision = forms.CharField(label="Số quyết định bãi bỏ", max_length=60)
    replaced_by = forms.CharField(
        label="Mã thủ tục thay thế",
        max_length=60,
        required=False,
        help_text="Để trống nếu không có thủ tục nào thay.",
    )


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files under one name; each is checked as one file would be."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(ManyFilesField, self).clean(one, initial) for one in data or [None]]


class UploadForm(forms.Form):
    """One or several files of the official formats."""

    nonce = PressField()
    MOST = 400
    LARGEST = 50_000_000  # bytes, all together

    uploads = ManyFilesField(
        label="Tệp danh mục",
        widget=ManyFiles(attrs={"multiple": True, "accept": ".xlsx,.csv,.json"}),
        help_text="Danh sách XLSX, bảng CSV hay trang chi tiết JSON; chọn được nhiều tệp một lần.",
        error_messages={
            "required": "Chọn ít nhất một tệp XLSX, CSV hoặc JSON.",
            "empty": "Tệp rỗng: chọn tệp có nội dung.",
        },
    )
    valid_from = forms.DateField(
        label="Ngày hiệu lực khi tệp không ghi",
        required=False,
        help_text="Để trống là hôm nay. Ví dụ: 01/07/2025",
    )

    def clean_uploads(self) -> list[Any]:
        uploads: list[Any] = self.cleaned_data["uploads"]
        if len(uploads) > self.MOST:
            raise forms.ValidationError(f"Mỗi lần nạp nhiều nhất {self.MOST} tệp.")
        if sum(upload.size for upload in uploads) > self.LARGEST:
            raise forms.ValidationError("Các tệp cộng lại quá 50 MB; hãy chia thành vài lần nạp.")
        return uploads

    @property
    def since(self) -> date | None:
        return self.cleaned_data.get("valid_from")
