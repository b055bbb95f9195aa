"""What to print of a day: batches through the queue, and lists for handing over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from dossiers.models import BatchKind, FormKind
from dossiers.papers.kinds import LISTS
from khanhson_portal.ground.presses import PressField
from procedures.offices import Agency

KINDS = [
    ("Một tệp nhiều giấy", BatchKind.choices),
    ("Danh sách bàn giao", [(kind.value, kind.label) for kind in LISTS]),
]
NEEDS_AGENCY = {FormKind.HANDOVER_SHEET.value, FormKind.RESULT_HANDOVER.value}


class AgencyField(forms.ModelChoiceField):
    """Agencies under the name people call them by: all desks share one full name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.short_name)


class PrintingForm(forms.Form):
    """Cleans to kind, desk, day, other, year, volume; only what the kind needs is asked for."""

    nonce = PressField()
    kind = forms.ChoiceField(label="In gì", choices=KINDS)
    desk = AgencyField(label="Của bộ phận một cửa", queryset=Agency.objects.none())
    day = forms.DateField(
        label="Ngày", help_text="Ví dụ: 16/04/2018. Sổ theo dõi không cần ngày.", required=False
    )
    other = AgencyField(
        label="Nơi nhận hoặc nơi giao",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="(mọi nơi)",
        help_text="Phiếu bàn giao: nơi nhận hồ sơ, hoặc nơi giao kết quả.",
    )
    year = forms.IntegerField(label="Năm sổ", required=False, min_value=2000, max_value=2100)
    volume = forms.IntegerField(label="Quyển số", required=False, min_value=1, max_value=9999)

    def __init__(self, *args: Any, desks: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.select_related("parent")
        self.fields["desk"].queryset = agencies.desks().filter(pk__in=desks)  # type: ignore[attr-defined]
        committees = set(agencies.filter(pk__in=desks).values_list("parent", flat=True))
        near = Q(pk__in=desks) | Q(parent__in=committees)
        self.fields["other"].queryset = agencies.solving().filter(near)  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        if kind == BatchKind.REGISTER:
            for name, words in [("year", "năm của sổ"), ("volume", "số quyển")]:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"Ghi {words} cần in.")
        elif kind and not data.get("day") and "day" not in self.errors:
            self.add_error("day", "Ghi ngày cần in, ví dụ 16/04/2018.")
        if kind in NEEDS_AGENCY and not data.get("other") and "other" not in self.errors:
            self.add_error("other", "Chọn nơi nhận hồ sơ hoặc nơi giao kết quả.")
        return data
