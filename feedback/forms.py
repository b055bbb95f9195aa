"""What a sender writes, and what the office adds to a case; every refusal says how to mend it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core import signing

from dossiers.lookup import normal_code
from dossiers.models import Dossier
from feedback import acts
from feedback.acts.taking import LONGEST
from feedback.models import CaseKind, Via
from khanhson_portal.ground.presses import PressField
from khanhson_portal.ground.text import one_line, tidy
from procedures.catalogue import Procedure
from procedures.offices import Agency

SALT = "phan-anh"
QUICKEST = timedelta(seconds=4)  # nobody reads the form and writes two lines in less
AREA = {"rows": 6}


class LetterForm(forms.Form):
    """Gửi phản ánh: without an account; a name only where the kind needs one."""

    nonce = PressField()
    kind: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Ông/bà muốn nói về điều gì?",
        queryset=None,
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn một loại.", "invalid_choice": "Chọn một loại."},
    )
    agency: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Nơi nào?",
        queryset=None,
        to_field_name="slug",
        empty_label="Chọn nơi",
        error_messages={"required": "Chọn nơi ông/bà muốn nói đến."},
    )
    title = forms.CharField(
        label="Tóm tắt một dòng",
        max_length=200,
        error_messages={"required": "Ghi một dòng: việc gì, ở đâu."},
    )
    text = forms.CharField(
        label="Nội dung",
        max_length=LONGEST,
        widget=forms.Textarea(attrs=AREA),
        error_messages={
            "required": "Ghi việc đã xảy ra, hoặc điều ông/bà đề nghị.",
            "max_length": f"Nội dung dài quá {LONGEST} chữ cái: rút gọn rồi gửi lại.",
        },
    )
    dossier_code = forms.CharField(label="Mã hồ sơ, nếu có", max_length=60, required=False)
    procedure = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    about_officer = forms.CharField(
        label="Về cán bộ nào, nếu biết", max_length=200, required=False,
        help_text="Tên trên biển, hoặc số quầy",
    )  # fmt: skip
    complaint = forms.ChoiceField(
        label="Ông/bà có khiếu nại một quyết định, hay tố cáo ai vi phạm pháp luật không?",
        choices=[("khong", "Không"), ("co", "Có")],
        initial="khong",
        widget=forms.RadioSelect,
        help_text="Khiếu nại, tố cáo có đường riêng theo luật; phản ánh này không thay cho đơn.",
    )
    name = forms.CharField(label="Họ và tên", max_length=200, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    email = forms.EmailField(
        label="Thư điện tử", required=False,
        error_messages={"invalid": "Thư điện tử có dạng ten@noi-gui.vn."},
    )  # fmt: skip
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    consents = forms.BooleanField(
        label="Đồng ý để cơ quan công bố câu hỏi và trả lời, không có tên tôi", required=False
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people leave it empty
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, day: date, now: datetime, initial: Any = None) -> None:
        stamp = signing.dumps(now.timestamp(), salt=SALT)
        super().__init__(data, initial={"opened": stamp, **(initial or {})})
        self.now = now
        self.fields["kind"].queryset = CaseKind.objects.in_force(day)  # type: ignore[attr-defined]
        self.fields["agency"].queryset = agencies_in_force(day)  # type: ignore[attr-defined]
        self.fields["agency"].label_from_instance = str  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = tidy(self.cleaned_data["text"])
        if len(text) < 15:
            raise forms.ValidationError("Ghi rõ hơn: việc gì, khi nào, ở đâu.")
        return text

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_dossier_code(self) -> str:
        return normal_code(self.cleaned_data["dossier_code"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind and not kind.anonymous:
            for field, words in (("name", "họ tên"), ("address", "địa chỉ")):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, f"“{kind.name}” cần {words} của người gửi.")
        return cleaned

    @property
    def looks_made(self) -> bool:
        """Whether a machine filled it in: the hidden box is filled, or nobody had time to read."""
        if self.cleaned_data.get("website"):
            return True
        try:
            opened = signing.loads(self.cleaned_data.get("opened", ""), salt=SALT, max_age=86_400)
        except signing.BadSignature:
            return False  # an old page is no machine
        return self.now.timestamp() - float(opened) < QUICKEST.total_seconds()

    def letter(self, via: Via) -> acts.Letter:
        """Return what was written; only after ``is_valid``. An unknown code is kept in the text."""
        typed = self.cleaned_data
        code = typed["dossier_code"]
        dossier = Dossier.objects.filter(code=code).first() if code else None
        procedure = Procedure.objects.filter(code=typed["procedure"]).first()
        text = typed["text"]
        if code and dossier is None:
            text = f"{text}\n\n(Mã hồ sơ người gửi ghi: {code})"
        return acts.Letter(
            kind=typed["kind"],
            agency=typed["agency"],
            title=typed["title"],
            text=text,
            via=via,
            name=one_line(typed["name"]),
            phone=one_line(typed["phone"]),
            email=typed["email"],
            address=one_line(typed["address"]),
            consents=typed["consents"],
            about_officer=one_line(typed["about_officer"]),
            dossier=dossier,
            procedure=procedure,
            is_complaint=typed["complaint"] == "co",
        )


class CallForm(forms.Form):
    """Ghi cuộc gọi in twenty seconds: what about, what was said, how to reach the caller."""

    nonce = PressField()
    kind: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Loại", queryset=None, empty_label=None
    )
    text = forms.CharField(
        label="Người gọi nói gì", widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST,
        error_messages={"required": "Ghi điều người gọi nói."},
    )  # fmt: skip
    phone = forms.CharField(label="Số gọi lại, tên", max_length=200, required=False)
    agency: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Về nơi nào", queryset=None, empty_label=None
    )
    via = forms.ChoiceField(
        label="Nhận bằng", choices=[(w.value, w.label) for w in (Via.PHONE, Via.PAPER)]
    )

    def __init__(self, data: Any, *, day: date, places: set[int]) -> None:
        super().__init__(data)
        self.fields["kind"].queryset = CaseKind.objects.in_force(day)  # type: ignore[attr-defined]
        agencies = agencies_in_force(day)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        mine = agencies.filter(pk__in=places).first()
        self.initial["agency"] = mine.pk if mine else None

    def letter(self) -> acts.Letter:
        typed = self.cleaned_data
        text = tidy(typed["text"])
        return acts.Letter(
            kind=typed["kind"],
            agency=typed["agency"],
            title=one_line(text)[:120],
            text=text,
            via=Via(typed["via"]),
            name=one_line(typed["phone"]),
            address="" if typed["kind"].anonymous else "ghi qua điện thoại",
        )


def agencies_in_force(day: date) -> Any:
    return Agency.objects.in_force(day).select_related("parent").order_by("level", "name")
