"""Trước hạn, đúng hạn, quá hạn: the one rule of lateness, for screens, papers and statistics.

Limits in days are compared by the local day, limits in hours by the minute, on both sides; a moment
is late once its own day or minute lies after that of the due date. What is compared is the moment
the office finished (or now, while it has not), never the moment the citizen collected. No due date
is a class of its own, and while the clock stands nothing is late.
Source: the date part only, TT 01/2020/TT-VPCP Biểu II.06a.

The rule stands here in three forms that a test holds together: ``classify`` for one row in hand,
``late_at`` and ``in_time_at`` for rows of a list (they compare the bare column, so that an index on
it serves), ``timeliness_sql`` for counting in SQL.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, TextChoices

from khanhson_portal.ground.moments import LOCAL, start_of_day, start_of_minute


class Timeliness(TextChoices):
    EARLY = "early", "trước hạn"
    ON_TIME = "on_time", "đúng hạn"
    LATE = "late", "quá hạn"
    NO_LIMIT = "no_limit", "không có hạn"
    STANDING = "standing", "đang dừng tính hạn"


def classify(
    moment: datetime, due_at: datetime | None, *, exact: bool, standing: bool = False
) -> Timeliness:
    """Return how an aware moment lies to a due date; ``exact`` compares by the minute."""
    if due_at is None:
        return Timeliness.NO_LIMIT
    if standing:
        return Timeliness.STANDING
    reached, due = _border(moment, exact), _border(due_at, exact)
    if reached == due:
        return Timeliness.ON_TIME
    return Timeliness.EARLY if reached < due else Timeliness.LATE


def is_late(
    moment: datetime, due_at: datetime | None, *, exact: bool, standing: bool = False
) -> bool:
    return classify(moment, due_at, exact=exact, standing=standing) == Timeliness.LATE


def late_at(moment: datetime) -> Q:
    """The rows (``due_at``, ``due_exact``, ``standing``) that are late at ``moment``."""
    by_day = Q(due_exact=True) | Q(due_at__lt=_border(moment, exact=False))
    return Q(due_at__lt=_border(moment, exact=True), standing=False) & by_day


def in_time_at(moment: datetime) -> Q:
    """The rows with a due date and a running clock that are not late at ``moment``."""
    by_minute = Q(due_exact=False) | Q(due_at__gte=_border(moment, exact=True))
    return Q(due_at__gte=_border(moment, exact=False), standing=False) & by_minute


def passed(column: str, moment: datetime, *, exact: bool) -> Q:
    """The rows whose day or minute in ``column`` is over at ``moment``, whatever it is due for."""
    return Q(**{f"{column}__lt": _border(moment, exact)})


def timeliness_sql(moment: str, due_at: str, exact: str, standing: str) -> str:
    """Return an expression over four SQL expressions, giving a value of ``Timeliness``.

    The expressions are of our own writing, columns and parameters, never anything typed.
    """
    reached, due = _border_sql(moment, exact), _border_sql(due_at, exact)
    return (
        f"CASE WHEN {due_at} IS NULL THEN '{Timeliness.NO_LIMIT}'"
        f" WHEN {standing} THEN '{Timeliness.STANDING}'"
        f" WHEN {reached} < {due} THEN '{Timeliness.EARLY}'"
        f" WHEN {reached} = {due} THEN '{Timeliness.ON_TIME}'"
        f" ELSE '{Timeliness.LATE}' END"
    )


def _border(moment: datetime, exact: bool) -> datetime:
    """Return the first moment of the day, or of the minute, that counts as ``moment``."""
    return start_of_minute(moment) if exact else start_of_day(moment)


def _border_sql(moment: str, exact: str) -> str:
    unit = f"CASE WHEN {exact} THEN 'minute' ELSE 'day' END"
    return f"date_trunc({unit}, {moment} AT TIME ZONE '{LOCAL.key}')"
