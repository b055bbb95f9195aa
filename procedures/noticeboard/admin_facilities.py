"""Quản trị: the checklist of what a room must offer."""

from __future__ import annotations

from django.contrib import admin

from procedures.noticeboard import FacilityItem


@admin.register(FacilityItem)
class FacilityItemAdmin(admin.ModelAdmin):
    list_display = ["name", "order", "basis", "in_use"]
    list_editable = ["order", "in_use"]
