"""Che trước khi công bố: names, numbers and places found by rules over Vietnamese text.

The rules look at the text without marks, so that "Nguyen Van A" is found like "Nguyễn Văn A". They
propose; a person reads text and masked text side by side before anything is shown.
"""

from __future__ import annotations

import re
import unicodedata

from khanhson_portal.ground.text import fold

HIDDEN = "[đã che]"

HONORIFICS = (
    "ong|ba|anh|chi|co|chu|bac|di|cau|mo|em|chau|thay|ten|ten la|ho ten|ho va ten|toi la|can bo"
    "|cong chuc|chuyen vien|nhan vien|dong chi|d/c|mr|ms"
)
SURNAMES = (
    "Nguyen|Tran|Le|Pham|Hoang|Huynh|Phan|Vu|Vo|Dang|Bui|Do|Ho|Ngo|Duong|Ly|Cao|Mau|Bo Bo|Tro"
    "|Pi Nang|Pinang|Chamalea|Cha Ma Lea|Kator|Ka To|Dinh|Mai|Trinh|To|Luong|Ha|Ta|Thai|Truong|Lam"
    "|Doan|Dao|Tang|Chau|Quach|La|Trieu|Nong|Vi|Luu|Ma|Hua|Giap|Kieu|Dam|Tu|Thach|Son|Y|A"
)
_WORD = r"[A-Z][A-Za-z']*\.?"
_RULES = [
    # mailboxes, also as people spell them out
    r"[\w.+-]+\s*(?:@|\(at\)|\[at\]|\ba cong\b)\s*[\w-]+(?:\s*(?:\.|\bcham\b)\s*[\w-]+)+",
    # number plates
    r"\b\d{2}\s?-?\s?[A-Z][A-Z0-9]?\s?-?\s?\d{3,4}(?:[.\s]?\d{1,2})?\b",
    # phones, identity numbers, accounts: eight digits or more, however they are set apart
    r"(?<![\w])\+?\(?\d(?:[\s.,()/_–-]{0,3}\d){7,18}(?!\w)",
    r"(?i:\b(?:stk|so tai khoan|tai khoan|cmnd|cccd|can cuoc|ho chieu)\b[^\d\n]{0,20})"
    r"\d[\d\s.]{3,}\d",
    r"(?:(?i:khong|mot|hai|ba|bon|nam|sau|bay|tam|chin)[\s,.-]+){7,}"
    r"(?i:khong|mot|hai|ba|bon|nam|sau|bay|tam|chin)\b",
    # where somebody lives
    r"(?i:\b(?:so nha|nha so|hem|ngo|ngach|kiet|duong|pho|thon|to dan pho|khu pho|ap|buon|lang"
    r"|to)\b)"
    rf"\s+(?:\d+[\w/.-]*|{_WORD}(?:\s+{_WORD}){{0,3}})",
    # people: after how they are addressed, or by a family name and what follows it
    rf"(?:(?<=\s)|^|(?<=[\"“(,.:;]))(?i:{HONORIFICS})\s*:?\s+{_WORD}(?:\s+{_WORD}){{0,4}}",
    rf"\b(?:{SURNAMES})(?:\s+{_WORD}){{1,4}}",
    rf"\b(?:{SURNAMES.upper()})(?:\s+[A-Z]{{1,8}}\b){{1,4}}",
]
_ANY = re.compile("|".join(f"(?:{rule})" for rule in _RULES), re.MULTILINE)


def masked(text: str) -> str:
    """Return ``text`` with everything hidden that may tell who it is about."""
    text = unicodedata.normalize("NFC", text)
    plain = "".join(_plain(char) for char in text)
    parts, end = [], 0
    for found in _ANY.finditer(plain):
        parts += [text[end : found.start()], HIDDEN]
        end = found.end()
    return "".join([*parts, text[end:]])


def _plain(char: str) -> str:
    """Return one letter for one: without its marks, its case kept."""
    folded = fold(char)[:1] or char
    return folded.upper() if char.isupper() else folded
