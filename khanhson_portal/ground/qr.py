"""QR codes for paper: drawn as vectors inside the page, no file and no request."""

from __future__ import annotations

import segno


def qr_svg(text: str) -> str:
    """Return a QR code as an inline data URI, sized by the style sheet; "" for no text."""
    if not text:
        return ""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=2, dark="#000"))
