"""Whom the desk already knows, and what looks wrong in what was typed of somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict

from dossiers.acts import Hand, visits
from dossiers.counter import cards
from dossiers.counter.forms import filling
from dossiers.counter.forms.people import clean_identity
from dossiers.models import Dossier, Party


@dataclass
class Notice:
    """One thing to tell beside a part of the form; ``party`` is somebody to use again."""

    part: str
    words: str = ""
    warnings: list[str] = field(default_factory=list)
    party: Party | None = None
    dossier: Dossier | None = None

    @classmethod
    def of_scan(cls, filled: filling.Filled) -> Notice:
        words = f"Đã đọc thẻ của {filled.name}." if filled.name else ""
        return cls(filled.part, words, filled.warnings)

    @classmethod
    def nobody(cls, part: str) -> Notice:
        return cls(part, "Quầy chưa có thông tin được phép dùng lại của số này.")

    @classmethod
    def reused(cls, part: str, party: Party) -> Notice:
        return cls(part, f"Đã điền thông tin của {party.name}. Hỏi lại xem còn đúng không.")


def doubts(part: str, typed: QueryDict) -> list[Notice]:
    """Return what disagrees between a typed 12-digit number, the birth and the sex beside it."""
    number = typed.get(f"{part}_identity", "").replace(" ", "")
    if not re.fullmatch(r"\d{12}", number, re.ASCII):
        return []
    birth, sex = typed.get(f"{part}_birth", ""), typed.get(f"{part}_sex", "")
    found = cards.doubts(number, birth.strip(), sex)
    return [Notice(part, warnings=found)] if found else []


def offer(part: str, typed: str, hand: Hand) -> list[Notice]:
    """Return the offer to use a known person's data again; nothing for an unknown number."""
    try:
        number = clean_identity(typed)
    except ValidationError:
        return []  # a half-typed number is nobody's yet
    found = visits.known_person(number, hand)
    return [Notice(part, party=found[0], dossier=found[1])] if found else []
