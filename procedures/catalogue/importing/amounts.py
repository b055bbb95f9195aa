"""Phí, lệ phí as sources print them: whole đồng where that is certain, else the text as it is.

Nothing printed means nothing known, never free. "Miễn phí" is believed unless the note beside it
says that the province sets the fee, or names an amount.
Source: phí and lệ phí of provinces are set by Hội đồng nhân dân cấp tỉnh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khanhson_portal.ground.text import fold, one_line
from khanhson_portal.ground.words import money
from procedures.catalogue import FeeState
from procedures.catalogue.importing.time_limits import NO_INFORMATION

FREE = "Miễn phí"
LONGEST_TEXT = 300  # characters of a fee's source text
SUSPICIOUS = 1_000  # đồng: smaller amounts are real only where the source lost three digits

_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)\s*([^\d\s(].*)")
_DONG = {"vnd", "viet nam dong", "dong", "d"}
_PER = re.compile(r"/\s*([^()]{1,60}?)\s*(\(.*\))?", re.DOTALL)
_COUNCIL = re.compile(r"\b(hội đồng nhân dân|hđnd)\b")
_MONEY = re.compile(r"(?<!kinh )(?<!chi )\bphí\b|\b(mức thu|miễn|usd|vnđ|btc)\b|[0-9] ?đồng\b")
_TIME = re.compile(r"\b(ngày|giờ|tháng|thời hạn|nộp hồ sơ|tiếp nhận)\b")
_LAW_ON_FEES = re.compile(r"^theo (?:quy định|thông tư|nghị định|nghị quyết|luật)|mức thu")
_NAMED = re.compile(
    r"\b([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{3,})\s*(?:đồng|đ\b|VNĐ|VND)", re.IGNORECASE
)


@dataclass(frozen=True)
class Price:
    """One fee cell. ``note`` is what the source prints in brackets behind the amount."""

    state: str = FeeState.UNKNOWN
    amount: int | None = None
    per: str = ""
    note: str = ""
    source_text: str = ""
    doubt: str = ""


def read_price(cell: str, note: str = "", beside: str = "") -> Price:
    """Return the price of a cell such as "50,000 Việt Nam Đồng(/văn bản)".

    ``note`` belongs to the fee, ``beside`` is what else the row says; both are listened to when
    the cell is empty or says "Miễn phí".
    """
    head, brackets = split_brackets(one_line(cell))
    price = _read_head(head)
    if price.state == FeeState.KNOWN and (per := _PER.fullmatch(brackets)):
        price, brackets = replace(price, per=per[1]), bare(per[2] or "")
    if price.source_text and price.state == FeeState.UNKNOWN and brackets.startswith("/"):
        price, brackets = replace(price, source_text=f"{head}({brackets})"), ""
    price = replace(price, note="\n".join(filter(None, [brackets, note])))
    return _listen(price, head, beside)


def split_brackets(text: str) -> tuple[str, str]:
    """Return what stands before the brackets at the end of ``text``, and what they hold."""
    head, opening, _ = text.partition("(")
    if not opening:
        return text, ""
    inside, rest = leading_brackets(text[len(head) :])
    return (head.strip(), inside) if inside and not rest.strip() else (text, "")


def leading_brackets(text: str) -> tuple[str, str]:
    """Return what the brackets that open ``text`` hold, and what follows them.

    Brackets that never close hold nothing that is certain: ("", text).
    """
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return (text[1:at].strip(), text[at + 1 :]) if at else ("", text)
    return "", text


def bare(text: str) -> str:
    """Return ``text`` without the one pair of brackets around the whole of it."""
    inside, rest = leading_brackets(text)
    return inside if inside and not rest.strip() else text


def is_about_fees(note: str) -> bool:
    """Whether a note with no place of its own speaks of money and of nothing else."""
    said = one_line(note).lower()
    return bool(_MONEY.search(said)) and not _TIME.search(said)


def names_council(note: str) -> bool:
    """Whether a note names Hội đồng nhân dân, as notes on fees do where the province sets them."""
    return bool(_COUNCIL.search(one_line(note).lower()))


def _read_head(head: str) -> Price:
    if head in {"", NO_INFORMATION}:
        return Price()
    if head == FREE:
        return Price(FeeState.FREE)
    if len(head) > LONGEST_TEXT:
        return Price(note=head, doubt="ô mức thu là một đoạn văn, giữ nguyên ở mô tả")
    match = _AMOUNT.fullmatch(head)
    if not match:
        return Price(source_text=head, doubt=f"không đọc được mức thu “{head}”")
    if fold(match[2]) not in _DONG:
        return Price(source_text=head, doubt=f"mức thu “{head}” không phải tiền đồng")
    amount = int(re.sub(r"[.,]", "", match[1]))
    if not amount:
        return Price(source_text=head, doubt=f"mức thu “{head}”: không rõ là miễn phí hay bỏ trống")
    if amount < SUSPICIOUS:
        doubt = f"mức thu “{head}” nhỏ bất thường"
        return Price(FeeState.KNOWN, amount, source_text=head, doubt=doubt)
    return Price(FeeState.KNOWN, amount)


def _listen(price: Price, head: str, beside: str) -> Price:
    """Correct what the cell alone would make people believe, by what stands beside it."""
    said = f"{price.note} {beside}"
    if price.state == FeeState.KNOWN:
        others = sorted(_amounts_named(said) - {price.amount})
        if others and not price.doubt:
            listed = ", ".join(map(money, others))
            return replace(price, doubt=f"mức thu “{head}”, nhưng mô tả còn nêu {listed}")
        return price
    if price.source_text:
        return price
    if names_council(price.note) or (names_council(beside) and _MONEY.search(beside.lower())):
        printed = FREE if head == FREE else ""
        doubt = printed and f"ghi “{printed}” nhưng mô tả nói HĐND tỉnh quy định"
        return replace(price, state=FeeState.PROVINCE, source_text=printed, doubt=doubt)
    if price.state == FeeState.FREE and _amounts_named(said):
        doubt = "ghi “Miễn phí” nhưng mô tả nêu mức thu"
        return replace(price, state=FeeState.UNKNOWN, source_text=FREE, doubt=doubt)
    if price.state == FeeState.FREE and _LAW_ON_FEES.search(price.note.lower()):
        return replace(price, doubt="ghi “Miễn phí” nhưng mô tả dẫn quy định về phí, lệ phí")
    return price


def _amounts_named(note: str) -> set[int]:
    """Return the amounts in đồng that a note names."""
    return {int(re.sub(r"[.,]", "", amount)) for amount in _NAMED.findall(note)}
