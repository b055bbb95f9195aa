"""What a scanner types from the QR code of a card, and how its spoiling is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.counter import cards

CARD = "056190000123||Mấu Thị Hoa|17041990|Nữ|thôn Dốc Trầu, xã Ba Cụm Bắc|25122021"


def test_a_card_without_an_old_number_is_read_whole():
    scan = cards.find(CARD)

    assert scan.card == cards.Card(
        number="056190000123",
        name="Mấu Thị Hoa",
        birth="17/04/1990",
        sex="nữ",
        address="thôn Dốc Trầu, xã Ba Cụm Bắc",
        issued="25/12/2021",
    )
    assert scan.warnings == []


@pytest.mark.parametrize("tail", ["|", "|a|b|c|d|e|f|g|h|i", "||||||||||"])
def test_whatever_a_newer_card_adds_is_ignored(tail):
    assert cards.find(CARD + tail) == cards.find(CARD)


def test_what_stood_in_the_field_before_the_scan_is_kept():
    assert cards.find(f"Cao Văn {CARD}").before == "Cao Văn"
    assert cards.find(f"0912345678{CARD}").before == "0912345678"
    assert cards.find(f"0912345678{CARD}").card.number == "056190000123"


@pytest.mark.parametrize("text", ["", "Mấu Thị Hoa", "thôn A | thôn B", "a|b|c"])
def test_ordinary_typing_is_no_scan(text):
    assert cards.find(text) is None


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Nguyeenx Thij Hoa", "Nữ"),  # keys of Telex
        ("Nguye6n4 Thi5 Hoa", "Nữ"),  # keys of VNI
        ("Mấu Thị Hoa", "Nuwx"),
        ("Mấu Thị Hoạ\u0301", "Nữ"),  # two tones on one syllable
    ],
)
def test_letters_spoiled_by_an_input_method_are_told_and_the_number_is_kept(name, sex):
    scan = cards.find(f"056190000123||{name}|17041990|{sex}|xã Sơn Lâm|25122021")

    assert scan.card.number == "056190000123"
    assert scan.warnings[0].startswith("Bộ gõ tiếng Việt đang bật")


@pytest.mark.parametrize(
    "text", ["a|b|c|d|e", "0561900001||Hoa|1|2|3|4", "056190000123|||", "||||"]
)
def test_a_scan_too_spoiled_to_read_says_what_to_do(text):
    scan = cards.find(text)

    assert scan.card is None
    assert "Bộ gõ tiếng Việt đang bật" in scan.warnings[0]
    assert "nhập tay" in scan.warnings[0]


@pytest.mark.parametrize(
    "name", ["Bo Bo Thị Nga", "Chamaléa Âu", "Katơr Xuân", "Pi Năng Thị Huyền", "H'Wen", "Y Jút"]
)
def test_names_of_the_mountains_are_no_damage(name):
    assert cards.find(f"056190000123||{name}|17041990|Nữ|x|25122021").warnings == []


@pytest.mark.parametrize(
    ("number", "birth", "sex", "words"),
    [
        ("056090000123", "17041990", "Nữ", "là của nam"),
        ("056290000123", "17041990", "Nam", "Thế kỷ"),
        ("056191000123", "17041990", "Nữ", "không khớp 1990"),
        ("056790000123", "17041990", "Nữ", "Thế kỷ"),
    ],
)
def test_a_number_that_disagrees_with_its_card_is_a_warning(number, birth, sex, words):
    scan = cards.find(f"{number}||Mấu Thị Hoa|{birth}|{sex}|x|25122021")

    assert scan.card.number == number
    assert any(words in warning for warning in scan.warnings)


def test_children_of_this_century_agree_with_their_numbers():
    assert cards.find("056315000123||Mấu Thị An|01062015|Nữ|x|25122021").warnings == []
    assert cards.find("056215000123||Mấu Văn An|2015|Nam|x|25122021").warnings == []


@given(st.text(alphabet="|0123456789 aâđƯ\u0301\u0000", max_size=120))
def test_nothing_a_scanner_sends_breaks_the_reader(text):
    scan = cards.find(text)

    assert (scan is None) == (text.count("|") < 3)
