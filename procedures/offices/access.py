"""Who may do what: permissions come from the posts an officer holds today, not from the person.

``PostBackend`` lets Django's admin and ``has_perm`` see the groups of today's posts. Views of the
desk ask ``Officer.duties`` instead, because a role always belongs to one agency.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from procedures.offices import Officer, Post, Role

View = Callable[..., HttpResponse]


class PostBackend(ModelBackend):
    """Groups count through posts in force; a post that ended takes its rights along."""

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        posts = Post.objects.in_force(localdate()).filter(officer=user_obj)
        return Permission.objects.filter(group__posts__in=posts)


def officer_of(request: HttpRequest) -> Officer:
    """Return the signed-in officer; views behind ``staff_only`` may rely on it."""
    assert isinstance(request.user, Officer)
    return request.user


def staff_only(*roles: Role) -> Callable[[View], View]:
    """Signed in and holding one of ``roles`` today (any role when none is named).

    Strangers are sent to sign in; an officer without the role reads a plain refusal (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            duties = officer_of(request).duties(localdate())
            if not (duties.holds(*roles) if roles else duties.held):
                raise PermissionDenied("Tài khoản không có vai trò cần cho trang này.")
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            return response

        return login_required(guarded)

    return decorate
