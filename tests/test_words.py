"""Numbers, dates and amounts as official papers write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khanhson_portal.ground import words


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (0, "không"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (105, "một trăm linh năm"),
        (1_001, "một nghìn không trăm linh một"),
        (20_000, "hai mươi nghìn"),
        (1_000_000, "một triệu"),
        (1_005_010, "một triệu không trăm linh năm nghìn không trăm mười"),
        (
            999_999_999,
            "chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn "
            "chín trăm chín mươi chín",
        ),
        (2_000_000_005, "hai tỷ không trăm linh năm"),
    ],
)
def test_amounts_are_spelled_as_receipts_want_them(value, spelled):
    assert words.number_in_words(value) == spelled


@given(st.integers(0, 10**12))
def test_every_amount_has_words_of_its_own(value):
    assert words.number_in_words(value) != words.number_in_words(value + 1)


def test_negative_amounts_are_not_spelled():
    with pytest.raises(ValueError, match="-1"):
        words.number_in_words(-1)


def test_money_is_grouped_by_dots():
    assert words.money(1_234_567) == "1.234.567 đồng"
    assert words.money_in_words(20_000) == "Hai mươi nghìn đồng"


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2018, 5, 23), "ngày 23 tháng 5 năm 2018"),
        (date(2019, 2, 5), "ngày 05 tháng 02 năm 2019"),
        (date(2018, 12, 1), "ngày 01 tháng 12 năm 2018"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(day, printed):
    assert words.official_date(day) == printed


def test_lists_are_joined_as_speech_does():
    assert words.listing(["a"]) == "a"
    assert words.listing(["a", "b", "c"]) == "a, b và c"
