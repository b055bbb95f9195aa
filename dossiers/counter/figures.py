"""Figures over a list: a number, what it counts, and the word in the address that opens it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``tone``: how it looks while it counts anything; an empty figure alarms nobody."""

    slug: str
    label: str
    tone: str
    count: int
    current: bool
