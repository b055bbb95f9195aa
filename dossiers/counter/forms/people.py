"""Identity numbers, phones and names as people have them: checked gently, never forced."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from khanhson_portal.ground.text import one_line

OLD_MOBILES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def clean_phone(text: str) -> str:
    """Return the digits of a Vietnamese phone number, "" for none.

    Accepts spaces, dots and +84; an 11-digit mobile of before 2018 becomes its new number.
    Raises ValidationError with what is wrong.
    """
    digits = re.sub(r"[^\d+]", "", text)
    if not digits:
        return ""
    digits = re.sub(r"^\+?84(?=\d{9,10}$)", "0", digits).lstrip("+")
    if len(digits) == 11 and digits[:4] in OLD_MOBILES:
        digits = OLD_MOBILES[digits[:4]] + digits[4:]
    if not digits.startswith("0") or len(digits) not in (10, 11):
        raise forms.ValidationError(
            f"Số điện thoại có 10 chữ số, bắt đầu bằng 0; số vừa nhập có {len(digits)}."
        )
    return digits


def clean_identity(text: str) -> str:
    """Return an identity number without spaces, "" for none.

    CMND 9 or 12 digits, căn cước 12, passport a letter and digits, tax number 10 or 10-3.
    """
    number = re.sub(r"[\s.]", "", text).upper()
    if not number or re.fullmatch(r"\d{9}|\d{12}|\d{10}(-\d{3})?|[A-Z]\d{7,8}", number):
        return number
    digits = len(re.sub(r"\D", "", number))
    raise forms.ValidationError(
        f"Số căn cước có 12 chữ số (CMND 9, hộ chiếu một chữ và 7 số); số vừa nhập có {digits}."
    )


class NameField(forms.CharField):
    """One field for the whole name, kept as typed: Bo Bo, Chamaléa, one word, apostrophes."""

    def clean(self, value: str) -> str:
        name = one_line(super().clean(value))
        if name and not any(char.isalpha() for char in name):
            raise forms.ValidationError("Họ tên cần có chữ cái.")
        return name


class PhoneField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "max_length": 30, "required": False, **options})

    def clean(self, value: str) -> str:
        return clean_phone(super().clean(value))


class IdentityField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(**{"widget": widget, "max_length": 40, "required": False, **options})

    def clean(self, value: str) -> str:
        return clean_identity(super().clean(value))
