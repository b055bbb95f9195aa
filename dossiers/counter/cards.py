"""The text behind the QR code of an identity card, as a scanner types it; and what looks wrong.

``số căn cước|số CMND|họ tên|ngày sinh|giới tính|nơi thường trú|ngày cấp``, dates as ddmmyyyy, the
CMND often empty, newer cards with more at the end. A Vietnamese input method that is left on
spoils what a scanner types; that is told, not guessed around. Pure functions, no database.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from khanhson_portal.ground.text import fold, one_line

SEPARATOR = "|"
FIELDS = 7  # what every card has; whatever follows is ignored
SEXES = {"nam": "nam", "nu": "nữ"}
SWITCH_OFF = "Tắt bộ gõ (chữ V hoặc E ở góc màn hình) rồi quét lại"
TONES = "\u0300\u0301\u0303\u0309\u0323"
# digits of VNI; keys of Telex where no Vietnamese or Raglai name has them (Jút and Katơr do pass)
INPUT_KEYS = re.compile(r"\d|[aeiouy][a-z]*[fjwz]|[aeiouy][a-z]*x$|aa|ee|dd")


@dataclass(frozen=True)
class Card:
    """One card as read. ``birth`` and ``issued`` are dd/mm/yyyy, or "" when unreadable."""

    number: str
    name: str
    birth: str
    sex: str
    address: str
    issued: str
    old_number: str = ""


@dataclass(frozen=True)
class Scan:
    """What was found in a field: the text before the scan, the card, and sentences to show.

    ``card`` None says that a scan came, too spoiled to use.
    """

    before: str
    card: Card | None
    warnings: list[str] = field(default_factory=list)


def find(text: str) -> Scan | None:
    """Return the scan typed into a field, None for ordinary typing.

    Three separators are enough to know a scanner: nobody types them.
    """
    if text.count(SEPARATOR) < 3:
        return None
    head, rest = text.split(SEPARATOR, 1)
    number = re.search(r"\d{12}$", head.strip(), re.ASCII)
    parts = [one_line(part) for part in rest.split(SEPARATOR)]
    if number is None or len(parts) < FIELDS - 1 or not parts[1]:
        return Scan(re.sub(r"\S*$", "", head).strip(), None, [_unreadable(number is not None)])
    card = Card(
        number=number.group(),
        old_number=parts[0],
        name=parts[1],
        birth=_day(parts[2]),
        sex=SEXES.get(fold(parts[3]), ""),
        address=parts[4],
        issued=_day(parts[5]),
    )
    return Scan(
        head.strip()[:-12].strip(),
        card,
        [*_damage(card, parts), *doubts(card.number, card.birth, card.sex)],
    )


def doubts(number: str, birth: str, sex: str) -> list[str]:
    """Return what disagrees between a 12-digit number and the birth and sex beside it.

    Warnings only: civil status is corrected at times. The fourth digit tells century and sex, the
    next two the year of birth. ``birth`` ends in the year; "" and anything unreadable say nothing.
    """
    found = []
    century_and_sex, year = int(number[3]), number[4:6]
    if sex and century_and_sex <= 5 and (century_and_sex % 2 == 1) != (sex == "nữ"):
        kind = "nữ" if century_and_sex % 2 else "nam"
        found.append(f"Số căn cước {number} là của {kind}, giới tính ghi {sex}: xem lại thẻ.")
    if re.search(r"(^|\D)\d{4}$", birth, re.ASCII):
        born = int(birth[-4:])
        if century_and_sex > 5 or 1900 + 100 * (century_and_sex // 2) != born // 100 * 100:
            found.append(f"Thế kỷ trong số căn cước không khớp năm sinh {born}: xem lại thẻ.")
        elif year != f"{born % 100:02}":
            found.append(f"Năm sinh trong số căn cước (…{year}) không khớp {born}: xem lại thẻ.")
    return found


def _damage(card: Card, parts: list[str]) -> list[str]:
    """Return one sentence when the letters look as an input method leaves them."""
    spoiled = [word for word in card.name.split() if _is_spoiled(word)]
    if spoiled or (parts[3] and not card.sex) or (parts[2] and not card.birth):
        what = f"“{' '.join(spoiled)}”" if spoiled else f"“{parts[3]}”, “{parts[2]}”"
        return [
            f"Bộ gõ tiếng Việt đang bật nên chữ trên thẻ bị sai ({what}). "
            f"{SWITCH_OFF}, hoặc sửa tay cho đúng thẻ."
        ]
    return []


def _is_spoiled(word: str) -> bool:
    """Whether a word of a name carries keys of Telex or VNI, or two tones in one syllable."""
    tones = sum(char in TONES for char in unicodedata.normalize("NFD", word))
    return tones > 1 or bool(INPUT_KEYS.search(fold(word)))


def _unreadable(has_number: bool) -> str:
    why = "thiếu phần sau" if has_number else "không thấy đủ 12 số ở đầu"
    return (
        f"Không đọc được thẻ vừa quét ({why}). Bộ gõ tiếng Việt đang bật hoặc máy quét gửi thiếu "
        f"chữ. {SWITCH_OFF}; chưa được thì nhập tay."
    )


def _day(text: str) -> str:
    """Return 17041990 as "17/04/1990"; a year alone stays; anything else is ""."""
    digits = text.replace("/", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit():
        return ""
    if len(digits) == 4:
        return digits
    try:
        day = (
            date(int(digits[4:8]), int(digits[2:4]), int(digits[:2])) if len(digits) == 8 else None
        )
    except ValueError:
        return ""
    return f"{day:%d/%m/%Y}" if day else ""
