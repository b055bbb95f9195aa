"""Nhập danh mục thủ tục: files of three official formats, a plan to look at, then the catalogue.

    records = read_files(["danh-sach.xlsx", "chi-tiet/", "cach-thuc.csv"])
    made = plan(records)        # compares with the catalogue, writes nothing
    report = apply(made)        # all or nothing; new versions are drafts

Nothing is guessed: what a source does not say with certainty stays text, and is reported.
"""

from procedures.catalogue.importing.comparing import Change
from procedures.catalogue.importing.defects import Defect, count_defects
from procedures.catalogue.importing.faults import FileFault, ImportFault, PlanOutdated
from procedures.catalogue.importing.files import read_files
from procedures.catalogue.importing.planning import CataloguePlan, PlannedRecord, Verdict, plan
from procedures.catalogue.importing.records import ProcedureRecord
from procedures.catalogue.importing.storing import Report, apply

__all__ = [
    "Change",
    "Defect",
    "FileFault",
    "ImportFault",
    "PlannedRecord",
    "CataloguePlan",
    "PlanOutdated",
    "ProcedureRecord",
    "Report",
    "Verdict",
    "apply",
    "count_defects",
    "plan",
    "read_files",
]
