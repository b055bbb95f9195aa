"""Vietnamese text: compared without marks, sorted as people sort."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khanhson_portal.ground.text import (
    fold,
    name_sort_key,
    one_line,
    search_key,
    sort_key,
    tidy,
)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Đăng ký khai sinh", "dang ki khai sinh"),
        ("dang ky khai sinh", "dang ki khai sinh"),
        ("hoà giải", "hoa giai"),
        ("hòa giải", "hoa giai"),
        ("Khánh Hoà", "khanh hoa"),
        ("thuý", "thuy"),
        ("Mỹ", "mi"),
        ("Mĩ", "mi"),
        ("quý", "qui"),
        ("giấy", "giay"),  # not "giai": only a lonely y is an i
        ("GCN  QSDĐ", "gcn qsdd"),
        ("Katơr", "kator"),
    ],
)
def test_spellings_of_one_word_have_one_key(typed, key):
    assert search_key(typed) == key


@given(st.text())
def test_the_two_unicode_forms_of_a_text_have_one_key(text):
    decomposed, composed = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))

    assert search_key(decomposed) == search_key(composed)


@given(st.text())
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)
    assert one_line(text) == one_line(tidy(text))


def test_tidying_keeps_names_and_line_breaks_and_drops_what_nobody_sees():
    assert tidy(" Bo\u00a0Bo \u200bThị  Nga\r\n\ufeffKatơr ") == "Bo Bo Thị Nga\nKatơr"


@pytest.mark.parametrize(
    "typed",
    ["Mấu\u202e Thị Hoa", "\u2067Mấu Thị Hoa\u2069", "Mấu Thị\u3164 Hoa", "Mấu T\x08hị Hoa",
     "Mấu Thị Hoa\ud800", "M\u200dấu\u061c Thị Hoa\ufe0f\U000e0041"],
)  # fmt: skip
def test_what_turns_hides_or_breaks_a_name_is_not_kept(typed):
    assert one_line(typed) == "Mấu Thị Hoa"


def test_folding_knows_that_đ_does_not_decompose():
    assert fold("Đường đi Đắk") == "duong di dak"


def test_words_sort_by_the_vietnamese_alphabet_then_by_tone():
    words = ["Đất", "Dân", "Ân", "Ăn", "An", "Ánh", "Ô", "O", "Ơ", "xã", "xa", "2 cấp"]

    assert sorted(words, key=sort_key) == [
        "2 cấp", "An", "Ánh", "Ăn", "Ân", "Dân", "Đất", "O", "Ô", "Ơ", "xa", "xã",
    ]  # fmt: skip


def test_people_are_found_by_their_last_word():
    names = ["Nguyễn Văn Tâm", "Bo Bo Thị An", "Chamaléa Thị Bích"]

    assert sorted(names, key=name_sort_key) == [
        "Bo Bo Thị An",
        "Chamaléa Thị Bích",
        "Nguyễn Văn Tâm",
    ]
