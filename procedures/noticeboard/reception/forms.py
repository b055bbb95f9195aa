"""What a desk's head enters: who sits where and when, a portrait, a look at the room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from khanhson_portal.ground.pictures import PictureField
from khanhson_portal.ground.text import one_line
from procedures.catalogue import Field
from procedures.noticeboard import Duty, FacilityCheck, FacilityItem
from procedures.offices import Agency, AgencyKind, Post
from procedures.offices.models.officers import PostQuerySet

DATE_HINT = "Ví dụ: 02/05/2018"


class DayField(forms.DateField):
    """A date as people write it; the refusal names the form."""

    widget = forms.DateInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
    default_error_messages = {
        "required": "Ghi ngày, dạng ngày/tháng/năm.",
        "invalid": "Ngày chưa đúng. Ghi dạng ngày/tháng/năm, ví dụ 02/05/2018.",
    }


def posts_for(desk: Agency, day: date) -> PostQuerySet:
    """Posts that may sit at this desk: its own, and those of the committee and its offices."""
    near = Q(agency=desk) | Q(agency=desk.parent) | Q(agency__parent=desk.parent)
    others = Q(agency__kind=AgencyKind.COMMITTEE) & ~Q(agency=desk.parent)
    other_desks = Q(agency__kind=AgencyKind.DESK) & ~Q(agency=desk)
    posts = Post.objects.in_force(day).filter(near).exclude(others | other_desks)
    return posts.select_related("officer", "agency").order_by("agency__order", "title")


class PostChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.officer} – {obj.title}, {obj.agency.short_name}"


class DutyForm(forms.ModelForm):
    post = PostChoice(
        Post.objects.none(),
        label="Cán bộ, chức vụ",
        error_messages={
            "required": "Chọn cán bộ trực.",
            "invalid_choice": "Cán bộ này không thuộc đơn vị, hoặc đã thôi giữ chức vụ ấy.",
        },
    )
    valid_from = DayField(label="Trực từ ngày", help_text=DATE_HINT)
    valid_to = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa biết")
    fields_of_work = forms.ModelMultipleChoiceField(
        Field.objects.all(),
        label="Lĩnh vực phụ trách",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "in-columns"}),
    )

    class Meta:
        model = Duty
        fields = ["post", "counter", "hours", "valid_from", "valid_to"]
        help_texts = {
            "counter": "Ví dụ: Quầy 2",
            "hours": "Để trống nếu trực cả giờ làm việc của đơn vị.",
        }
        error_messages = {"counter": {"required": "Ghi tên quầy, ví dụ Quầy 2."}}

    def __init__(self, *args: Any, desk: Agency, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.desk = desk
        posts = self.fields["post"]
        assert isinstance(posts, PostChoice)
        posts.queryset = posts_for(desk, day)
        if self.instance.pk:
            posts.queryset = posts.queryset | Post.objects.filter(pk=self.instance.post_id)
            self.initial["fields_of_work"] = self.instance.fields.all()

    def clean_counter(self) -> str:
        return one_line(self.cleaned_data["counter"])

    def clean(self) -> dict[str, Any]:
        """One officer sits at one counter of a desk once at a time."""
        cleaned = super().clean() or {}
        begin, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begin and end and end < begin:
            self.add_error("valid_to", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
        elif begin and cleaned.get("post"):
            same = Duty.objects.filter(post=cleaned["post"], desk=self.instance.desk)
            same = same.filter(counter=cleaned.get("counter", "")).exclude(pk=self.instance.pk)
            same = same.filter(Q(valid_to=None) | Q(valid_to__gte=begin))
            if (same.filter(valid_from__lte=end) if end else same).exists():
                self.add_error("post", "Cán bộ này đã được phân công ở quầy ấy trong thời gian đó.")
        return cleaned

    def save(self, commit: bool = True) -> Duty:
        duty: Duty = super().save(commit)
        duty.fields.set(self.cleaned_data["fields_of_work"])
        return duty


class PortraitForm(forms.Form):
    picture = PictureField(label="Ảnh chân dung", help_text="JPG, PNG hoặc WebP, nhiều nhất 10 MB")


class FacilityForm(forms.ModelForm):
    item = forms.ModelChoiceField(
        FacilityItem.objects.filter(in_use=True),
        label="Mục kiểm tra",
        error_messages={"required": "Chọn mục đã kiểm tra."},
    )
    checked_on = DayField(label="Ngày kiểm tra", help_text=DATE_HINT)
    photo = PictureField(
        label="Ảnh chụp", required=False, help_text="Ảnh tại chỗ, không chụp rõ mặt bà con."
    )

    class Meta:
        model = FacilityCheck
        fields = ["item", "state", "checked_on", "note"]
        error_messages = {"state": {"required": "Chọn tình trạng."}}

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = day

    def clean_checked_on(self) -> date:
        checked_on: date = self.cleaned_data["checked_on"]
        if checked_on > self._today:
            raise forms.ValidationError("Ngày kiểm tra chưa đến. Ghi ngày hôm nay hoặc trước đó.")
        if checked_on.year < 2015:
            raise forms.ValidationError("Năm kiểm tra quá xa. Xem lại năm đã gõ.")
        return checked_on
