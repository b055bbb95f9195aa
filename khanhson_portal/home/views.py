"""The front door: home, signing in and out, the health of the portal, and pages for bad days."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dossiers.models import Dossier
from khanhson_portal import health
from procedures.catalogue import Field

# what the public sees of today, by the names of dossiers.models.conditions
TODAY = ["received", "awaiting_supplement", "awaiting_return", "overdue", "apologised"]


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


@require_GET
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Database, age of the queue, room on the disk: 200 when all is well, else 503."""
    report = health.report()
    return JsonResponse(report, status=200 if report["ok"] else 503)


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
