"""Dữ liệu nền: the district's agencies, working time and days off, from files beside the code.

Loading again adds what is missing and changes nothing that is there: the rows belong to the
office, which may have corrected them.
"""

from __future__ import annotations

import csv
import json
from datetime import date, time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from khanhson_portal.ground.text import sort_key
from procedures.catalogue import Synonym
from procedures.catalogue.filling import fill_contents
from procedures.catalogue.search.words import phrase_key
from procedures.offices import Agency, AgencyCode, AgencyKind, Level
from procedures.worktime import AnnouncedYear, Holiday, WorkingTime, WorkSession

DATA = Path(__file__).parent / "data"
IN_FORCE_SINCE = date(2015, 7, 10)  # QĐ 14/2015/QĐ-UBND


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Load what is missing; return how many rows of each kind were added."""
    district = json.loads((DATA / "district.json").read_text())
    return {
        "đơn vị": _load_agencies(district["agencies"]),
        "giờ làm việc": _load_working_time(district["working_time"]),
        "ngày nghỉ": _load_holidays(),
        "từ đồng nghĩa": _load_synonyms(),
        "thủ tục được ghi giấy tờ, các bước, căn cứ": fill_contents(),
    }


def _load_agencies(rows: list[dict[str, Any]]) -> int:
    added = 0
    for order, row in enumerate(_with_commune_desks(rows)):
        codes = row.pop("codes", {})
        parent = Agency.objects.get(slug=row.pop("parent")) if "parent" in row else None
        defaults = {**row, "parent": parent, "order": order, "sort_key": sort_key(row["name"])}
        agency, created = Agency.objects.get_or_create(
            slug=row["slug"], defaults={"valid_from": IN_FORCE_SINCE, **defaults}
        )
        added += created
        if created:
            for scheme, value in codes.items():
                AgencyCode.objects.create(agency=agency, scheme=scheme, value=value)
    return added


def _with_commune_desks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Spell a commune out as its committee and its desk."""
    spelled = []
    for row in rows:
        if "commune" not in row:
            spelled.append(row)
            continue
        name, slug = row["commune"], row["slug"]
        place = name.split(" ", 2)[-1] if name.startswith("thị trấn") else name.split(" ", 1)[-1]
        common = {"level": Level.COMMUNE, "place_name": place}
        spelled.append(
            {
                "slug": slug,
                "name": f"Ủy ban nhân dân {name}",
                "short_name": name[0].upper() + name[1:],
                "kind": AgencyKind.COMMITTEE,
                "parent": "ubnd-huyen",
                **common,
            }
        )
        spelled.append(
            {
                "slug": f"mot-cua-{slug}",
                "name": "Bộ phận tiếp nhận và trả kết quả",
                "short_name": f"Một cửa {name}",
                "kind": AgencyKind.DESK,
                "parent": slug,
                **common,
            }
        )
    return spelled


def _load_working_time(row: dict[str, Any]) -> int:
    working_time, created = WorkingTime.objects.get_or_create(
        version=row["version"],
        defaults={
            "valid_from": date.fromisoformat(row["valid_from"]),
            "cutoff": time.fromisoformat(row["cutoff"]),
            "basis": row["basis"],
        },
    )
    if created:
        WorkSession.objects.bulk_create(
            WorkSession(
                working_time=working_time,
                weekday=weekday,
                opens=time.fromisoformat(session["opens"]),
                closes=time.fromisoformat(session["closes"]),
                counts=session["counts"],
            )
            for session in row["sessions"]
            for weekday in session["weekdays"]
        )
    return int(created)


def _load_holidays() -> int:
    known = set(Holiday.objects.filter(agency=None).values_list("day", flat=True))
    with (DATA / "holidays.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if date.fromisoformat(row["ngay"]) not in known]
    Holiday.objects.bulk_create(
        Holiday(
            day=date.fromisoformat(row["ngay"]),
            kind=row["loai"],
            name=row["ten"],
            basis=row["can_cu"],
        )
        for row in rows
    )
    for year in sorted({int(row["ngay"][:4]) for row in rows}):
        AnnouncedYear.objects.get_or_create(
            year=year, defaults={"basis": "Thông báo nghỉ lễ, Tết hằng năm (chưa ghi số, ngày)"}
        )
    return len(rows)


def _load_synonyms() -> int:
    """Load the starter table once; what the staff delete afterwards stays deleted."""
    history = apps.get_model("procedures", "SynonymEvent")
    if history.objects.exists():
        return 0
    with (DATA / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["noi"], row["nghia"]) for row in csv.DictReader(file)]
    Synonym.objects.bulk_create(
        Synonym(phrase=phrase, meaning=meaning, key=phrase_key(phrase)) for phrase, meaning in rows
    )
    return len(rows)
