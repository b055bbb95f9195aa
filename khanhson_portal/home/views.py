"""The front door: home, signing in and out, the health of the portal, and pages for bad days."""

from __future__ import annotations

import logging
from datetime import UTC, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView, PasswordChangeView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from dossiers.models import Dossier
from khanhson_portal import health
from khanhson_portal.ground import answers
from khanhson_portal.ground.brake import Brake, TooFast, sender
from khanhson_portal.ground.text import one_line
from khanhson_portal.home.context import Office
from procedures.catalogue import Field

log = logging.getLogger(__name__)

# what the public sees of today, by the names of dossiers.models.conditions
TODAY = ["received", "awaiting_supplement", "awaiting_return", "overdue", "apologised"]
GUESSING = Brake(
    "sign-in",
    window=timedelta(minutes=15),
    per_subject=8,  # wrong passwords of one account, wherever they come from
    subject_pace=timedelta(seconds=20),
    per_address=40,
    of_all=500,
    pace=timedelta(seconds=10),
)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """One question, two boxes, the fields, today in figures."""
    context = {
        "fields": Field.objects.for_front_page(localdate()),
        "today": Dossier.objects.figures(now(), *TODAY),
        "is_home": True,
    }
    return render(request, "home/home.html", context)


class SignIn(LoginView):
    """Django's own, in our words; an open redirect is refused by Django."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = one_line(request.POST.get("username", ""))[:150]
        try:
            GUESSING.check(sender(request), now(), name.lower())
        except TooFast as guessed:
            context = self.get_context_data(
                form=AuthenticationForm(initial={"username": name}),
                wait_until=localtime(guessed.until),
            )
            return self.render_to_response(context, status=429)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        name = one_line(form.data.get("username", ""))[:150]
        GUESSING.count(sender(self.request), now(), name.lower())
        return super().form_invalid(form)


class ChangePassword(LoginRequiredMixin, PasswordChangeView):
    """Everybody's own password. Django ends the sessions elsewhere and keeps this one."""

    template_name = "registration/change_password.html"
    success_url = reverse_lazy("dossiers:desk")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Đã đổi mật khẩu; các máy khác đang mở phải đăng nhập lại.")
        return super().form_valid(form)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); there is no such page until somebody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: vi, en",
        "",
    ]
    plain = "text/plain; charset=utf-8"
    return answers.file(request, "\n".join(lines).encode(), "security.txt", plain, attached=False)


@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The admin has no door of its own: one page to sign in, one brake."""
    if request.user.is_authenticated:
        raise PermissionDenied("Tài khoản này không được vào phần quản trị.")
    return redirect_to_login(request.GET.get("next", reverse("admin:index")))


@require_GET
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Database, age of the queue, room on the disk, and the front page: 200 when all is well."""
    report = health.report()
    report["page"] = _front_page_opens(request)
    report["ok"] = report["ok"] and report["page"]
    return JsonResponse(report, status=200 if report["ok"] else 503)


def _front_page_opens(request: HttpRequest) -> bool:
    """Draw the page that everybody sees: rows may be broken while every service runs."""
    try:
        return home(request).status_code == 200 and Office(request).is_whole()
    except Exception:
        log.exception("the front page cannot be drawn")
        return False


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: the page lay open too long, or came from elsewhere."""
    return render(request, "errors/expired.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault. No template context, no query: the database may be what is broken."""
    return HttpResponse(health.PLAIN_APOLOGY, status=500)
