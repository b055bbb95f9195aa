"""Quản trị of the forms. Dossiers and their journal have no admin: only acts change them."""

from __future__ import annotations

from django.contrib import admin

from dossiers import (
    admin_notices,  # noqa: F401  # registers its own
    form_admin,  # noqa: F401 - registers the forms themselves
)
from dossiers.models import FormSet


@admin.register(FormSet)
class FormSetAdmin(admin.ModelAdmin):
    list_display = ["name", "basis", "valid_from", "valid_to"]
    filter_horizontal = ["pinned_by"]
