"""Reading a month from a command line."""

from __future__ import annotations

import re

from django.core.management.base import CommandError


def parse_month(text: str) -> tuple[int, int]:
    """Return year and month of "2018-05"; raises CommandError for anything else."""
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    if not match:
        raise CommandError(f"Tháng viết dạng YYYY-MM, ví dụ 2018-05; nhận được {text!r}.")
    return int(match[1]), int(match[2])
