"""What officers and citizens type about dossiers, checked with sentences on how to mend it."""

from dossiers.forms.act_base import ActForm
from dossiers.forms.act_forms import ACT_FORMS, act_slug
from dossiers.forms.focus import focus_first
from dossiers.forms.intake import IntakeForm, LateIntakeForm
from dossiers.forms.tracking import TrackingForm

__all__ = [
    "ACT_FORMS",
    "ActForm",
    "IntakeForm",
    "LateIntakeForm",
    "TrackingForm",
    "act_slug",
    "focus_first",
]
