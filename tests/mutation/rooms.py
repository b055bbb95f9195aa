"""Which modules are mutated, and the tests that stand guard over them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """``modules`` and ``tests`` are paths from the project's root."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = [
    Room(
        "worktime",
        (
            "procedures/worktime/lateness.py",
            "procedures/worktime/limits.py",
            "procedures/worktime/calendar.py",
            "procedures/worktime/deadlines.py",
            "procedures/worktime/counting.py",
            "procedures/worktime/hours.py",
            "procedures/worktime/traces.py",
        ),
        (
            "tests/procedures/test_calendar.py",
            "tests/procedures/test_deadlines.py",
            "tests/procedures/test_lateness.py",
            "tests/procedures/test_lateness_borders.py",
            "tests/procedures/test_traces.py",
        ),
    ),
    Room(
        "statistics",
        ("dossiers/statistics.py",),
        ("tests/publication",),
    ),
    Room(
        "rights",
        ("procedures/offices/rights.py", "procedures/offices/reach.py", "dossiers/acts/rights.py"),
        ("tests/offices", "tests/dossiers/test_table.py", "tests/dossiers/test_acts.py"),
    ),
    Room(
        "acts",
        ("dossiers/acts/engine.py",),
        (
            "tests/dossiers/test_engine.py",
            "tests/dossiers/test_acts.py",
            "tests/dossiers/test_table.py",
        ),
    ),
]
