"""What a barcode reader typed: the link behind a receipt's QR code, or the dossier's code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossiers import lookup
from khanhson_portal.ground.text import fold

LINK = re.compile(r"/h/([\w-]{16,32})/?(?:[?#].*)?$", re.ASCII)
CODE = re.compile(r"(?=.*\d{4})[A-Z0-9]{2,}(?:[.-][A-Z0-9]+){2,}", re.ASCII)
LONGEST = 300


@dataclass(frozen=True)
class Scan:
    """One of ``token`` and ``code`` is set; neither when the text is no receipt of ours."""

    token: str = ""
    code: str = ""


def read(text: str) -> Scan:
    """Return what was scanned. A Vietnamese input method left on may have marked the letters."""
    text = "".join(text.split())[:LONGEST]
    if found := LINK.search(text):
        return Scan(token=found[1])
    code = lookup.normal_code(fold(text))
    return Scan(code=code) if CODE.fullmatch(code) else Scan()
