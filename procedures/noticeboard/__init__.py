"""Niêm yết: what hangs on the board, who sits at the counter, who guides, what to simplify."""

from procedures.noticeboard.models.guidance import (
    GuidanceMember,
    GuidanceSession,
    GuidanceSlot,
    GuidanceTeam,
)
from procedures.noticeboard.models.printouts import Printout, PrintoutKind, PrintoutState
from procedures.noticeboard.models.reception_place import (
    Duty,
    FacilityCheck,
    FacilityItem,
    FacilityState,
    Picture,
    Portrait,
)
from procedures.noticeboard.models.review import ReviewProposal, ReviewState, Source, Subject, Wish

__all__ = [
    "Duty",
    "FacilityCheck",
    "FacilityItem",
    "FacilityState",
    "GuidanceMember",
    "GuidanceSession",
    "GuidanceSlot",
    "GuidanceTeam",
    "Picture",
    "Portrait",
    "Printout",
    "PrintoutKind",
    "PrintoutState",
    "ReviewProposal",
    "ReviewState",
    "Source",
    "Subject",
    "Wish",
]
