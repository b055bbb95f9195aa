"""Which form asks what an act needs beyond the press of its button, as its declaration names it."""

from __future__ import annotations

from django.utils.module_loading import import_string

from dossiers.counter.forms.act_base import ActForm
from dossiers.declaring import Act

FORMS = "dossiers.counter.forms"


def form_of(act: Act) -> type[ActForm]:
    """Return the form of an act that has a page. Raises ImportError for a wrong name."""
    found: type[ActForm] = import_string(f"{FORMS}.{act.form}")
    return found
