"""Amounts as people type them, whole đồng, grouped or not; ``words.money`` writes them."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from khanhson_portal.ground.text import one_line
from khanhson_portal.ground.words import money, number

MOST = 1_000_000_000  # đồng; beyond it a zero too many is likelier
_UNIT = re.compile(r"\s*(đồng|đ|vnđ|vnd)\.?$")
_WRITTEN = re.compile(r"\d+|\d{1,3}([ .,]\d{3})+", re.ASCII)


class NotMoney(ValueError):
    """Text that is no amount; ``str()`` says how to write one."""


def read(text: str, *, most: int = MOST) -> int | None:
    """Return whole đồng from "50.000", "50 000 đ" or "50000", None for nothing. Raises NotMoney."""
    plain = _UNIT.sub("", one_line(text).lower())
    if not plain:
        return None
    if not _WRITTEN.fullmatch(plain):
        raise NotMoney("Số tiền viết bằng đồng, ví dụ 50.000.")
    amount = int(re.sub(r"\D", "", plain)[:20])
    if amount > most:
        raise NotMoney(f"Số tiền lớn hơn {money(most)}: xem lại số chữ số 0.")
    return amount


class MoneyField(forms.CharField):
    """A box for an amount above 0; gives whole đồng, or None where it may be left empty."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
    default_error_messages = {"required": "Nhập số tiền.", "nothing": "Số tiền phải lớn hơn 0."}

    def __init__(self, *, most: int = MOST, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.most = most

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            amount = read(typed, most=self.most)
        except NotMoney as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if amount == 0:
            raise forms.ValidationError(self.error_messages["nothing"])
        return amount

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) else value
