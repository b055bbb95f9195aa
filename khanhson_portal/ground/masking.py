"""What strangers and log files may see of a person: enough to know oneself, no more.

Source: domain rules on personal data: public lists show family and middle name and the first
letter of the given name ("Mấu Thị H."); numbers and addresses stay with those who must act.
"""

from __future__ import annotations

import logging
import re

from khanhson_portal.ground.text import one_line

HIDDEN = "…"
# Addresses whose next part is a secret, or opens what only its holder may see.
DOORS = ("h", "m", "lich", "khao-sat", "giay-to", "ban-in")

_BEHIND_A_DOOR = re.compile(rf"(?<=/)({'|'.join(DOORS)})/[^/\s?#'\"]+")
_TOKEN = re.compile(r"(?<=[/=])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16,}(?![\w-])", re.ASCII)
_QUERY = re.compile(r"(?<=[\w/.-])\?[^\s'\"]+=[^\s'\"]*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w.-])\+?\d(?:[ .]?\d){8,11}(?![\w-])")


def name(full: str) -> str:
    """Return a name fit for public lists: "Mấu Thị Hoa" becomes "Mấu Thị H."."""
    words = one_line(full).split(" ")
    if not words[-1]:
        return ""
    return " ".join([*words[:-1], f"{words[-1][0].upper()}."])


def number(digits: str) -> str:
    """Return a phone or identity number with at least half of it hidden: "09…78"."""
    digits = "".join(digits.split())
    shown = min(3, len(digits) // 4)
    return f"{digits[:shown]}{HIDDEN}{digits[-shown:]}" if shown else HIDDEN * bool(digits)


def contact(address: str) -> str:
    """Return an e-mail address or a phone number, masked: "m…@thu.vn", "09…78"."""
    box, at, host = address.partition("@")
    return f"{box[:1]}{HIDDEN}@{host}" if at else number(box)


def line(text: str) -> str:
    """Return a line fit for a log: no secret of an address, no query, no number, no mailbox."""
    text = _QUERY.sub(f"?{HIDDEN}", text)
    text = _BEHIND_A_DOOR.sub(rf"\1/{HIDDEN}", text)
    text = _TOKEN.sub(HIDDEN, text)
    text = _EMAIL.sub(lambda found: contact(found[0]), text)
    return _NUMBER.sub(lambda found: number(found[0]), text)


class PrivateLine(logging.Formatter):
    """Formats every log line of the portal, tracebacks included, through ``line``."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")  # one is one line
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        return line(super().format(record))
