"""Cơ quan và con người: who may be asked, who answers, which posts they hold, what they may do."""

from procedures.offices.models.agencies import (
    Agency,
    AgencyCode,
    AgencyKind,
    Hotline,
    Level,
    Succession,
)
from procedures.offices.models.officers import ON_BEHALF, Acting, Duties, Officer, Post, Role

__all__ = [
    "ON_BEHALF",
    "Acting",
    "Agency",
    "AgencyCode",
    "AgencyKind",
    "Duties",
    "Hotline",
    "Level",
    "Officer",
    "Post",
    "Role",
    "Succession",
]
