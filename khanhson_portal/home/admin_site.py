"""The site of Django's admin: whom it opens to."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
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
