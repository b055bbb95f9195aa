"""Lịch hẹn trả: the secret address that calendars read, and the page that gives and revokes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.models import CalendarFeed
from dossiers.notices import feeds
from khanhson_portal.ground import answers
from khanhson_portal.ground.presses import PressField
from khanhson_portal.ground.text import one_line
from procedures.offices import Agency
from procedures.offices.access import needs, officer_of, reach_of
from procedures.offices.models.agencies import AgencyQuerySet
from procedures.offices.rights import Right

FRESH = 900  # seconds a calendar program may keep what it read
SHOWN = 100  # addresses on the page, revoked ones included


class FeedForm(forms.Form):
    nonce = PressField()
    desk = forms.ModelChoiceField(
        label="Lịch của",
        queryset=Agency.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Chọn bộ phận một cửa.",
            "invalid_choice": "Chọn bộ phận một cửa trong danh sách.",
        },
    )
    label = forms.CharField(
        label="Ai dùng, ở máy nào",
        max_length=100,
        help_text="Để sau này biết địa chỉ nào cần thu hồi, ví dụ: màn hình phòng họp",
        error_messages={
            "required": "Ghi ai dùng lịch này.",
            "max_length": "Ghi ngắn trong 100 ký tự.",
        },
    )

    def __init__(self, data: Any, *, desks: AgencyQuerySet) -> None:
        super().__init__(data)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self.fields["desk"].label_from_instance = lambda desk: (  # type: ignore[attr-defined]
            f"{desk.short_name}, {desk.issuer.name}"
        )

    def clean_label(self) -> str:
        label = one_line(self.cleaned_data["label"])
        if not label:
            raise forms.ValidationError("Ghi ai dùng lịch này.")
        return label


@require_GET
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself. The token is the key; a revoked one is no address of ours."""
    rows = CalendarFeed.objects.open().select_related("desk__parent")
    feed = get_object_or_404(rows, token=token)
    content = feeds.content(feed.desk, now())
    name, kind = f"{feed.desk.slug}.ics", "text/calendar; charset=utf-8"
    response = answers.file(request, content, name, kind, fresh=FRESH, attached=False)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "POST"])
@needs(Right.GIVE_CALENDARS)
def calendar_feeds(request: HttpRequest) -> HttpResponse:
    """The addresses of my desks; POST makes one more."""
    officer = officer_of(request)
    desks = reach_of(request).desks(localdate())
    form = FeedForm(request.POST or None, desks=desks)
    if form.is_valid():
        typed = form.cleaned_data
        feeds.make_feed(typed["desk"], typed["label"], by=officer, now=now(), nonce=typed["nonce"])
        messages.success(
            request, "Đã lập địa chỉ lịch. Chép địa chỉ vào chương trình lịch.", "done"
        )
        return redirect("dossiers:calendar_feeds")
    rows = CalendarFeed.objects.filter(desk__in=desks).order_by("-revoked_at", "-pk")  # open first
    shown = list(rows.select_related("desk__parent", "made_by", "revoked_by")[:SHOWN])
    context = {
        "form": form,
        "open": [feed for feed in shown if feed.revoked_at is None],
        "revoked": [feed for feed in shown if feed.revoked_at],
    }
    return render(request, "notices/feeds.html", context)


@require_POST
@needs(Right.GIVE_CALENDARS)
def revoke_feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    officer = officer_of(request)
    desks = reach_of(request).desks(localdate())
    feed = CalendarFeed.objects.filter(pk=feed_id, desk__in=desks).first()
    if feed is None:
        raise Http404(feed_id)
    if feeds.revoke_feed(feed, by=officer, now=now()):
        messages.success(
            request, f"Đã thu hồi lịch “{feed.label}”. Địa chỉ cũ không còn đọc được.", "done"
        )
    else:
        messages.info(request, "Lịch này đã được thu hồi từ trước.", "wait")
    return redirect("dossiers:calendar_feeds")
