"""How papers write a moment, a limit, a way of delivery: one wording wherever it is printed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dossiers.models import Delivery, Dossier
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import LOCAL, local_day
from procedures.worktime import TimeLimit, Unit

SAMPLE = "Bản minh họa, không có giá trị sử dụng"


def moment(at: datetime) -> str:
    return words.official_moment(at.astimezone(LOCAL))


def short_day(at: datetime | None) -> str:
    return words.short_date(local_day(at)) if at else ""


def limit(deadline: dict[str, Any]) -> str:
    """Return the time limit that a stored deadline was counted by, "" without a deadline."""
    if not deadline:
        return ""
    number, unit = deadline["limit"]
    return str(TimeLimit(number, Unit(unit)))


def delivery(dossier: Dossier) -> str:
    label: str = dossier.get_delivery_display()
    if dossier.delivery == Delivery.POST and dossier.delivery_address:
        return f"{label}: {dossier.delivery_address}"
    return label


def result(dossier: Dossier) -> str:
    """Return the number and summary of the result, "" while there is none."""
    return f"{dossier.result.get('number', '')} {dossier.result.get('summary', '')}".strip()
