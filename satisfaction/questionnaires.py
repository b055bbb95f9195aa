"""Bộ câu hỏi from the file beside the code; what the office has loaded before is left alone."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from satisfaction.models import Criterion, Questionnaire, Scale, Target

DATA = Path(__file__).parent / "data" / "questionnaires.toml"
FIVE = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"]
PLAN = "Kế hoạch 643/KH-UBND ngày 23/5/2018"
TARGETS = {2018: (Decimal(78), False), 2020: (Decimal(80), True)}


def load_questionnaires() -> int:
    """Add the questionnaires and targets that are missing; return how many questionnaires."""
    added = 0
    with transaction.atomic():
        for row in tomllib.loads(DATA.read_text())["questionnaire"]:
            criteria = row.pop("criteria")
            questionnaire, new = Questionnaire.objects.get_or_create(slug=row["slug"], defaults=row)
            if new:
                rows = [_criterion(questionnaire, n, c) for n, c in enumerate(criteria, 1)]
                Criterion.objects.bulk_create(rows)
                added += 1
        for year, (percent, above) in TARGETS.items():
            defaults = {"percent": percent, "above": above, "basis": PLAN}
            Target.objects.get_or_create(year=year, defaults=defaults)
    return added


def _criterion(questionnaire: Questionnaire, number: int, row: list[Any]) -> Criterion:
    first, second, text, *labels = row
    criterion = Criterion(questionnaire=questionnaire, number=number, text=text)
    if questionnaire.scale == Scale.FIVE:
        criterion.factor, criterion.plan_group, criterion.labels = first, second, FIVE
    else:
        criterion.scope, criterion.source, criterion.labels = first, second, labels
    return criterion
