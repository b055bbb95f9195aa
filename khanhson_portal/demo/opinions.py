"""Demo answers of the survey, plainly marked, and the quarter of indices that came of them."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from django.db import transaction

from dossiers.models import Dossier
from khanhson_portal.ground.moments import local_day
from procedures.offices import Officer
from satisfaction import publishing
from satisfaction.collecting import ENDED
from satisfaction.models import Answer, Questionnaire, SurveyUse, Way
from satisfaction.questionnaires import load_questionnaires

SLUG = "sipas-2017"
ANSWERING = 0.22  # of those whose dossier ended
MOODS = [2, 3, 4, 4, 4, 4, 5, 5, 5, 5]  # most are content, as the plan's figures say
SKIPPED = 0.06


@transaction.atomic
def make_opinions(seed: int, now: datetime) -> int:
    """Let about a fifth of those who got an answer rate it, and publish the quarter before.

    The demo lives by the rules of 2018, so the questionnaire of then is still asked.
    """
    load_questionnaires()
    Questionnaire.objects.filter(slug=SLUG).update(valid_to=None)
    questionnaire = Questionnaire.objects.prefetch_related("criteria").get(slug=SLUG)
    numbers = [criterion.number for criterion in questionnaire.criteria.all()]
    luck, answers, uses = Random(seed), [], []
    ended = Dossier.objects.filter(is_demo=True, state__in=ENDED, closed_at__isnull=False)
    for dossier in ended.select_related("version").order_by("pk"):
        if luck.random() > ANSWERING:
            continue
        uses.append(SurveyUse(dossier=dossier))
        answers.append(
            Answer(
                questionnaire=questionnaire,
                desk_id=dossier.desk_id,
                month=local_day(dossier.closed_at or now).replace(day=1),
                way=luck.choice([Way.LINK, Way.LINK, Way.KIOSK, Way.PAPER]),
                scores=_sheet(luck, numbers),
                fresh=False,
                is_demo=True,
            )
        )
    luck.shuffle(answers)
    SurveyUse.objects.bulk_create(uses)
    Answer.objects.bulk_create(answers)
    _publish(questionnaire, publishing.quarter_before(now), now)
    return len(answers)


def _sheet(luck: Random, numbers: list[int]) -> dict[str, int]:
    mood = luck.choice(MOODS)
    return {
        str(number): min(5, max(1, mood + luck.choice([-1, 0, 0, 0, 1])))
        for number in numbers
        if luck.random() > SKIPPED
    }


def _publish(questionnaire: Questionnaire, period: tuple[date, date], now: datetime) -> None:
    report = publishing.draft(questionnaire, *period, now)
    if report.data["sheets"]:
        publishing.publish(report.pk, Officer.objects.get(username="lanhdao"), now)
