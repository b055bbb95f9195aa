"""The acts on a dossier, each called alike: ``act(dossier_id, hand, …)`` returns the saved dossier.

Only this package writes a dossier's state. Every act locks the row, checks the table, appends one
event and issues its paper in one transaction; a refusal (``ActRefused``) leaves no trace.
"""

from dossiers.acts.actors import ActRefused, AlreadyDone, Citizen, Hand, Job
from dossiers.acts.binding import acts_for
from dossiers.acts.consulting import ask_partner, receive_partner
from dossiers.acts.ending import REFUSAL_REASONS, refuse, reopen, stop, withdraw
from dossiers.acts.front import (
    Advice,
    accept_registered,
    decline,
    decline_visitor,
    guide,
    guide_visitor,
    submit,
)
from dossiers.acts.mending import apologise, assign, new_promise, reclassify, transfer
from dossiers.acts.processing import (
    ResultDocument,
    finish,
    hand_over,
    propose,
    send_back,
    sign,
)
from dossiers.acts.reception import Intake, accept, promise
from dossiers.acts.returning import Collector, return_result, shelve
from dossiers.acts.waiting import (
    confirm_payment,
    receive_supplement,
    request_payment,
    request_supplement,
)
from dossiers.declaring import ACTS, Act

__all__ = [
    "ACTS",
    "Act",
    "ActRefused",
    "Advice",
    "AlreadyDone",
    "Citizen",
    "Collector",
    "Hand",
    "Intake",
    "Job",
    "REFUSAL_REASONS",
    "ResultDocument",
    "accept",
    "accept_registered",
    "acts_for",
    "apologise",
    "ask_partner",
    "assign",
    "confirm_payment",
    "decline",
    "decline_visitor",
    "finish",
    "guide",
    "guide_visitor",
    "hand_over",
    "new_promise",
    "promise",
    "propose",
    "receive_partner",
    "receive_supplement",
    "reclassify",
    "refuse",
    "reopen",
    "request_payment",
    "request_supplement",
    "return_result",
    "send_back",
    "shelve",
    "sign",
    "stop",
    "submit",
    "transfer",
    "withdraw",
]
