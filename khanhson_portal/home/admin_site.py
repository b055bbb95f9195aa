"""The site of Django's admin: who may enter it, through the one sign-in page of the portal."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate


class QuanTriSite(AdminSite):
    """Open to whom a right opens one of its tables today, and to superusers."""

    site_header = "Quản trị cổng một cửa"
    site_title = "Quản trị"
    index_title = "Các bảng dữ liệu"

    def has_permission(self, request: HttpRequest) -> bool:
        from procedures.offices.access import opens_admin

        user: Any = request.user
        return user.is_authenticated and user.is_active and opens_admin(user, localdate())

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied("Không vị trí công tác nào hôm nay của bạn mở trang quản trị.")
        return redirect_to_login(request.GET.get("next", "/quan-tri/"))
