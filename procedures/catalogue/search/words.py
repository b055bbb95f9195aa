"""The words of a search: folded, with the marks that were typed, slips of the keyboard undone.

Pure functions, no database. A word is compared in its folded form (``ground.text``); its marks
only decide the order among procedures that hold the same folded words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from khanhson_portal.ground.text import TONES, one_line, search_key

LONGEST_QUERY = 200  # characters; nobody types more, machines do
MOST_WORDS = 16

# Words with which people ask, and which say little of what they ask for.
FILLERS = frozenset([
    "toi", "em", "anh", "chau", "ta", "muon", "xin", "lam", "cho", "cua", "va", "voi", "la", "gi",
    "nao", "nhu", "duoc", "bi", "o", "tai", "khi", "nhieu", "giay", "de", "ra", "phai", "nen", "a",
    "nhe", "len", "bac", "nhung", "cac", "mot", "co",
])  # fmt: skip
_ASKING = [
    "thu tuc hanh chinh", "thu tuc", "ho so", "can giay to gi", "giay to gi", "can nhung gi",
    "can gi", "o dau", "nhu the nao", "the nao", "bao nhieu tien", "bao nhieu", "la gi",
]  # fmt: skip

# What makes a procedure a special case of the plain one that most people come for.
SPECIAL = [
    "lại", "thay đổi", "sửa đổi", "điều chỉnh", "cấp đổi", "đổi", "gia hạn", "thu hồi", "xóa",
    "chấm dứt", "giải thể", "dừng", "tạm ngừng", "hủy", "thoát", "nước ngoài", "lưu động",
    "biên giới", "liên thông", "trung ương", "cấp tỉnh", "hợp nhất", "sáp nhập", "chuyển đổi",
    "miễn nhiệm", "thôi", "hiệu đính", "cập nhật", "ghi vào sổ", "sai sót", "kết hợp", "sau khi",
    "nhu cầu", "thông báo", "hỗ trợ",
]  # fmt: skip

_CHUNK = re.compile(r"[\w\u0300-\u036f]+")
_CODE = re.compile(r"(\d)[. ](\d{6})")
_TELEX_MARKS = [
    ("dd", "d"), ("aa", "a"), ("aw", "a"), ("ee", "e"), ("oo", "o"), ("ow", "o"), ("uw", "u"),
    ("w", "u"),
]  # fmt: skip
_TELEX_TONES = "sfrxj"
_SOUNDS = [
    (re.compile(spelled), heard)
    for spelled, heard in [
        ("^tr", "ch"), ("^x", "s"), ("^(gi|r|v)(?=[aeiouy])", "d"), ("^ngh", "ng"), ("^gh", "g"),
        ("^[kq]", "c"), ("ng$", "n"), ("nh$", "n"), ("c$", "t"), ("y", "i"),
    ]
]  # fmt: skip


@dataclass(frozen=True)
class Word:
    """One typed word; ``marked`` is "" when no mark was typed, for then nothing is known of it."""

    folded: str
    marked: str = ""

    @property
    def is_filler(self) -> bool:
        return self.folded in FILLERS


def words_of(text: str) -> list[Word]:
    """Return the words of a text, folded, with their marks; marks never change their number."""
    chunks = _CHUNK.findall(one_line(text).lower())
    return [word for chunk in chunks for word in _words_in(chunk)]


@lru_cache(maxsize=20_000)  # titles say the same few thousand words over and over
def _words_in(chunk: str) -> tuple[Word, ...]:
    folded = search_key(chunk).split()
    if len(folded) != 1:
        return tuple(map(Word, folded))
    marked = marked_key(chunk)
    number = folded[0].isdigit() and (folded[0].lstrip("0") or "0")  # "02" is "2"
    return (Word(number or folded[0], "" if marked == folded[0] else marked),)


def query_words(text: str) -> list[Word]:
    """Return what a search asks for: what merely says "the procedure of" is left out."""
    words = words_of(text[:LONGEST_QUERY])[:MOST_WORDS]
    for phrase in map(str.split, _ASKING):
        shorter = _without(words, phrase)
        words = shorter or words
    return words


def code_in(text: str) -> str:
    """Return the national code that a search consists of, "" when it is none."""
    found = _CODE.fullmatch(one_line(text[:LONGEST_QUERY]))
    return f"{found[1]}.{found[2]}" if found else ""


def phrase_key(text: str) -> str:
    """Return a phrase as searches are compared with it: folded, without the words of asking."""
    words = [word.folded for word in words_of(text)]
    telling = [word for word in words if word not in FILLERS]
    return " ".join(telling or words)[:120]


def marked_key(word: str) -> str:
    """Return a word with its marks, the tone at the end: "hoà" and "hòa" are one, "hoa" another."""
    letters, tone = [], 0
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in TONES and char:
            tone = TONES[char]
        else:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if plain.endswith("y") and search_key(plain).endswith("i"):
        plain = plain[:-1] + "i"
    return f"{plain}{tone}" if tone else plain


def sound(word: str) -> str:
    """Return what a folded word sounds like: "chu" and "tru", "xuat" and "suat" are one."""
    for spelled, heard in _SOUNDS:
        word = spelled.sub(heard, word)
    return word


def untelexed(word: str) -> str:
    """Return a word typed by Telex with the input method off ("ddawng" is "dang"), else ""."""
    plain = word[:-1] if len(word) > 2 and word[-1] in _TELEX_TONES else word
    for keys, letter in _TELEX_MARKS:
        plain = plain.replace(keys, letter)
    plain = search_key(plain)
    return plain if plain != word else ""


def _without(words: list[Word], phrase: list[str]) -> list[Word]:
    folded = [word.folded for word in words]
    for at in range(len(words) - len(phrase) + 1):
        if folded[at : at + len(phrase)] == phrase:
            return words[:at] + words[at + len(phrase) :]
    return words
