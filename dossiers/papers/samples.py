"""Sample data for looking at a form before it is published: a usual case, and the worst one.

Nobody here exists; every sample sheet says so in its margin.
"""

from __future__ import annotations

from typing import Any

from dossiers.papers.registry import FIELDS
from dossiers.papers.registry.invented import CODE, TRACKING
from khanhson_portal.ground import barcode
from khanhson_portal.ground.qr import qr_svg


def usual() -> dict[str, Any]:
    """Return frozen data of an everyday paper: two handed papers, short names."""
    return {name: field.sample for name, field in FIELDS.items()}


def worst() -> dict[str, Any]:
    """Return frozen data with the longest of everything: thirty papers, a two-line address."""
    return {name: field.worst_sample for name, field in FIELDS.items()}


def marks() -> dict[str, Any]:
    """Return codes that lead nowhere, so that a sample takes the room of a real paper."""
    return {
        "qr": qr_svg(TRACKING),
        "bars": barcode.svg(CODE),
        "mark": "0000-00000000-0",
        "mark_qr": qr_svg(TRACKING),
    }
