"""Danh mục thủ tục: what may be asked for, what it needs, how long it takes, what it costs."""

from procedures.catalogue.models.contents import (
    CaseChannel,
    Channel,
    Fee,
    FeeKind,
    FeeState,
    InternalStep,
    ProcedureCase,
    RequiredPaper,
)
from procedures.catalogue.models.imports import ImportBatch, ImportFile
from procedures.catalogue.models.particulars import LegalBasis, OnlineLevel, ProcedureResult
from procedures.catalogue.models.procedures import Competence, Field, Procedure
from procedures.catalogue.models.search import (
    Edition,
    SearchMiss,
    SearchMonth,
    Synonym,
    VersionWords,
)
from procedures.catalogue.models.versions import Approval, Confidence, ProcedureVersion

__all__ = [
    "Approval",
    "CaseChannel",
    "Channel",
    "Competence",
    "Confidence",
    "Edition",
    "Fee",
    "FeeKind",
    "FeeState",
    "Field",
    "ImportBatch",
    "ImportFile",
    "InternalStep",
    "LegalBasis",
    "OnlineLevel",
    "Procedure",
    "ProcedureCase",
    "ProcedureResult",
    "ProcedureVersion",
    "RequiredPaper",
    "SearchMiss",
    "SearchMonth",
    "Synonym",
    "VersionWords",
]
