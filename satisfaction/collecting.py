"""Nhận phiếu trả lời: one answer per dossier, given once, and untraceable from then on.

The link carries a signature over the dossier's number, so nothing is stored before somebody
answers. Answering writes two rows that do not know of each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from dossiers.models import Dossier, State
from khanhson_portal.ground.moments import local_day
from procedures.offices import Agency
from satisfaction.models import Answer, Comment, Questionnaire, SurveyUse, Way

SALT = "khao-sat"
OPEN_DAYS = 30  # after the result was collected, or the dossier ended otherwise
ENOUGH = 5  # dossiers of a field closed at the desk lately: below, the field is not kept
LATELY = timedelta(days=60)
ENDED = [State.FINISHED, State.RETURNED, State.WITHDRAWN, State.STOPPED, State.DECLINED]
LONGEST_COMMENT = 2000
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


class AlreadyAnswered(Exception):
    """This dossier's one answer is given."""


@dataclass(frozen=True)
class Sheet:
    """What one person answered: criterion number to score; blanks are left out."""

    questionnaire: Questionnaire
    scores: Mapping[int, int]
    comment: str = ""


def token_of(dossier: Dossier) -> str:
    """Return the secret of a dossier's survey link: nobody makes one without the portal's key."""
    return signing.Signer(salt=SALT, sep=".").sign(_base36(dossier.pk))


def link_of(dossier: Dossier) -> str:
    """Return the whole address, for QR codes and messages; it names no procedure."""
    return f"{settings.BASE_URL}{reverse('satisfaction:survey', args=[token_of(dossier)])}"


def dossier_of(token: str) -> Dossier | None:
    """Return the dossier behind a link, None for a token that the portal did not make."""
    try:
        number = int(signing.Signer(salt=SALT, sep=".").unsign(token), 36)
    except (signing.BadSignature, ValueError):
        return None
    return Dossier.objects.select_related("desk__parent", "version").filter(pk=number).first()


def is_open(dossier: Dossier, now: datetime) -> bool:
    """Whether the dossier may be rated: its result is ready, or it ended without one.

    A result on the shelf keeps the link open, so that those who wait are heard too.
    """
    if dossier.state not in ENDED:
        return False
    ended = dossier.returned_at or (None if dossier.state == State.FINISHED else dossier.closed_at)
    return ended is None or now <= ended + timedelta(days=OPEN_DAYS)


def is_answered(dossier: Dossier) -> bool:
    return SurveyUse.objects.filter(dossier=dossier).exists()


def answer_for(dossier: Dossier, sheet: Sheet, way: Way, now: datetime) -> None:
    """Keep the one answer of a dossier. Raises AlreadyAnswered, having kept nothing."""
    try:
        with transaction.atomic():
            SurveyUse.objects.create(dossier=dossier)
            field_id = dossier.version.field_id
            kept = field_id if _enough_like_it(dossier, now) else None
            keep(sheet, dossier.desk, way, local_day(now), field_id=kept, is_demo=dossier.is_demo)
    except IntegrityError as already:
        raise AlreadyAnswered from already


def keep(
    sheet: Sheet,
    desk: Agency,
    way: Way,
    day: date,
    *,
    field_id: int | None = None,
    is_demo: bool = False,
) -> None:
    """Write an answer and, apart from it, its comment. Blank sheets leave nothing."""
    month = day.replace(day=1)
    if sheet.scores:
        Answer.objects.create(
            questionnaire=sheet.questionnaire,
            desk=desk,
            field_id=field_id,
            month=month,
            way=way,
            scores={str(number): score for number, score in sheet.scores.items()},
            is_demo=is_demo,
        )
    if sheet.comment.strip():
        Comment.objects.create(desk=desk, month=month, text=sheet.comment.strip()[:LONGEST_COMMENT])


def _enough_like_it(dossier: Dossier, now: datetime) -> bool:
    """Whether so many of this field were closed here lately that a field names nobody.

    Index: dossier_at_desk.
    """
    alike = Dossier.objects.filter(
        desk_id=dossier.desk_id,
        state__in=ENDED,
        version__field_id=dossier.version.field_id,
        closed_at__gte=now - LATELY,
    )
    return alike[:ENOUGH].count() >= ENOUGH


def shuffle() -> int:
    """Write the answers since the last time anew, in random order and under new keys.

    Afterwards neither the order of rows nor the transaction that wrote them tells who came when.
    Again: nothing is fresh. Returns how many were shuffled.
    """
    table, named = Answer._meta.db_table, "questionnaire_id, desk_id, field_id, month, way, scores"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {table} WHERE fresh RETURNING {named}, is_demo)"
            f" INSERT INTO {table} (id, {named}, is_demo, fresh)"
            f" SELECT gen_random_uuid(), {named}, is_demo, false FROM gone ORDER BY random()"
        )
        return int(cursor.rowcount)


def questionnaire_on(slug: str, day: date) -> Questionnaire | None:
    """Return the questionnaire of this name if it is in force on ``day``."""
    rows = Questionnaire.objects.in_force(day).prefetch_related("criteria")
    return rows.filter(slug=slug).first()


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = BASE36[rest] + digits
    return digits or "0"
