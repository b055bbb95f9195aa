"""Staff: the desk's head enters duties, portraits and looks at the room; plates are printed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khanhson_portal.ground import answers, pdf
from khanhson_portal.ground.pages import asked, page_of
from khanhson_portal.ground.voice import qr_image, voice_url
from procedures.noticeboard import Duty, FacilityCheck, Picture, Portrait
from procedures.noticeboard.reception import place
from procedures.noticeboard.reception.forms import DutyForm, FacilityForm, PortraitForm
from procedures.offices import Officer
from procedures.offices.access import (
    check_reaches,
    desk_reached,
    needs,
    officer_of,
    reach_of,
)
from procedures.offices.rights import Right


@require_GET
@needs(Right.MANAGE_RECEPTION)
def manage(request: HttpRequest) -> HttpResponse:
    """The desks one answers for; the chosen one (``?noi=``) with its duties and its room."""
    desks = list(reach_of(request).desks(localdate()))
    slug = asked(request, "noi", 60)
    desk = next((one for one in desks if one.slug == slug), desks[0] if desks else None)
    duties = Duty.objects.for_page().filter(desk=desk).order_by("-valid_from", "counter")
    context = {
        "desks": desks,
        "desk": desk,
        "page": page_of(duties, request.GET.get("trang")),
        "address": f"noi={desk.slug}" if desk else "",
        "facilities": place.facilities(desk) if desk else [],
        "today": localdate(),
    }
    return render(request, "reception/manage.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_RECEPTION)
def add_duty(request: HttpRequest, slug: str) -> HttpResponse:
    desk = desk_reached(request, slug)
    initial = {"valid_from": localdate()}
    form = DutyForm(request.POST or None, desk=desk, day=localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        duty = form.save()
        messages.success(request, f"Đã phân công {duty}.", "done")
        return redirect(f"{_manage_address()}?noi={desk.slug}")
    return _form_page(request, "Phân công trực", desk, {"form": form})


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_RECEPTION)
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a duty; to end it, give its last day. What was there before is kept as history."""
    changed = _managed_duty(request, pk)
    form = DutyForm(request.POST or None, instance=changed, desk=changed.desk, day=localdate())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"Đã lưu phân công của {changed}.", "done")
        return redirect(f"{_manage_address()}?noi={changed.desk.slug}")
    context = {"form": form, "duty": changed, "portrait": PortraitForm()}
    return _form_page(request, "Sửa phân công", changed.desk, context)


@require_POST
@needs(Right.MANAGE_RECEPTION)
def portrait(request: HttpRequest, pk: int) -> HttpResponse:
    """A new portrait of the officer; the old one is no longer shown."""
    changed = _managed_duty(request, pk)
    form = PortraitForm(request.POST, request.FILES)
    if form.is_valid():
        _keep_portrait(changed.post.officer, form.cleaned_data["picture"], officer_of(request))
        messages.success(request, f"Đã đổi ảnh của {changed.post.officer}.", "done")
        return redirect("reception:duty", changed.pk)
    unchanged = DutyForm(instance=changed, desk=changed.desk, day=localdate())
    context = {"form": unchanged, "duty": changed, "portrait": form}
    return _form_page(request, "Sửa phân công", changed.desk, context)


@transaction.atomic
def _keep_portrait(officer: Officer, content: ContentFile, by: Officer) -> None:
    """Replace the portrait; the old one is deleted, file and all: nobody needs it any more."""
    old = Picture.objects.filter(portrait_of__officer=officer).first()
    picture = _keep_picture(content, by)
    Portrait.objects.update_or_create(officer=officer, defaults={"picture": picture})
    if old:
        old.delete()
        transaction.on_commit(partial(old.content.storage.delete, str(old.content.name)))


def _keep_picture(content: ContentFile, by: Officer) -> Picture:
    picture = Picture(added_by=by)
    picture.content.save("anh.jpg", content, save=False)
    picture.save()
    return picture


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_RECEPTION)
def add_check(request: HttpRequest, slug: str) -> HttpResponse:
    """One look at the room: appended, the newest is what people read."""
    desk = desk_reached(request, slug)
    initial = {"checked_on": localdate(), "item": request.GET.get("muc", "")[:9]}
    form = FacilityForm(
        request.POST or None, request.FILES or None, day=localdate(), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        _keep_check(form, desk.pk, officer_of(request))
        messages.success(request, "Đã ghi lần kiểm tra.", "done")
        return redirect(f"{_manage_address()}?noi={desk.slug}")
    return _form_page(request, "Kiểm tra nơi tiếp dân", desk, {"form": form, "has_file": True})


@transaction.atomic
def _keep_check(form: FacilityForm, desk_id: int, by: Officer) -> FacilityCheck:
    check: FacilityCheck = form.save(commit=False)
    check.desk_id, check.by = desk_id, by
    if form.cleaned_data["photo"]:
        check.picture = _keep_picture(form.cleaned_data["photo"], by)
    check.save()
    return check


@require_GET
@needs(Right.MANAGE_RECEPTION)
def plate(request: HttpRequest, pk: int) -> HttpResponse:
    """Biển tên, A5 across: name, post, counter, and the code that opens the feedback page."""
    shown = _managed_duty(request, pk)
    html = render_to_string("reception/plate.html", {"duty": shown, "qr": qr_image(voice_url())})
    return answers.pdf(request, pdf.render(html), f"bien-ten-{shown.pk}.pdf")


def _managed_duty(request: HttpRequest, pk: int) -> Duty:
    found = get_object_or_404(Duty.objects.for_page(), pk=pk)
    check_reaches(request, found.desk_id, "Phân công này của bộ phận một cửa khác.")
    return found


def _form_page(
    request: HttpRequest, title: str, desk: Any, context: dict[str, Any]
) -> HttpResponse:
    return render(request, "reception/form.html", {"title": title, "desk": desk, **context})


def _manage_address() -> str:
    return reverse("reception:manage")
