"""Hồ sơ: what a citizen hands in, every act on it, every paper issued, and the promised day."""

from dossiers.models.batches import Batch, BatchKind, BatchState
from dossiers.models.calendar_changes import CalendarChange
from dossiers.models.carried import DossierImport, ImportedDossier, KeptPromise
from dossiers.models.dossier import Delivery, Dossier, DossierQuerySet, Outcome, Signing
from dossiers.models.events import ActorKind, Event, RecordedAct, Seal
from dossiers.models.fees import CollectedFee
from dossiers.models.images import SigningImage
from dossiers.models.legs import Leg
from dossiers.models.logs import ViewLog
from dossiers.models.notices import (
    Alarm,
    CalendarFeed,
    Notice,
    NoticeChannel,
    NoticeKind,
    NoticeQuerySet,
    NoticeStatus,
    Wording,
)
from dossiers.models.numbering import Counter
from dossiers.models.papers import Form, FormKind, FormSet, PageSize, Paper
from dossiers.models.parties import HandedPaper, Party, PartyKind
from dossiers.models.slips import Slip, SlipBatch
from dossiers.models.state import CLOSED, RUNNING, State
from dossiers.models.visits import PersonLook, Visit, VisitLine

__all__ = [
    "ActorKind",
    "Alarm",
    "Batch",
    "BatchKind",
    "BatchState",
    "CLOSED",
    "CalendarChange",
    "CalendarFeed",
    "CollectedFee",
    "Counter",
    "Delivery",
    "Dossier",
    "DossierImport",
    "DossierQuerySet",
    "Event",
    "Form",
    "FormKind",
    "FormSet",
    "HandedPaper",
    "ImportedDossier",
    "KeptPromise",
    "Leg",
    "Notice",
    "NoticeChannel",
    "NoticeKind",
    "NoticeQuerySet",
    "NoticeStatus",
    "Outcome",
    "PageSize",
    "Paper",
    "Party",
    "PartyKind",
    "PersonLook",
    "RUNNING",
    "RecordedAct",
    "Seal",
    "Signing",
    "SigningImage",
    "Slip",
    "SlipBatch",
    "State",
    "ViewLog",
    "Visit",
    "VisitLine",
    "Wording",
]
