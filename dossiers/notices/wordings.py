"""The words of notices: loaded from the file beside the code, then the office's own rows."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from django.db import transaction

import dossiers
from dossiers.models import NoticeChannel, Wording

WORDS = Path(dossiers.__file__).parent / "data" / "notices.toml"


@transaction.atomic
def load_wordings() -> int:
    """Add the words that are not there yet; return how many. What the office wrote stays."""
    content = tomllib.loads(WORDS.read_text())
    known = set(Wording.objects.values_list("kind", "channel"))
    rows = []
    for entry in content["wording"]:
        letter = entry["letter"].strip() + "\n\n" + content["closing"]["letter"]
        rows.append(_row(entry["kind"], NoticeChannel.EMAIL, letter, entry["subject"]))
        rows.append(_row(entry["kind"], NoticeChannel.PHONE, entry["message"]))
    fresh = [row for row in rows if (row.kind, row.channel) not in known]
    for row in fresh:
        row.clean()
    return len(Wording.objects.bulk_create(fresh))


def _row(kind: str, channel: str, body: str, subject: str = "") -> Wording:
    return Wording(kind=kind, channel=channel, body=body, subject=subject)


def wording_for(kind: str, channel: str, day: date) -> Wording | None:
    """Return the newest words in force on ``day``, None where the office wants no such notice."""
    rows = Wording.objects.in_force(day).filter(kind=kind, channel=channel)
    return rows.order_by("-valid_from", "-pk").first()
