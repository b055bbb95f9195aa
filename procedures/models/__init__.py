"""Thủ tục hành chính: who may be asked, for what, when the office is open, how long it takes."""

from procedures.models.agencies import Agency, AgencyCode, AgencyKind, Hotline, Level, Succession
from procedures.models.catalogue import Competence, Field, Procedure
from procedures.models.contents import (
    CaseChannel,
    Channel,
    Fee,
    FeeKind,
    FeeState,
    InternalStep,
    LegalBasis,
    ProcedureCase,
    ProcedureResult,
    RequiredPaper,
)
from procedures.models.officers import Duties, Officer, Post, Role
from procedures.models.printouts import Printout, PrintoutKind, PrintoutState
from procedures.models.versions import Approval, Confidence, OnlineLevel, ProcedureVersion
from procedures.models.working_time import (
    AnnouncedYear,
    Holiday,
    HolidayKind,
    WorkingTime,
    WorkSession,
)

__all__ = [
    "Agency",
    "AgencyCode",
    "AgencyKind",
    "AnnouncedYear",
    "Approval",
    "CaseChannel",
    "Channel",
    "Competence",
    "Confidence",
    "Duties",
    "Fee",
    "FeeKind",
    "FeeState",
    "Field",
    "Holiday",
    "HolidayKind",
    "Hotline",
    "InternalStep",
    "LegalBasis",
    "Level",
    "Officer",
    "OnlineLevel",
    "Post",
    "Printout",
    "PrintoutKind",
    "PrintoutState",
    "Procedure",
    "ProcedureCase",
    "ProcedureResult",
    "ProcedureVersion",
    "RequiredPaper",
    "Role",
    "Succession",
    "WorkSession",
    "WorkingTime",
]
