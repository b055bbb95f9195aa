"""Quản trị of the words of notices; imported by ``dossiers.admin``."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dossiers.models import Wording
from dossiers.models.placeholders import NAMES


@admin.register(Wording)
class WordingAdmin(admin.ModelAdmin):
    list_display = ["kind", "channel", "subject", "valid_from", "valid_to"]
    list_filter = ["kind", "channel"]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.base_fields["body"].help_text = _names()
        return form


def _names() -> SafeString:
    names = ((f"{{{name}}}", meaning) for name, meaning in NAMES.items())
    return format_html_join("; ", "<b>{}</b> là {}", names)
