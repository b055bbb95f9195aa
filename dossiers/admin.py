"""Quản trị of the forms. Dossiers and their journal have no admin: only acts change them."""

from __future__ import annotations

from django.contrib import admin

from dossiers.models import FormSet
from dossiers.notices import admin_wordings  # noqa: F401 - registers its own
from dossiers.papers import form_admin  # noqa: F401 - registers the forms themselves


@admin.register(FormSet)
class FormSetAdmin(admin.ModelAdmin):
    list_display = ["name", "basis", "valid_from", "valid_to"]
    filter_horizontal = ["pinned_by"]
