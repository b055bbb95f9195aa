"""What officers and citizens type about dossiers, checked with sentences on how to mend it."""

from dossiers.counter.forms.act_base import ActForm
from dossiers.counter.forms.act_forms import ACT_FORMS, act_slug
from dossiers.counter.forms.focus import focus_first
from dossiers.counter.forms.intake import IntakeForm, LateIntakeForm

__all__ = [
    "ACT_FORMS",
    "ActForm",
    "IntakeForm",
    "LateIntakeForm",
    "act_slug",
    "focus_first",
]
