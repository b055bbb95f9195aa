"""The intake form: one page, one column; the checklist of papers comes from the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from dossiers.acts import Intake
from dossiers.forms.people import IdentityField, NameField, PhoneField
from dossiers.models import Delivery, HandedPaper, Party, PartyKind
from procedures.models import Agency, AgencyKind, Level, ProcedureCase, RequiredPaper

SPARE_LINES = 2  # papers brought beyond the list
COUNTS = [("chinh", "originals"), ("chung_thuc", "certified"), ("sao", "photocopies")]


@dataclass
class PaperLine:
    """One line of the checklist as shown: its paper, whether handed in, and how many."""

    key: str
    paper: RequiredPaper | None
    name: str
    handed: bool
    counts: dict[str, str]
    error: str = ""

    @property
    def boxes(self) -> list[tuple[str, str, str]]:
        heads = {"chinh": "Bản chính", "chung_thuc": "Chứng thực", "sao": "Bản sao"}
        return [(f"{self.key}_{part}", heads[part], self.counts[part]) for part, _ in COUNTS]


class IntakeForm(forms.Form):
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False)
    owner_name = NameField(
        label="Chủ hồ sơ",
        max_length=200,
        help_text="Họ và tên, hoặc tên tổ chức, đúng như trên giấy tờ",
        error_messages={"required": "Nhập họ tên chủ hồ sơ."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    owner_kind = forms.ChoiceField(
        label="Là", choices=PartyKind.choices, initial=PartyKind.PERSON, required=False
    )
    owner_identity = IdentityField(label="Số căn cước, CMND, hộ chiếu hoặc mã số thuế")
    owner_phone = PhoneField(label="Điện thoại")
    owner_email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        error_messages={"invalid": "Thư điện tử có dạng ten@noi-gui.vn."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    owner_address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    owner_commune = forms.ModelChoiceField(
        label="Xã, thị trấn",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Ngoài huyện",
    )
    submitter_name = NameField(
        label="Người nộp, nếu khác chủ hồ sơ", max_length=200, required=False
    )
    submitter_identity = IdentityField(label="Số giấy tờ của người nộp")
    submitter_phone = PhoneField(label="Điện thoại người nộp")
    submitter_mandate = forms.CharField(
        label="Giấy ủy quyền hoặc quan hệ", max_length=200, required=False
    )
    summary = forms.CharField(
        label="Nội dung yêu cầu",
        required=False,
        max_length=1000,
        help_text="Để trống thì lấy tên thủ tục",
    )
    sets = forms.IntegerField(
        label="Số bộ hồ sơ",
        min_value=1,
        max_value=99,
        initial=1,
        error_messages={"invalid": "Số bộ hồ sơ là số từ 1 đến 99."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "number"}),
    )
    delivery = forms.ChoiceField(
        label="Nhận kết quả", choices=Delivery.choices, initial=Delivery.COUNTER
    )
    delivery_address = forms.CharField(
        label="Địa chỉ nhận qua bưu chính", max_length=300, required=False
    )
    note = forms.CharField(label="Ghi chú in trên giấy tiếp nhận", max_length=300, required=False)

    def __init__(self, data: Any, *, desk: Agency, case: ProcedureCase, channel: str) -> None:
        super().__init__(data, initial={"nonce": uuid4()})
        self.desk, self.case, self.channel = desk, case, channel
        communes = Agency.objects.in_force(localdate()).filter(
            kind=AgencyKind.COMMITTEE, level=Level.COMMUNE
        )
        self.fields["owner_commune"].queryset = communes  # type: ignore[attr-defined]
        self.fields["owner_commune"].label_from_instance = (  # type: ignore[attr-defined]
            lambda agency: agency.short_name
        )
        if not self.is_bound and desk.level == Level.COMMUNE:
            self.initial["owner_commune"] = desk.parent_id
        self.lines = self._lines()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("delivery") == Delivery.POST and not cleaned.get("delivery_address"):
            self.add_error("delivery_address", "Ghi địa chỉ để bưu chính phát kết quả.")
        for line in self.lines:
            if any(not _count_ok(value) for value in line.counts.values()):
                line.error = "Số lượng là số từ 0 đến 999."
        if any(line.error for line in self.lines):
            self.add_error(None, "Xem lại số lượng giấy tờ được đánh dấu bên dưới.")
        return cleaned

    def intake(self) -> Intake:
        """Return what was typed as the act wants it; only after ``is_valid``."""
        typed = self.cleaned_data
        return Intake(
            desk=self.desk,
            version=self.case.version,
            case=self.case,
            channel=self.channel,
            owner=self._owner(),
            submitter=self._submitter(),
            papers=self._papers(),
            summary=typed["summary"],
            sets=typed["sets"],
            delivery=typed["delivery"],
            delivery_address=typed["delivery_address"],
            note=typed["note"],
        )

    def _owner(self) -> Party:
        typed = self.cleaned_data
        return Party(
            name=typed["owner_name"],
            kind=typed["owner_kind"] or PartyKind.PERSON,
            identity_number=typed["owner_identity"],
            phone=typed["owner_phone"],
            email=typed["owner_email"],
            address=typed["owner_address"],
            commune=typed["owner_commune"],
        )

    def _submitter(self) -> Party | None:
        typed = self.cleaned_data
        if not typed["submitter_name"]:
            return None
        return Party(
            name=typed["submitter_name"],
            identity_number=typed["submitter_identity"],
            phone=typed["submitter_phone"],
            mandate=typed["submitter_mandate"],
        )

    def _papers(self) -> list[HandedPaper]:
        return [
            HandedPaper(
                required=line.paper,
                name=line.name,
                **{column: int(line.counts[part] or 0) for part, column in COUNTS},
            )
            for line in self.lines
            if line.handed and line.name
        ]

    def _lines(self) -> list[PaperLine]:
        lines = [self._listed(paper) for paper in self.case.papers.all()]
        return lines + [self._spare(number) for number in range(SPARE_LINES)]

    def _listed(self, paper: RequiredPaper) -> PaperLine:
        key = f"giay_{paper.pk}"
        counts = {part: str(getattr(paper, column) or "") for part, column in COUNTS}
        if not self.is_bound:
            return PaperLine(key, paper, paper.name, not paper.conditional, counts)
        typed = {part: self.data.get(f"{key}_{part}", "").strip() for part, _ in COUNTS}
        return PaperLine(key, paper, paper.name, key in self.data, typed)

    def _spare(self, number: int) -> PaperLine:
        key = f"them_{number}"
        typed = {part: self.data.get(f"{key}_{part}", "").strip() for part, _ in COUNTS}
        name = self.data.get(f"{key}_ten", "").strip()
        return PaperLine(key, None, name[:500], bool(name), typed)


def _count_ok(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit() and len(text) <= 3)
