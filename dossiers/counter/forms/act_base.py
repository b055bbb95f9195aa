"""What the small forms of all acts share."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers.acts import Hand
from dossiers.models import Dossier
from khanhson_portal.ground.presses import PressField
from khanhson_portal.ground.text import search_key

CONFIRMATION = "đồng ý"


def reason_field(label: str = "Lý do", **options: Any) -> forms.CharField:
    """Return a text box for a reason that will be printed."""
    return forms.CharField(
        **{
            "label": label,
            "max_length": 2000,
            "widget": forms.Textarea(attrs={"rows": 4}),
            "help_text": "In nguyên văn trên giấy gửi bà con",
            "error_messages": {"required": "Ghi rõ lý do."},
            **options,
        }
    )


class ActForm(forms.Form):
    """Common to all: which press this is, and how much of the file the officer had seen.

    ``perform`` does the act and returns the saved dossier.
    """

    nonce = PressField()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    explanation = ""

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        self.dossier = dossier
        super().__init__(data, initial={"seen": dossier.events_count})

    def perform(self, hand: Hand) -> Dossier:
        raise NotImplementedError(type(self).__name__)


class GraveActForm(ActForm):
    """An act that is hard to undo: the officer types two words before it is done."""

    confirmation = forms.CharField(
        label=f"Gõ “{CONFIRMATION}” để xác nhận",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
        error_messages={"required": f"Gõ “{CONFIRMATION}” nếu chắc chắn."},
    )

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        self.order_fields([name for name in self.fields if name != "confirmation"])

    def clean_confirmation(self) -> str:
        typed = str(self.cleaned_data["confirmation"])
        if search_key(typed) != search_key(CONFIRMATION):
            raise forms.ValidationError(f"Gõ đúng “{CONFIRMATION}”, không dấu cũng được.")
        return typed
