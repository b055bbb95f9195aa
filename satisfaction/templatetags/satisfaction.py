"""Template words of the survey and its indices."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now

from dossiers.models import Dossier
from satisfaction.collecting import is_open, token_of
from satisfaction.models import Criterion

register = template.Library()

# How far the middle of the mouth lies from its corners, by score: a smile hangs below them.
MOUTHS = {5: 12, 4: 6, 3: 0, 2: -6, 1: -12}


@register.simple_tag
def survey_link(dossier: Dossier) -> str:
    """Return the page where a dossier may be rated, "" while it is not open; no query."""
    if not is_open(dossier, now()):
        return ""
    return reverse("satisfaction:survey", args=[token_of(dossier)])


@register.filter
def face(score: int) -> SafeString:
    """Return a drawn face for those who do not read: very sad (1) to very glad (5)."""
    middle = MOUTHS.get(score, 0)
    return mark_safe(  # numbers of the table above, nothing typed
        '<circle cx="24" cy="24" r="21" fill="none" stroke="currentColor" stroke-width="3"/>'
        '<circle cx="17" cy="19" r="2.6"/><circle cx="31" cy="19" r="2.6"/>'
        f'<path d="M14 31 Q24 {31 + middle} 34 31" fill="none" stroke="currentColor" '
        'stroke-width="3" stroke-linecap="round"/>'
    )


@register.filter
def index(percent: float | None) -> str:
    """Return 81.82 as "81,82 %", words where there is no number."""
    return "chưa đủ phiếu" if percent is None else f"{percent:.2f} %".replace(".", ",")


@register.filter
def plain(percent: float | None) -> str:
    """Return a number as an attribute of HTML wants it."""
    return "0" if percent is None else f"{percent:.2f}"


@register.filter
def was(data: Mapping[str, str], criterion: Criterion) -> int | None:
    """Return the score that was chosen before the form came back."""
    chosen = str(data.get(f"c{criterion.number}", ""))
    return int(chosen) if chosen.isascii() and chosen.isdigit() else None


@register.filter
def words(text: str) -> list[str]:
    return text.split()
