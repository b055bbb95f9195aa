"""Lịch đổi thì hạn đổi: what a change of the calendar does to open dossiers, before it is saved.

    found = impact(edits, now)                    # the same clock, in a transaction rolled back
    change = confirm(edits, by=officer, now=now)  # rows saved; each moved dossier gets its event

Days already printed are never moved silently: where the legal due date moves later, the citizen
keeps the earlier day (``KeptPromise``) and the office owes an apology if it cannot keep it.
"""

from dossiers.recounting.edits import Edit, additions
from dossiers.recounting.impact import Impact, Moved, impact
from dossiers.recounting.saving import ImpactMoved, confirm, go_on

__all__ = ["Edit", "Impact", "ImpactMoved", "Moved", "additions", "confirm", "go_on", "impact"]
