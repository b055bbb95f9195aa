"""The forms before acceptance: complete now, to be completed, not accepted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate

from dossiers import acts
from dossiers.acts import Advice, Hand
from dossiers.counter.forms.act_base import ActForm, GraveActForm, reason_field
from dossiers.models import Dossier, HandedPaper
from procedures.catalogue import RequiredPaper


def listed_papers(text: str) -> list[str]:
    """Return one paper per line, blank lines left out."""
    return [line.strip(" -\t") for line in text.splitlines() if line.strip(" -\t")][:60]


def papers_field(**options: Any) -> forms.CharField:
    return forms.CharField(
        **{
            "label": "Giấy tờ cần nộp thêm hoặc sửa, mỗi dòng một loại",
            "required": False,
            "max_length": 4000,
            "widget": forms.Textarea(attrs={"rows": 4}),
            **options,
        }
    )


def missing_papers(dossier: Dossier) -> list[RequiredPaper]:
    """Return the papers of the procedure that were not handed in.

    Aside from the conditional ones, and from what the State holds: nobody may ask for that.
    """
    handed = {paper.required_id for paper in dossier.handed_papers.all()}
    required = dossier.case.papers.all()
    wanted = [paper for paper in required if paper.pk not in handed and not paper.conditional]
    return [paper for paper in wanted if not paper.is_held(localdate())]


class AcceptForm(ActForm):
    explanation = "Hồ sơ đã đủ. Hạn giải quyết tính từ lúc này."
    papers = forms.MultipleChoiceField(
        label="Giấy tờ nộp thêm lần này",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Chọn giấy tờ trong danh sách."},
    )

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        self.missing = {str(paper.pk): paper for paper in missing_papers(dossier)}
        choices = [(key, paper.name[:200]) for key, paper in self.missing.items()]
        self.fields["papers"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["papers"]

    def perform(self, hand: Hand) -> Dossier:
        chosen = [self.missing[key] for key in self.cleaned_data.get("papers", [])]
        rows = [
            HandedPaper(
                required=paper,
                name=paper.name,
                originals=paper.originals,
                certified=paper.certified,
                photocopies=paper.photocopies,
            )
            for paper in chosen
        ]
        return acts.accept_registered(self.dossier.pk, hand, papers=rows)


class GuideForm(ActForm):
    papers = papers_field()
    reason = reason_field("Bà con cần làm gì")

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        self.initial["papers"] = "\n".join(paper.name for paper in missing_papers(dossier))

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        advice = Advice(typed["reason"], listed_papers(typed["papers"]))
        return acts.guide(self.dossier.pk, hand, advice=advice)


class DeclineForm(GraveActForm):
    reason_code = forms.ChoiceField(label="Thuộc loại", choices=acts.REFUSAL_REASONS)
    reason = reason_field(min_length=10)

    def perform(self, hand: Hand) -> Dossier:
        typed = self.cleaned_data
        advice = Advice(typed["reason"], reason_code=typed["reason_code"])
        return acts.decline(self.dossier.pk, hand, advice=advice)
