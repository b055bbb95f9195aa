"""Hồ sơ: what a citizen hands in, every act on it, every paper issued, and the promised day."""

from dossiers.models.batches import Batch, BatchKind, BatchState
from dossiers.models.dossier import Delivery, Dossier, DossierQuerySet, Outcome
from dossiers.models.events import Event, Seal
from dossiers.models.fees import CollectedFee
from dossiers.models.images import SigningImage
from dossiers.models.legs import Leg
from dossiers.models.logs import LookupAttempt, ViewLog
from dossiers.models.numbering import Counter
from dossiers.models.papers import Form, FormKind, FormSet, PageSize, Paper
from dossiers.models.parties import HandedPaper, Party, PartyKind
from dossiers.models.state import CLOSED, RUNNING, State

__all__ = [
    "CLOSED",
    "RUNNING",
    "Batch",
    "BatchKind",
    "BatchState",
    "CollectedFee",
    "Counter",
    "Delivery",
    "Dossier",
    "DossierQuerySet",
    "Event",
    "Form",
    "FormKind",
    "FormSet",
    "HandedPaper",
    "Leg",
    "LookupAttempt",
    "Outcome",
    "PageSize",
    "Paper",
    "Party",
    "PartyKind",
    "Seal",
    "SigningImage",
    "State",
    "ViewLog",
]
