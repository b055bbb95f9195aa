"""The screens as the office sees them: which work, how much they are used (plan row II.3)."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from khanhson_portal.ground.pages import asked
from khanhson_portal.ground.text import one_line
from khanhson_portal.kiosk import counting
from khanhson_portal.kiosk.models import Screen, new_key
from procedures.offices.access import check_reaches, may, needs
from procedures.offices.rights import Right


class ScreenForm(forms.ModelForm):
    class Meta:
        model = Screen
        fields = ["desk", "name", "place"]
        help_texts = {
            "name": "Ví dụ: Màn hình cửa vào",
            "place": "Ví dụ: cạnh ghế chờ, tầng trệt",
        }
        error_messages = {
            "name": {"required": "Đặt cho màn hình một cái tên để phân biệt."},
            "desk": {"required": "Chọn bộ phận một cửa nơi đặt màn hình."},
        }

    def clean_name(self) -> str:
        """Refuse a name that another screen of the desk bears; constraint screen_name_once."""
        name, desk = one_line(self.cleaned_data["name"]), self.cleaned_data.get("desk")
        if desk and Screen.objects.in_use().filter(desk=desk, name=name).exists():
            raise forms.ValidationError("Bộ phận này đã có màn hình mang tên ấy; đặt tên khác.")
        return name


def _form(request: HttpRequest) -> ScreenForm:
    form = ScreenForm(request.POST or None)
    managed = may(request, Right.MANAGE_SCREENS).desks(localdate())
    field = form.fields["desk"]
    field.queryset = managed  # type: ignore[attr-defined]
    field.label_from_instance = lambda desk: f"{desk.name}, {desk.issuer.name}"  # type: ignore[attr-defined]
    return form


@require_GET
@needs(Right.SEE_SCREENS)
def screens(request: HttpRequest) -> HttpResponse:
    """Every screen of the desks one looks over, with today and one month (``?thang=2018-05``)."""
    return _page(request, _form(request))


def _page(request: HttpRequest, form: ScreenForm) -> HttpResponse:
    moment, desks = now(), may(request, Right.SEE_SCREENS).agencies
    listed = list(Screen.objects.in_use().at(desks))
    first, last = month_bounds(asked(request, "thang", 7), localdate())
    context = {
        "form": form if may(request, Right.MANAGE_SCREENS) else None,
        "rows": counting.usage(listed, first, last, moment),
        "days": counting.days(list(Screen.objects.at(desks)), first, last),
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": last + timedelta(days=1),
    }
    return render(request, "kiosk/screens.html", context, status=400 if form.errors else 200)


def month_bounds(text: str, today: date) -> tuple[date, date]:
    """Return the first and last day of "2018-05"; of today's month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
        first = first if 2000 <= first.year <= 2100 else today.replace(day=1)
    except ValueError:
        first = today.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@require_POST
@needs(Right.MANAGE_SCREENS)
def add(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _page(request, form)
    screen = form.save()
    messages.success(request, f"Đã thêm {screen}. Mở địa chỉ của màn hình trên máy ấy.", "done")
    return redirect("kiosk:screens")


@require_POST
@needs(Right.MANAGE_SCREENS)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Thôi dùng: the address stops working; the days it counted stay."""
    screen = _managed(request, pk)
    screen.retired_at, screen.key = now(), new_key()
    screen.save()
    messages.success(request, "Đã thôi dùng màn hình. Số liệu cũ vẫn được giữ.", "done")
    return redirect("kiosk:screens")


@require_POST
@needs(Right.MANAGE_SCREENS)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Đổi địa chỉ: when the old one got into wrong hands."""
    screen = _managed(request, pk)
    screen.key, screen.seen_at = new_key(), None
    screen.save()
    messages.success(request, f"{screen} có địa chỉ mới; địa chỉ cũ không dùng được nữa.", "done")
    return redirect("kiosk:screens")


def _managed(request: HttpRequest, pk: int) -> Screen:
    screen = get_object_or_404(Screen.objects.in_use(), pk=pk)
    check_reaches(request, screen.desk_id, "Màn hình này của bộ phận một cửa khác.")
    return screen
