"""What the counter may do instead of taking in: guide, not accept, or note what was sent in."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers import acts
from dossiers.acts import Advice
from dossiers.counter.forms.paper_lines import PaperLine

INSTEAD = {"guide": acts.guide_visitor, "decline": acts.decline_visitor}


class TurningForm(forms.Form):
    """The words of the slip. ``instead`` is the pressed button, "" for plain acceptance."""

    advice = forms.CharField(
        label="Lý do, việc bà con cần làm",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In nguyên văn trên phiếu; giấy tờ chưa đánh dấu được ghi là còn thiếu",
    )
    advice_code = forms.ChoiceField(
        label="Không tiếp nhận vì", choices=acts.REFUSAL_REASONS, required=False
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        pressed = data.get("thay-vi", "") if data else ""
        self.instead = pressed if pressed in {*INSTEAD, "submit"} else ""

    def clean_advice(self) -> str:
        advice = str(self.cleaned_data["advice"]).strip()
        if self.instead in INSTEAD and len(advice) < 10:
            raise forms.ValidationError("Ghi rõ lý do và việc bà con cần làm: phiếu in dòng này.")
        return advice

    def as_advice(self, lines: list[PaperLine]) -> Advice:
        """Return what the slip says; the papers not ticked are the missing ones."""
        wanted = [line for line in lines if line.paper and not line.paper.conditional]
        missing = [line.name for line in wanted if not line.handed]
        guiding = self.instead == "guide"
        return Advice(
            self.cleaned_data["advice"],
            missing if guiding else [],
            "" if guiding else self.cleaned_data["advice_code"],
        )
