"""Numbers, money, dates and times as official papers write them.

Source: domain rules of printouts (NĐ 30/2020/NĐ-CP): day below 10 and months 1 and 2 take a
leading zero, months 3 to 9 do not; amounts are also written out in words.
"""

from __future__ import annotations

from datetime import date, datetime, time

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
GROUPS = ["", "nghìn", "triệu", "tỷ"]
WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


def number(value: int) -> str:
    """Return 1234567 as "1.234.567"."""
    return f"{value:,}".replace(",", ".")


def money(dong: int) -> str:
    """Return an amount in đồng: 50000 as "50.000 đồng"."""
    return f"{number(dong)} đồng"


def money_in_words(dong: int) -> str:
    """Return an amount in đồng as receipts spell it: 20000 as "Hai mươi nghìn đồng"."""
    words = number_in_words(dong)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(value: int) -> str:
    """Return a whole number in Vietnamese words: 1001 as "một nghìn không trăm linh một".

    Raises ValueError below zero and from 10**18 on.
    """
    if not 0 <= value < 10**18:
        raise ValueError(f"not a number that papers spell out: {value}")
    if value >= 10**9:
        billions, rest = divmod(value, 10**9)
        head = f"{number_in_words(billions)} tỷ"
        return f"{head} {_below_billion(rest, full=True)}" if rest else head
    return _below_billion(value, full=False) or DIGITS[0]


def _below_billion(value: int, *, full: bool) -> str:
    """Spell 0 ≤ value < 10**9; ``full`` says that higher digits stand before it."""
    words: list[str] = []
    for power in (2, 1, 0):
        group = value // 1000**power % 1000
        if group:
            spelled = _three_digits(group, full=full or bool(words))
            words.append(f"{spelled} {GROUPS[power]}".strip())
    return " ".join(words)


def _three_digits(group: int, *, full: bool) -> str:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        if ones:
            words.append(f"linh {DIGITS[ones]}" if words else DIGITS[ones])
        return " ".join(words)
    words.append("mười" if tens == 1 else f"{DIGITS[tens]} mươi")
    if ones:
        words.append(_ones_after_tens(tens, ones))
    return " ".join(words)


def _ones_after_tens(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    if ones == 1 and tens > 1:
        return "mốt"
    return DIGITS[ones]


def short_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def day_and_month(day: date) -> str:
    """Return 30/4 without leading zeros, as people say it."""
    return f"{day.day}/{day.month}"


def official_date(day: date) -> str:
    """Return "ngày 05 tháng 02 năm 2019" and "ngày 23 tháng 5 năm 2018"."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def official_time(moment: datetime | time) -> str:
    """Return "14 giờ 30 phút"; whole hours as "17 giờ 00 phút"."""
    return f"{moment.hour} giờ {moment.minute:02} phút"


def official_moment(moment: datetime) -> str:
    """Return "9 giờ 12 phút, ngày 16 tháng 4 năm 2018"; ``moment`` is local time."""
    return f"{official_time(moment)}, {official_date(moment.date())}"


def hour(moment: datetime | time) -> str:
    """Return an hour as people say it: "17 giờ", "11 giờ 30"."""
    return f"{moment.hour} giờ" + (f" {moment.minute:02}" if moment.minute else "")


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def listing(parts: list[str]) -> str:
    """Join as speech does: "a, b và c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"
