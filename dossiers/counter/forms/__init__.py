"""What officers and citizens type about dossiers, checked with sentences on how to mend it."""

from dossiers.counter.forms.act_base import ActForm
from dossiers.counter.forms.act_forms import form_of
from dossiers.counter.forms.focus import focus_first
from dossiers.counter.forms.intake import IntakeForm, LateIntakeForm

__all__ = [
    "ActForm",
    "IntakeForm",
    "LateIntakeForm",
    "focus_first",
    "form_of",
]
