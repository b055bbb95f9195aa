"""Giấy thật hay giả: the short code on every paper, which a scanner can check without a network.

"00K7-3MQ8T4ZC-W": the number of the paper, eight characters of a keyed hash (40 bits), one check
character that catches a slip of the finger. Letters and digits that look alike are one.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.urls import reverse

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
ALIKE = str.maketrans("ILO", "110")
PROOF = 8  # characters of the keyed hash, five bits each


class WrongCode(Exception):
    """A code that no paper of this portal carries; ``str()`` is a Vietnamese sentence."""


class MadeUp(WrongCode):
    """A code without a slip of the finger that this portal never gave out: a guess or a forgery."""


def code_of(paper_id: int) -> str:
    """Return the code printed on a paper."""
    number = _base32(paper_id).rjust(4, "0")
    proof = _proof(number, settings.SECRET_KEY)
    return f"{number}-{proof}-{_check(number + proof)}"


def address_of(paper_id: int) -> str:
    """Return the address behind the small QR code, where anyone may check the paper."""
    return f"{settings.BASE_URL}{reverse('dossiers:genuine', args=[code_of(paper_id)])}"


def paper_id_of(code: str) -> int:
    """Return the number of the paper behind a code, typed or scanned; needs no database.

    Raises WrongCode: a slip of the finger is told from a code that was made up.
    """
    last = code.strip().rstrip("/").rsplit("/", 1)[-1]
    plain = "".join(char for char in last.upper() if char.isalnum()).translate(ALIKE)
    body, proof, check = plain[: -PROOF - 1], plain[-PROOF - 1 : -1], plain[-1:]
    if not 4 <= len(body) <= 12 or any(char not in ALPHABET for char in plain):
        raise WrongCode("Mã này không đủ hoặc thừa ký tự. Xem lại mã in ở cuối giấy.")
    if check != _check(body + proof):
        raise WrongCode("Mã này có ký tự gõ nhầm. Xem lại từng ký tự in ở cuối giấy.")
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    if not any(hmac.compare_digest(proof, _proof(body, key)) for key in keys):
        raise MadeUp("Mã này không do cổng của cơ quan cấp. Giấy có thể là giấy giả.")
    return _number(body)


def _proof(number: str, key: str) -> str:
    digest = hmac.new(key.encode(), f"paper:{number}".encode(), hashlib.sha256).digest()
    return _base32(int.from_bytes(digest[:5], "big")).rjust(PROOF, "0")


def _check(text: str) -> str:
    """Return a check character that shows any one wrong character and any two swapped neighbours.

    Weights are odd, so invertible modulo 32; neighbours differ by two: a swap of characters 16
    apart alone could pass, the keyed hash catches that one.
    """
    total = sum((2 * place + 1) * ALPHABET.index(char) for place, char in enumerate(text))
    return ALPHABET[total % 32]


def _base32(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 32)
        digits = ALPHABET[rest] + digits
    return digits


def _number(text: str) -> int:
    total = 0
    for char in text:
        total = total * 32 + ALPHABET.index(char)
    return total
