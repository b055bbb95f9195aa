"""Bảng quyền: the whole table of rights as a page, and who holds each right today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from khanhson_portal.ground.pages import asked, page_of
from procedures.offices import Post, Role
from procedures.offices.access import needs, officer_of, reach_of
from procedures.offices.reach import counts
from procedures.offices.rights import TABLE, Right, Scope


@dataclass(frozen=True)
class Line:
    """One right: its roles in words by scope, how many posts hold it, whether it is opened."""

    right: Right
    scopes: list[tuple[Scope, str]]
    holders: int
    current: bool


@require_GET
@needs(Right.SEE_RIGHTS)
def rights(request: HttpRequest) -> HttpResponse:
    """Every right; ``?quyen=`` lists the posts of one's own level that hold it today."""
    posts = Post.objects.in_force(localdate()).filter(agency__in=reach_of(request).agencies)
    posts = posts.filter(officer__is_active=True).select_related("officer", "agency")
    held = _held(request, posts.prefetch_related("groups").order_by("agency__order", "pk"))
    chosen = next((right for right in Right if right == asked(request, "quyen")), None)
    context = {
        "lines": [Line(r, _scopes(r), len(held[r]), r == chosen) for r in Right],
        "chosen": chosen,
        "page": page_of(held[chosen], request.GET.get("trang")) if chosen else None,
        "address": f"quyen={chosen}" if chosen else "",
    }
    return render(request, "offices/rights.html", context)


def _held(request: HttpRequest, posts: Iterable[Post]) -> dict[Right, list[Post]]:
    """Return the posts that give each right somewhere."""
    officer, today = officer_of(request), localdate()
    found: dict[Right, list[Post]] = defaultdict(list)
    for post in posts:
        for right in Right:
            if any(counts(officer, right, role, post.agency_id, today) for role in post.roles):
                found[right].append(post)
    return found


def _scopes(right: Right) -> list[tuple[Scope, str]]:
    """Return who holds a right, in words, gathered by where it counts."""
    gathered = [(scope, [r for r in Role if TABLE[right].get(r) is scope]) for scope in Scope]
    return [(scope, _words(roles)) for scope, roles in gathered if roles]


def _words(roles: list[Role]) -> str:
    return ", ".join(str(role.label) for role in roles) if len(roles) < len(Role) else "Mọi vai trò"
