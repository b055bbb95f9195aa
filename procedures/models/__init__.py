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
from procedures.models.guidance import (
    GuidanceMember,
    GuidanceSession,
    GuidanceSlot,
    GuidanceTeam,
)
from procedures.models.imports import ImportBatch, ImportFile
from procedures.models.officers import Duties, Officer, Post, Role
from procedures.models.reception_place import (
    Duty,
    FacilityCheck,
    FacilityItem,
    FacilityState,
    Picture,
    Portrait,
)
from procedures.models.review import ReviewProposal, ReviewState, Source, Subject, Wish
from procedures.models.search import SearchMiss, SearchMonth, Synonym, VersionWords
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
    "Duty",
    "FacilityCheck",
    "FacilityItem",
    "FacilityState",
    "Fee",
    "FeeKind",
    "FeeState",
    "Field",
    "GuidanceMember",
    "GuidanceSession",
    "GuidanceSlot",
    "GuidanceTeam",
    "Holiday",
    "HolidayKind",
    "Hotline",
    "ImportBatch",
    "ImportFile",
    "InternalStep",
    "LegalBasis",
    "Level",
    "Officer",
    "OnlineLevel",
    "Picture",
    "Portrait",
    "Post",
    "Procedure",
    "ProcedureCase",
    "ProcedureResult",
    "ProcedureVersion",
    "RequiredPaper",
    "ReviewProposal",
    "ReviewState",
    "Role",
    "SearchMiss",
    "SearchMonth",
    "Source",
    "Subject",
    "Succession",
    "Synonym",
    "VersionWords",
    "Wish",
    "WorkSession",
    "WorkingTime",
]
