"""What people looked for in vain: words and counts, never a person, an address or a number.

Words with a long number in them (a phone, an identity card, a dossier) are counted, not kept.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from khanhson_portal.ground.text import one_line
from procedures.catalogue import Procedure, SearchMiss, Synonym
from procedures.catalogue.search.words import phrase_key

MOST_KEPT = 5000  # rows: machines that type nonsense fill no disk
KEPT_FOR = timedelta(days=365)
LONGEST_KEPT = 80  # characters: longer is a letter, not a search

_PERSONAL = re.compile(r"\d{5}|\d[\d .-]{6}\d|@")

_COUNT = """
INSERT INTO procedures_searchmonth (month, searches, missed) VALUES (%(month)s, 1, %(missed)s)
ON CONFLICT (month) DO UPDATE SET searches = procedures_searchmonth.searches + 1,
    missed = procedures_searchmonth.missed + excluded.missed
"""
_COUNT_MISS = f"""
WITH counted AS ({_COUNT})
INSERT INTO procedures_searchmiss (key, text, times, first_on, last_on)
SELECT %(key)s, %(text)s, 1, %(day)s, %(day)s
WHERE (SELECT count(*) FROM procedures_searchmiss) < %(most)s
    OR EXISTS (SELECT 1 FROM procedures_searchmiss WHERE key = %(key)s)
ON CONFLICT (key) DO UPDATE SET times = procedures_searchmiss.times + 1, last_on = excluded.last_on
"""


def record_search(text: str, *, found: bool, day: date) -> None:
    """Count one search; keep its words when it found nothing. One query."""
    text = one_line(text)
    key = phrase_key(text)
    values: dict[str, Any] = {"month": day.replace(day=1), "missed": int(not found), "day": day}
    values |= {"key": key, "text": text, "most": MOST_KEPT}
    fit_to_keep = key and len(text) <= LONGEST_KEPT and not _PERSONAL.search(text)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT if found or not fit_to_keep else _COUNT_MISS, values)


@transaction.atomic
def attach(
    miss_id: int, *, meaning: str = "", procedure: Procedure | None = None, day: date
) -> Synonym:
    """Make the words of a miss a synonym, and settle it. Raises ValidationError in Vietnamese."""
    miss = SearchMiss.objects.select_for_update().get(pk=miss_id)
    synonym = Synonym(phrase=miss.text, meaning=one_line(meaning), procedure=procedure)
    synonym.clean()  # sets the key, which the constraints are judged by
    synonym.full_clean()
    synonym.save()
    settle(miss_id, day=day)
    return synonym


def settle(miss_id: int, *, day: date) -> None:
    """Put a miss away: it has been looked after, or nothing can be done about it."""
    SearchMiss.objects.filter(pk=miss_id).update(settled_on=day)


def forget_old_searches(day: date) -> int:
    """Delete words nobody has typed for a year; returns how many."""
    deleted, _ = SearchMiss.objects.forgotten_before(day - KEPT_FOR).delete()
    return deleted
