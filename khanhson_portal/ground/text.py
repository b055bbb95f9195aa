"""Vietnamese text: kept as typed, compared without marks, sorted by the Vietnamese alphabet.

Pure functions, no database. What is stored for people to read goes through ``tidy``; what is
stored for searching goes through ``search_key``; what is stored for sorting through ``sort_key``.
"""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # à ả ã á ạ

_SPACES = re.compile(r"[^\S\n]+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_LONELY_Y = re.compile(r"\b(qu|[bcdghklmnprstvx]+)y\b")
# What no reader sees but what turns, hides or breaks what they read: control characters that are no
# spaces, marks of direction (U+202E shows "fdp.exe" as "exe.pdf"), fillers, tags, halves of pairs.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)


def tidy(text: str) -> str:
    """Return ``text`` in NFC, with ordinary single spaces and no invisible characters.

    Line breaks stay; capitals, hyphens and apostrophes stay (Raglai names keep their form).
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\r\n", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()


def one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def fold(text: str) -> str:
    """Return ``text`` in lower case without marks; đ becomes d (it does not decompose)."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def search_key(text: str) -> str:
    """Return the form in which two spellings of one word are equal.

    "Hoà", "hòa" and "HOA" give "hoa"; "kỳ" and "kì" give "ki"; punctuation gives one space.
    """
    words = _NOT_WORD.sub(" ", fold(tidy(text))).strip()
    return _LONELY_Y.sub(r"\1i", words)


def sort_key(text: str) -> str:
    """Return a key that byte order sorts as the Vietnamese alphabet: letters first, then tones.

    Stored in a column with ``db_collation="C"``, because no server-side collation can be relied on.
    """
    letters: list[str] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", one_line(text).lower()):
        if char in TONES and char:
            if tones:
                tones[-1] = TONES[char]
        elif unicodedata.combining(char) and letters:
            whole = unicodedata.normalize("NFC", letters[-1] + char)
            letters[-1] = whole if whole in ALPHABET else letters[-1]
        else:
            letters.append(char)
            tones.append(0)
    return "".join(map(_rank, letters)) + "\x01" + "".join(map(str, tones))


def _rank(letter: str) -> str:
    """Return one byte-ordered character per letter: digits stay below letters."""
    return chr(0x61 + ALPHABET.index(letter)) if letter in ALPHABET else letter[:1]


def name_sort_key(name: str) -> str:
    """Return the sort key of a person's name: people look for the last word (tên) first."""
    words = one_line(name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]]))
