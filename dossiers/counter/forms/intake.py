"""The intake form: one page, one column; papers and fees come from the procedure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Self

from django import forms
from django.forms.utils import ErrorDict

from dossiers.acts import Intake
from dossiers.counter.forms.fee_lines import collected_fees, fee_lines
from dossiers.counter.forms.paper_lines import handed_papers, paper_lines
from dossiers.counter.forms.people import IdentityField, NameField, PhoneField
from dossiers.models import Delivery, Dossier, Party, PartyKind, Slip
from khanhson_portal.ground.moments import LOCAL
from khanhson_portal.ground.presses import PressField
from procedures.catalogue import Channel, ProcedureCase
from procedures.offices import Agency, AgencyKind, Level, Officer

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
RELATIONS = [
    ("", "Chưa ghi"),
    ("Người được ủy quyền", "Người được ủy quyền"),
    ("Người đại diện theo pháp luật", "Người đại diện theo pháp luật"),
    ("Người nhà", "Người nhà (cha, mẹ, vợ, chồng, con …)"),
    ("Người giám hộ", "Người giám hộ"),
]
SEXES = [("", "Chưa ghi"), ("nam", "Nam"), ("nữ", "Nữ")]
CONSENT = "Đồng ý để quầy dùng lại thông tin này cho lần sau"


class IntakeForm(forms.Form):
    nonce = PressField()
    owner_name = NameField(
        label="Chủ hồ sơ",
        max_length=200,
        help_text="Họ và tên, hoặc tên tổ chức, đúng như trên giấy tờ; hoặc quét mã QR trên thẻ",
        error_messages={"required": "Nhập họ tên chủ hồ sơ."},
        widget=forms.TextInput(attrs=PLAIN),
    )
    owner_kind = forms.ChoiceField(
        label="Chủ hồ sơ là", choices=PartyKind.choices, initial=PartyKind.PERSON, required=False
    )
    owner_identity = IdentityField(label="Số căn cước, CMND, hộ chiếu hoặc mã số thuế")
    owner_phone = PhoneField(label="Điện thoại")
    owner_birth = forms.CharField(
        label="Ngày hoặc năm sinh", max_length=20, required=False, widget=forms.TextInput(PLAIN)
    )
    owner_sex = forms.ChoiceField(label="Giới tính", choices=SEXES, required=False)
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
    owner_reuse = forms.BooleanField(label=CONSENT, required=False)
    submitter_name = NameField(
        label="Người nộp, nếu khác chủ hồ sơ",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    submitter_identity = IdentityField(label="Số giấy tờ của người nộp")
    submitter_phone = PhoneField(label="Điện thoại người nộp")
    submitter_relation = forms.ChoiceField(
        label="Người nộp là gì của chủ hồ sơ", choices=RELATIONS, required=False
    )
    submitter_mandate = forms.CharField(
        label="Giấy ủy quyền, giấy giới thiệu",
        max_length=200,
        required=False,
        help_text="Số, ngày, nơi chứng thực",
    )
    submitter_reuse = forms.BooleanField(label=CONSENT, required=False)
    helped = forms.BooleanField(
        label="Cán bộ nộp hộ: bà con nhờ tôi khai thay và đã đồng ý", required=False
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
    notify_wish = forms.ChoiceField(
        label="Báo tin khi có kết quả",
        choices=[("", "Không cần"), *Dossier._meta.get_field("notify_wish").choices],  # type: ignore[misc]
        required=False,
    )
    note = forms.CharField(label="Ghi chú in trên giấy tiếp nhận", max_length=300, required=False)

    def __init__(
        self,
        data: Any,
        *,
        desk: Agency,
        case: ProcedureCase,
        channel: str,
        officer: Officer,
        day: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.desk, self.case, self.channel, self.officer = desk, case, channel, officer
        self._name_communes(day)
        self.lines = paper_lines(case, self.data if self.is_bound else None)
        self.fee_lines = fee_lines(case, channel, self.data if self.is_bound else None)
        for field in self.fields.values():
            field.quiet = True  # type: ignore[attr-defined]  # one field is required, it says so
            field.widget.attrs.pop("maxlength", None)  # a scanner types past it; clean() tells

    def _name_communes(self, day: date) -> None:
        communes = Agency.objects.in_force(day).filter(
            kind=AgencyKind.COMMITTEE, level=Level.COMMUNE
        )
        self.fields["owner_commune"].queryset = communes  # type: ignore[attr-defined]
        self.fields["owner_commune"].label_from_instance = (  # type: ignore[attr-defined]
            lambda agency: agency.short_name
        )
        if self.desk.level == Level.COMMUNE:
            self.initial.setdefault("owner_commune", self.desk.parent_id)

    def unjudged(self) -> Self:
        """Show what was typed without a word about mistakes: nobody asked to save it yet."""
        self._errors = ErrorDict()
        return self

    @property
    def helps(self) -> bool:
        """Whether an officer may type this one for the citizen: what citizens file online."""
        return self.channel == Channel.ONLINE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("delivery") == Delivery.POST and not cleaned.get("delivery_address"):
            self.add_error("delivery_address", "Ghi địa chỉ để bưu chính phát kết quả.")
        self._check_submitter(cleaned)
        self._check_wish(cleaned)
        for paper in self.lines:
            paper.check()
        for fee in self.fee_lines:
            fee.check()
        if any(line.error for line in self.lines):
            self.add_error(None, "Xem lại số lượng giấy tờ được đánh dấu bên dưới.")
        if any(line.error for line in self.fee_lines):
            self.add_error(None, "Xem lại phí, lệ phí được đánh dấu bên dưới.")
        return cleaned

    def _check_submitter(self, typed: dict[str, Any]) -> None:
        named = bool(typed.get("submitter_name")) or "submitter_name" in self.errors
        if typed.get("owner_kind") == PartyKind.ORGANISATION and not named:
            self.add_error("submitter_name", "Tổ chức cần người đại diện: ghi họ tên người nộp.")
        elif (typed.get("submitter_identity") or typed.get("submitter_phone")) and not named:
            self.add_error("submitter_name", "Ghi họ tên người nộp.")
        proxy = typed.get("submitter_relation") == "Người được ủy quyền"
        if named and proxy and not typed.get("submitter_mandate"):
            self.add_error("submitter_mandate", "Ghi số, ngày của giấy ủy quyền.")

    def _check_wish(self, typed: dict[str, Any]) -> None:
        wish = typed.get("notify_wish")
        phones = [typed.get("submitter_phone"), typed.get("owner_phone")]
        if wish == "email" and not typed.get("owner_email") and "owner_email" not in self.errors:
            self.add_error("owner_email", "Nhập thư điện tử để báo tin.")
        bad_phone = {"owner_phone", "submitter_phone"} & set(self.errors)
        if wish == "phone" and not any(phones) and not bad_phone:
            self.add_error("owner_phone", "Nhập số điện thoại để báo tin.")

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
            papers=handed_papers(self.lines),
            fees=collected_fees(self.fee_lines),
            helper=self.officer if self.helps and typed["helped"] else None,
            summary=typed["summary"],
            sets=typed["sets"],
            delivery=typed["delivery"],
            delivery_address=typed["delivery_address"],
            notify_wish=typed["notify_wish"],
            note=typed["note"],
        )

    def _owner(self) -> Party:
        typed = self.cleaned_data
        return Party(
            name=typed["owner_name"],
            kind=typed["owner_kind"] or PartyKind.PERSON,
            identity_number=typed["owner_identity"],
            birth=typed["owner_birth"],
            sex=typed["owner_sex"],
            phone=typed["owner_phone"],
            email=typed["owner_email"],
            address=typed["owner_address"],
            commune=typed["owner_commune"],
            reuse_consent=typed["owner_reuse"],
        )

    def _submitter(self) -> Party | None:
        """Return the submitter's row, None where owner and submitter are one person."""
        typed = self.cleaned_data
        number = typed["submitter_identity"]
        same = typed["submitter_name"] == typed["owner_name"] and number == typed["owner_identity"]
        if not typed["submitter_name"] or same:
            return None
        return Party(
            name=typed["submitter_name"],
            identity_number=number,
            phone=typed["submitter_phone"],
            relation=typed["submitter_relation"],
            mandate=typed["submitter_mandate"],
            reuse_consent=typed["submitter_reuse"],
        )


class LateIntakeForm(IntakeForm):
    """Nhập bù: the same, for a paper slip of a power cut, with its true time and the reason."""

    late_time = forms.TimeField(
        label="Giờ nhận ghi trên phiếu",
        error_messages={
            "required": "Ghi giờ nhận thật trên phiếu.",
            "invalid": "Giờ viết như 9:30 hoặc 14h05.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    late_reason = forms.CharField(
        label="Vì sao nhập bù",
        max_length=300,
        error_messages={"required": "Ghi vì sao nhập bù, ví dụ mất điện từ giờ nào."},
    )

    def __init__(self, data: Any, *, slip: Slip, **options: Any) -> None:
        self.slip = slip
        super().__init__(data, **options)
        self.order_fields(["nonce", "late_time", "late_reason"])

    def intake(self) -> Intake:
        """Return the same with the slip, its true time of reception and the reason why."""
        typed = self.cleaned_data
        received_at = datetime.combine(self.slip.batch.day, typed["late_time"], LOCAL)
        reason = typed["late_reason"]
        return replace(super().intake(), received_at=received_at, slip=self.slip, reason=reason)
