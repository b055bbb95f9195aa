"""What the office types for each act on a case; the engine's refusals land on its fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from dossiers.acts.actors import Hand
from feedback import acts
from feedback.acts.taking import LONGEST
from feedback.forms import agencies_in_force
from feedback.masking import masked
from feedback.models import Case, CaseKind, Finding
from khanhson_portal.ground.presses import PressField
from procedures.offices import Officer


class CaseForm(forms.Form):
    """Common to the office's acts on a case: which press, how much of it was seen, a note."""

    nonce = PressField()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label="Ghi chú", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    said: Callable[..., Case]
    note_as = "note"

    def __init__(self, data: Any, *, case: Case, day: date) -> None:
        super().__init__(data, initial={"seen": case.events_count})
        self.case, self.day = case, day

    def perform(self, hand: Hand) -> Case:
        typed = {k: v for k, v in self.cleaned_data.items() if k not in {"nonce", "seen", "note"}}
        if self.note_as:
            typed[self.note_as] = self.cleaned_data.get("note", "")
        return type(self).said(self.case.pk, hand, **typed)


class AssignForm(CaseForm):
    said = staticmethod(acts.assign)
    to: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Giao cho", queryset=None, error_messages={"required": "Chọn người xử lý."}
    )

    def __init__(self, data: Any, *, case: Case, day: date) -> None:
        super().__init__(data, case=case, day=day)
        there = Officer.objects.filter(posts__agency=case.holder_id, is_active=True).distinct()
        self.fields["to"].queryset = there  # type: ignore[attr-defined]


class SortForm(CaseForm):
    said = staticmethod(acts.sort)
    note_as = ""
    note = None  # type: ignore[assignment]
    kind: forms.ModelChoiceField = forms.ModelChoiceField(label="Loại đúng", queryset=None)

    def __init__(self, data: Any, *, case: Case, day: date) -> None:
        super().__init__(data, case=case, day=day)
        self.fields["kind"].queryset = CaseKind.objects.in_force(day)  # type: ignore[attr-defined]


class TransferForm(CaseForm):
    said = staticmethod(acts.transfer)
    to: forms.ModelChoiceField = forms.ModelChoiceField(label="Chuyển đến", queryset=None)

    def __init__(self, data: Any, *, case: Case, day: date) -> None:
        super().__init__(data, case=case, day=day)
        self.fields["to"].queryset = agencies_in_force(day)  # type: ignore[attr-defined]


class AskForm(CaseForm):
    said = staticmethod(acts.ask_back)
    note_as = "question"


class MergeForm(CaseForm):
    said = staticmethod(acts.merge)
    note_as = ""
    note = None  # type: ignore[assignment]
    code = forms.CharField(label="Mã phản ánh kia", max_length=40)


class ElsewhereForm(CaseForm):
    said = staticmethod(acts.lead_elsewhere)


class DraftForm(CaseForm):
    said = staticmethod(acts.draft_answer)
    note_as = ""
    note = None  # type: ignore[assignment]
    answer = forms.CharField(
        label="Trả lời người gửi", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )
    finding = forms.ChoiceField(
        label="Điều phản ánh", required=False,
        choices=[("", "Không phải chuyện đúng sai"), *Finding.choices],
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, day: date) -> None:
        super().__init__(data, case=case, day=day)
        self.initial.update(answer=case.answer, finding=case.finding)


class ApproveForm(CaseForm):
    said = staticmethod(acts.approve)


class SendBackForm(CaseForm):
    said = staticmethod(acts.send_back)


class ReopenForm(CaseForm):
    said = staticmethod(acts.reopen)


class SayMoreForm(CaseForm):
    said = staticmethod(acts.say_more)
    note_as = "words"


class PublishForm(CaseForm):
    said = staticmethod(acts.publish)
    note_as = ""
    note = None  # type: ignore[assignment]
    title = forms.CharField(label="Tiêu đề", max_length=200)
    text = forms.CharField(
        label="Câu hỏi đã che", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    answer = forms.CharField(
        label="Trả lời đã che", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, data: Any, *, case: Case, day: date) -> None:
        super().__init__(data, case=case, day=day)
        self.initial.update(
            title=case.public_title or masked(case.title),
            text=case.public_text or masked(case.text),
            answer=case.public_answer or masked(case.answer),
        )


class UnpublishForm(CaseForm):
    said = staticmethod(acts.unpublish)


FORMS: dict[str, type[CaseForm]] = {
    "assign": AssignForm,
    "sort": SortForm,
    "transfer": TransferForm,
    "ask_back": AskForm,
    "say_more": SayMoreForm,
    "merge": MergeForm,
    "lead_elsewhere": ElsewhereForm,
    "draft_answer": DraftForm,
    "send_back": SendBackForm,
    "approve": ApproveForm,
    "reopen": ReopenForm,
    "publish": PublishForm,
    "unpublish": UnpublishForm,
}
