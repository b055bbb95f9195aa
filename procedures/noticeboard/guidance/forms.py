"""The log line of a session, and the team with its people and hours."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms import inlineformset_factory

from khanhson_portal.ground.text import one_line
from procedures.catalogue import Procedure
from procedures.noticeboard import GuidanceMember, GuidanceSession, GuidanceSlot, GuidanceTeam
from procedures.noticeboard.reception.forms import DATE_HINT, DayField
from procedures.offices import Agency
from procedures.offices.models.agencies import AgencyQuerySet

MOST_HELPED = 2000  # in one session; more is a slip of the finger
OLDEST = timedelta(days=62)  # a log is written while one remembers


class DeskChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.issuer.name}"


class SessionForm(forms.ModelForm):
    """Procedures are named by their codes, as many as there were; none is an answer too."""

    desk = DeskChoice(
        Agency.objects.none(),
        label="Bộ phận một cửa",
        error_messages={
            "required": "Chọn bộ phận một cửa.",
            "invalid_choice": "Ông/bà không ghi sổ cho bộ phận này.",
        },
    )
    day = DayField(label="Ngày hướng dẫn", help_text=DATE_HINT)
    helped = forms.IntegerField(
        label="Số người được hướng dẫn",
        min_value=0,
        max_value=MOST_HELPED,
        error_messages={
            "required": "Ghi số người; không có ai đến thì ghi 0.",
            "invalid": "Ghi một số, ví dụ 6.",
            "min_value": "Số người không thể nhỏ hơn 0.",
            "max_value": f"Một buổi nhiều nhất {MOST_HELPED} người. Xem lại số vừa gõ.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "number"}),
    )
    codes = forms.CharField(
        label="Thủ tục đã hướng dẫn",
        required=False,
        max_length=600,
        help_text="Mã thủ tục, cách nhau bằng dấu phẩy, ví dụ 1.001193, 1.000656",
    )

    class Meta:
        model = GuidanceSession
        fields = ["desk", "day", "place", "helpers", "helped", "note"]
        help_texts = {
            "helpers": "Họ tên người trực tiếp hướng dẫn, cách nhau bằng dấu phẩy",
            "place": "Ví dụ: tại bộ phận một cửa; nhà văn hóa thôn",
            "note": "Không ghi tên bà con được hướng dẫn.",
        }
        error_messages = {"helpers": {"required": "Ghi họ tên người hướng dẫn."}}

    def __init__(self, *args: Any, desks: AgencyQuerySet, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["desk"]
        assert isinstance(choice, DeskChoice)
        choice.queryset = desks
        self._today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError("Buổi này chưa diễn ra. Chỉ ghi buổi đã hướng dẫn.")
        if day < self._today - OLDEST:
            raise forms.ValidationError("Buổi này đã quá hai tháng. Xem lại ngày đã gõ.")
        return day

    def clean_helpers(self) -> str:
        return one_line(self.cleaned_data["helpers"])

    def clean_codes(self) -> list[Procedure]:
        wanted = [code for code in re.split(r"[,;\s]+", self.cleaned_data["codes"]) if code]
        found = {p.code: p for p in Procedure.objects.filter(code__in=wanted)}
        unknown = [code for code in wanted if code not in found]
        if unknown:
            raise forms.ValidationError(
                f"Danh mục không có mã {', '.join(unknown[:5])}. Xem mã ở trang thủ tục."
            )
        return list(found.values())


class TeamForm(forms.ModelForm):
    decided_on = DayField(label="Ngày ký quyết định", help_text=DATE_HINT)
    valid_from = DayField(label="Hoạt động từ ngày", help_text=DATE_HINT)
    valid_to = DayField(
        label="Đến hết ngày", required=False, help_text="Để trống nếu còn hoạt động"
    )

    class Meta:
        model = GuidanceTeam
        fields = ["decision", "decided_on", "decided_by", "valid_from", "valid_to"]
        help_texts = {
            "decision": "Số, ký hiệu như trên văn bản",
            "decided_by": "Tên đầy đủ của cơ quan ký quyết định",
        }
        error_messages = {
            "decision": {"required": "Ghi số, ký hiệu của quyết định thành lập tổ."},
            "decided_by": {"required": "Ghi cơ quan ký quyết định."},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begin, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begin and end and end < begin:
            self.add_error("valid_to", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
        return cleaned


class SlotForm(forms.ModelForm):
    class Meta:
        model = GuidanceSlot
        fields = ["weekday", "opens", "closes", "place"]
        widgets = {
            name: forms.TimeInput(attrs={"class": "number", "inputmode": "numeric"}, format="%H:%M")
            for name in ("opens", "closes")
        }
        error_messages = {
            name: {"invalid": "Giờ chưa đúng; ghi dạng 07:30.", "required": "Ghi giờ, dạng 07:30."}
            for name in ("opens", "closes")
        }


MemberSet = inlineformset_factory(
    GuidanceTeam, GuidanceMember, fields=["name", "title", "part"], extra=4, max_num=40
)
SlotSet = inlineformset_factory(GuidanceTeam, GuidanceSlot, form=SlotForm, extra=3, max_num=20)
