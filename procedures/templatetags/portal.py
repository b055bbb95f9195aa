"""Template words of the whole portal: figures, moments and limits as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from khanhson_portal.ground import words
from khanhson_portal.ground.moments import local_day
from khanhson_portal.ground.presses import PressField
from procedures.catalogue import CaseChannel, Fee, ProcedureVersion, RequiredPaper, summary
from procedures.catalogue.search.finding import marked

register = template.Library()


@register.filter
def time_words(row: CaseChannel) -> str:
    return summary.time_words(row)


@register.filter
def fee_words(fee: Fee) -> str:
    return summary.fee_words(fee)


@register.filter
def paper_words(paper: RequiredPaper) -> str:
    return summary.paper_words(paper)


@register.filter
def undashed(name: str) -> str:
    """Return the name of a paper without the dashes that a source's list left before it."""
    return name.lstrip("-+*• ")


@register.filter
def held(paper: RequiredPaper, on: date) -> bool:
    """Whether nobody may ask for this paper on that day, because the State holds its data."""
    return paper.is_held(on)


@register.filter
def found_title(version: ProcedureVersion) -> SafeString:
    """Return a title with the words that a search found marked."""
    return marked(version.title, getattr(version, "fit", None))


@register.filter
def money(dong: int) -> str:
    return words.money(dong)


@register.filter
def moment(value: datetime | None) -> str:
    """Return "9 giờ 12 phút, 16/04/2018" in local time."""
    if value is None:
        return ""
    local = localtime(value)
    return f"{words.official_time(local)}, {words.short_date(local.date())}"


@register.filter
def day(value: datetime | None) -> str:
    """Return the local date of a moment: "16/04/2018"."""
    return words.short_date(local_day(value)) if value else ""


@register.filter
def weekday(value: datetime) -> str:
    name = words.weekday(local_day(value))
    return name[0].upper() + name[1:]


@register.filter
def percent(value: float | None) -> str:
    """Return 81.4 as "81,4 %"; nothing to count is "không phát sinh", never 0 %."""
    if value is None:
        return "không phát sinh"
    return f"{value:.1f} %".replace(".", ",")


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key, "")


@register.filter
def figure(row: dict[str, Any], key: str) -> int:
    """Return one figure of a table's row."""
    return int(row["figures"][key])


@dataclass(frozen=True)
class Head:
    label: str
    kind: str  # "date" and "num" stand to the right, "hidden" is only read aloud


@register.filter
def heads(line: str) -> list[Head]:
    """Return the heads of a table from "Hồ sơ | date: Hẹn trả | hidden: Việc tiếp theo"."""
    found = []
    for part in line.split("|"):
        kind, colon, label = part.strip().partition(": ")
        found.append(Head(label, kind) if colon else Head(kind, ""))
    return found


@register.filter
def tone(state: str, tones: str) -> str:
    """Return the colour of a state as "done:done failed:late" says; nothing for any other."""
    return dict(pair.split(":") for pair in tones.split()).get(state, "")


@register.simple_tag
def press() -> str:
    """Return the hidden field of a form's nonce, for forms that ask nothing else."""
    return PressField().widget.render("nonce", uuid4())
