"""Quản trị of the people: accounts, and the posts they hold; nobody touches those above them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.timezone import localdate

from procedures.offices import Officer, Post, seating
from procedures.offices.access import officer_of

admin.site.unregister(Group)  # roles are written by ``procedures.offices.roles`` after ``migrate``


class PostFormSet(BaseInlineFormSet):
    """Posts of one officer; ``keeper``, who fills it in, is set by the inline."""

    keeper: Officer

    def clean(self) -> None:
        """Refuse, beside its line, a post that the keeper could not give."""
        super().clean()
        for form in self.forms:
            typed = getattr(form, "cleaned_data", {})
            agency = typed.get("agency")
            if agency is None:
                continue
            roles = [group.name for group in typed.get("groups", [])]
            reason = seating.refusal(self.keeper, agency.pk, roles, localdate())
            if reason:
                form.add_error(None, reason)


class PostInline(admin.TabularInline):
    model = Post
    formset = PostFormSet
    extra = 0
    autocomplete_fields = ["agency"]
    filter_horizontal = ["groups"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.keeper = officer_of(request)
        return formset


@admin.register(Officer)
class OfficerAdmin(UserAdmin):
    """Who may open what is the posts' doing alone: an account has no rights of its own."""

    list_display = ["username", "full_name", "is_active", "last_login"]
    list_filter = ["is_active", "posts__agency"]
    search_fields = ["username", "full_name"]
    inlines = [PostInline]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Cán bộ", {"fields": ["full_name", "email", "phone"]}),
        ("Quyền", {"fields": ["is_active"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", "full_name", "usable_password", "password1", "password2"],
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Officer]:
        return super().get_queryset(request).filter(pk__in=self._kept(request))

    def has_change_permission(self, request: HttpRequest, obj: Officer | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._keeps(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Officer | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._keeps(request, obj)

    def _kept(self, request: HttpRequest) -> QuerySet[Officer]:
        return seating.kept_by(officer_of(request), localdate())

    def _keeps(self, request: HttpRequest, obj: Officer | None) -> bool:
        return obj is None or self._kept(request).filter(pk=obj.pk).exists()
