"""Chuyển hồ sơ đang giải quyết từ hệ thống cũ: a file, a plan to look at, then the books.

    rows = read(data, "ho-so.xlsx")
    made = plan(rows, source="Hệ thống cũ", desk=None, now=now)   # writes nothing
    apply(made, batch, by=officer, now=now)                       # all rows or none

Every row is new, already there, left out (closed long ago) or refused, with the reason and cell.
"""

from dossiers.importing.planning import ImportPlan, Item, Verdict, plan
from dossiers.importing.sheets import SheetRow, read
from dossiers.importing.storing import apply, confirm, forget_files, keep_file, plan_of
from procedures.catalogue.importing.faults import FileFault, ImportFault

__all__ = [
    "FileFault",
    "ImportFault",
    "Item",
    "ImportPlan",
    "SheetRow",
    "Verdict",
    "apply",
    "confirm",
    "forget_files",
    "keep_file",
    "plan",
    "plan_of",
    "read",
]
