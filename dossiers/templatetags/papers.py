"""Template words of the paper templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """Return ``mapping[key]``: a table by its name."""
    return mapping[key]
