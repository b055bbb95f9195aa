"""Quy trình nội bộ: who does what in which time, adding up to the limit the citizen is promised.

Source: NĐ 61/2018/NĐ-CP; the internal process is approved by the chairman of the province.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from procedures.catalogue import CaseChannel, InternalStep
from procedures.worktime import Unit

HOURS_A_DAY = 8
IN_HOURS = {Unit.WORKING_HOUR: 1, Unit.HOUR: 1, Unit.WORKING_DAY: HOURS_A_DAY}


def hours(steps: Iterable[InternalStep]) -> int:
    """Return the time of these steps in working hours; eight make a day."""
    return sum(step.number * IN_HOURS.get(Unit(step.unit), 0) for step in steps)


def mismatches(version_ids: Iterable[int]) -> dict[int, str]:
    """Return why versions cannot hold: their steps do not add up to the limit; one or two queries.

    Limits in calendar days or months have no number of working hours and are left alone.
    """
    steps: dict[int, list[InternalStep]] = defaultdict(list)
    rows = InternalStep.objects.filter(case__version__in=list(version_ids)).select_related("case")
    for step in rows:
        steps[step.case_id].append(step)
    if not steps:
        return {}
    found = {}
    channels = CaseChannel.objects.filter(case__in=steps, channel="direct").select_related("case")
    for channel in channels:
        unit = Unit(channel.unit)
        allowed = channel.number * IN_HOURS.get(unit, 0)
        taken = hours(steps[channel.case_id])
        if allowed and taken != allowed:
            found[channel.case.version_id] = (
                f"quy trình nội bộ cộng lại {taken} giờ làm việc, "
                f"thời hạn giải quyết là {allowed} giờ; sửa cho bằng nhau"
            )
    return found
