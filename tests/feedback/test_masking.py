"""What must never reach a public page, in the ways that people write it."""

from __future__ import annotations

from itertools import product

import pytest

from feedback.masking import HIDDEN, masked

PHONES = [
    "0912345678", "0912 345 678", "0912.345.678", "091-234-5678", "+84 912 345 678",
    "(0258) 3869 123", "0 9 1 2 3 4 5 6 7 8", "84912345678",
    "không chín một hai ba bốn năm sáu bảy tám",
]  # fmt: skip
NAMES = [
    "Nguyễn Văn An", "Mấu Thị Hoa", "Bo Bo Thị Nga", "Cao Lê Minh", "Tro Văn Hai", "Pi Năng Thị Ly",
    "Nguyen Van An", "NGUYỄN VĂN AN", "Katơr Thị Sính", "Chamaléa Thị Bé", "Đinh Văn Chủ",
]  # fmt: skip
OTHERS = [
    "hoa.mau@gmail.com", "hoa . mau @ gmail . com", "hoa (at) gmail.com", "79H1-123.45",
    "79A-12345",
    "056190000123", "056 190 000 123", "STK 12345", "số nhà 12/5 đường Lê Duẩn",
    "thôn Dốc Trầu", "tổ 3", "hẻm 25",
]  # fmt: skip
FRAMES = ["{}", "Gọi cho tôi: {}.", "Tôi tên là {}, xin hỏi", "(xem {})", "liên hệ {} nhé ạ"]


@pytest.mark.parametrize(("planted", "frame"), list(product([*PHONES, *OTHERS], FRAMES)))
def test_numbers_mailboxes_and_places_are_hidden(planted, frame):
    shown = masked(frame.format(planted))

    assert HIDDEN in shown
    digits = [char for char in planted if char.isdigit()]
    assert not digits or planted not in shown


@pytest.mark.parametrize(("name", "frame"), list(product(NAMES, FRAMES)))
def test_names_are_hidden_with_and_without_marks(name, frame):
    shown = masked(frame.format(name))

    assert all(word not in shown.split() for word in name.split()[1:])


@pytest.mark.parametrize(
    "text",
    [
        "Tôi nộp hồ sơ ngày 16/4/2018 mà chưa có kết quả.",
        "Lệ phí 50.000 đồng là đúng hay sai?",
        "Bộ phận một cửa mở cửa lúc 7 giờ 30.",
        "Nghị định 61/2018/NĐ-CP quy định thế nào?",
    ],
)
def test_ordinary_words_stay(text):
    assert masked(text) == text
