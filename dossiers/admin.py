"""Quản trị of the forms. Dossiers and their journal have no admin: only acts change them."""

from __future__ import annotations

from django.contrib import admin

from dossiers import admin_notices  # noqa: F401  # registers its own
from dossiers.models import Form, FormSet


@admin.register(FormSet)
class FormSetAdmin(admin.ModelAdmin):
    list_display = ["name", "basis", "valid_from", "valid_to"]
    filter_horizontal = ["pinned_by"]


@admin.register(Form)
class FormAdmin(admin.ModelAdmin):
    list_display = ["title", "form_set", "kind", "size", "valid_from", "valid_to", "published_at"]
    list_filter = ["form_set", "kind"]
    list_select_related = ["form_set"]
