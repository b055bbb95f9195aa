"""Kiểu dáng: every component of the portal on one living page, in every state it has."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from procedures.offices.access import needs
from procedures.offices.rights import Right

TONES = [
    ("", "Đang giải quyết", "đang làm, chưa có gì phải lo"),
    ("wait", "Chờ bổ sung", "chờ ai đó, hoặc đến hạn hôm nay"),
    ("late", "Quá hạn", "trễ, bị từ chối, không được"),
    ("done", "Đã trả kết quả", "xong, được"),
    ("quiet", "Đã hủy", "không còn tính đến"),
]
STEPS = [
    {"stage": "done", "title": "Tiếp nhận", "when": "8 giờ 05 phút, 16/04/2018"},
    {"stage": "now", "title": "Đang giải quyết", "when": "hẹn trả 23/04/2018"},
    {"stage": "later", "title": "Trả kết quả"},
]


class SampleForm(forms.Form):
    """One field of every kind; bound, so that the empty one shows its error."""

    name = forms.CharField(
        label="Họ tên",
        help_text="Đúng như trên giấy tờ",
        error_messages={"required": "Nhập họ tên."},
    )
    place = forms.ChoiceField(label="Nơi nộp", choices=[("1", "Quầy 1"), ("2", "Quầy 2")])
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea({"rows": 2}))
    way = forms.ChoiceField(
        label="Nhận kết quả",
        choices=[("counter", "Tại quầy"), ("post", "Qua bưu chính")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="Đồng ý dùng lại thông tin", required=False)


@require_GET
@needs(Right.ENTER)
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component with words of our own, no row of the database."""
    return render(
        request,
        "home/style_guide.html",
        {
            "tones": TONES,
            "steps": STEPS,
            "form": SampleForm({"place": "1", "way": "counter"}),
            "page": Paginator(range(150), 50).page(2),
            "now": now(),
        },
    )
