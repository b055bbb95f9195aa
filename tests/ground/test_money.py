"""Amounts are whole đồng, however they are typed, and never a guess."""

from __future__ import annotations

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from khanhson_portal.ground.money import MoneyField, NotMoney, read
from khanhson_portal.ground.words import money


@pytest.mark.parametrize(
    ("text", "amount"),
    [("50.000", 50_000), ("50 000 đồng", 50_000), ("50,000đ", 50_000), ("8000", 8000), ("0", 0)]
    + [("", None), ("   ", None)],
)
def test_money_is_read_as_people_write_it(text, amount):
    assert read(text) == amount


@pytest.mark.parametrize("text", ["50.5", "50k", "-5", "5.00", "1.0000", "٥٠", "9" * 12])
def test_money_that_may_mean_two_things_is_asked_again(text):
    with pytest.raises(NotMoney):
        read(text)


@given(st.integers(0, 10**9))
def test_what_is_written_is_read_back(amount):
    assert read(money(amount)) == amount


class Form(forms.Form):
    amount = MoneyField(label="Số tiền")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Nhập số tiền."),
        ("0", "Số tiền phải lớn hơn 0."),
        ("50k", "Số tiền viết bằng đồng, ví dụ 50.000."),
        ("9" * 39, "Số tiền lớn hơn 1.000.000.000 đồng: xem lại số chữ số 0."),
    ],
)
def test_a_box_for_money_says_how_to_mend_it_and_keeps_what_was_typed(typed, sentence):
    form = Form({"amount": typed})

    assert form.errors["amount"] == [sentence]
    assert f'value="{typed}"' in str(form["amount"]) or not typed


def test_a_box_for_money_gives_dong_and_shows_them_grouped():
    form = Form({"amount": "150 000 đ"})

    assert form.is_valid()
    assert form.cleaned_data["amount"] == 150_000
    assert 'value="150.000"' in str(Form(initial={"amount": 150_000})["amount"])
