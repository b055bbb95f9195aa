"""The acts on a dossier, each called alike: ``act(dossier_id, hand, …)`` returns the saved dossier.

Only this package writes a dossier's state. Every act locks the row, checks the table, appends one
event and issues its paper in one transaction; a refusal (``ActRefused``) leaves no trace.
"""

from dossiers.acts.processing import ResultDocument, finish, hand_over
from dossiers.acts.reception import Intake, accept, promise
from dossiers.acts.returning import Collector, return_result
from dossiers.acts.step import ActRefused, AlreadyDone, Hand, acts_for
from dossiers.acts.table import ACTS, Act

__all__ = [
    "ACTS",
    "Act",
    "ActRefused",
    "AlreadyDone",
    "Collector",
    "Hand",
    "Intake",
    "ResultDocument",
    "accept",
    "acts_for",
    "finish",
    "hand_over",
    "promise",
    "return_result",
]
