"""Template words of feedback."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import template

register = template.Library()


@register.simple_tag
def new_press() -> UUID:
    """Return the name of one press of one button."""
    return uuid4()


@register.filter
def pairs(text: str) -> list[tuple[str, str]]:
    """Return "a:An|b:Ba" as pairs."""
    return [(left, right) for left, _, right in (part.partition(":") for part in text.split("|"))]


@register.filter
def late_tone(slug: str) -> str:
    return "late" if slug == "late" else ""
