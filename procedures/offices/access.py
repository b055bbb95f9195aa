"""Who may do what: permissions come from the posts an officer holds today, not from the person.

Views say with ``needs`` which right they ask for, and learn from ``reach_of`` where it counts.
``PostBackend`` lets Django's admin and ``has_perm`` see the same table through today's posts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate

from procedures.offices import Agency, Officer, Post
from procedures.offices.reach import Reach, counts, reach, refusal
from procedures.offices.rights import Right
from procedures.offices.roles import TABLES, codenames

View = Callable[..., HttpResponse]


class PostBackend(ModelBackend):
    """Groups count through posts in force, and each of their permissions only where the right
    behind it counts; a post that ended takes its rights along."""

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        today = localdate()
        held = user_obj.duties(today).held
        names = {
            name
            for right in TABLES
            if any(counts(user_obj, right, role, agency, today) for role, agency in held)
            for name in codenames(right)
        }
        posts = Post.objects.in_force(today).filter(officer=user_obj)
        return Permission.objects.filter(group__posts__in=posts, codename__in=names)


def officer_of(request: HttpRequest) -> Officer:
    """Return the signed-in officer; views behind ``needs`` may rely on it."""
    assert isinstance(request.user, Officer)
    return request.user


def reach_of(request: HttpRequest) -> Reach:
    """Return where the right of this page counts; views behind ``needs`` may rely on it."""
    found: Reach = request.reach  # type: ignore[attr-defined]
    return found


def may(request: HttpRequest, right: Right) -> Reach:
    """Return where the signed-in officer holds ``right`` today; false where nowhere."""
    return reach(officer_of(request), right, localdate())


def opens_admin(officer: Officer, day: date) -> bool:
    """Whether a right of the officer opens a table of Django's admin; a superuser's all are."""
    return officer.is_superuser or any(reach(officer, right, day) for right in TABLES)


def needs(right: Right) -> Callable[[View], View]:
    """Signed in and holding ``right`` somewhere today; ``reach_of`` then tells the view where.

    Strangers are sent to sign in; an officer without the right reads a plain refusal (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.reach = may(request, right)  # type: ignore[attr-defined]
            if not request.reach:  # type: ignore[attr-defined]
                raise PermissionDenied(refusal(officer_of(request), right, localdate()))
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            return response

        guarded.right = right  # type: ignore[attr-defined]  # for the test of every address
        return login_required(guarded)

    return decorate


def check_reaches(request: HttpRequest, agency_id: int | None, sentence: str = "") -> None:
    """Raise PermissionDenied unless the page's right counts at this agency."""
    if agency_id not in reach_of(request):
        raise PermissionDenied(sentence or "Việc này thuộc đơn vị khác.")


def desk_reached(request: HttpRequest, slug: str) -> Agency:
    """Return the desk of this name. Raises Http404 when there is none, PermissionDenied when the
    page's right does not count there."""
    desk = Agency.objects.in_force(localdate()).desks().filter(slug=slug).first()
    if desk is None:
        raise Http404("no such desk")
    check_reaches(request, desk.pk, "Bộ phận một cửa này do đơn vị khác phụ trách.")
    return desk
