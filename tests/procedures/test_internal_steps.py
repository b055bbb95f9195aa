"""Internal steps add up to the limit, or the version does not come into force."""

from __future__ import annotations

import pytest

from procedures.catalogue import Approval, InternalStep, ProcedureVersion, approval
from procedures.offices import Role
from procedures.worktime import Unit
from tests.factories import MONDAY, make_procedure


def draft_with_steps(district, *times: tuple[int, Unit]) -> ProcedureVersion:
    """A draft of ten working days, with steps of these times."""
    version = make_procedure(district.desk, district.office, number=10)
    for order, (number, unit) in enumerate(times, 1):
        InternalStep.objects.create(
            case=version.cases.get(),
            order=order,
            name=f"Bước {order}",
            role=Role.SPECIALIST,
            number=number,
            unit=unit,
        )
    ProcedureVersion.objects.filter(pk=version.pk).update(approval=Approval.DRAFT)
    return version


@pytest.mark.parametrize(
    ("times", "passes"),
    [
        ([], True),
        ([(80, Unit.WORKING_HOUR)], True),
        ([(9, Unit.WORKING_DAY), (8, Unit.WORKING_HOUR)], True),
        ([(9, Unit.WORKING_DAY)], False),
        ([(10, Unit.WORKING_DAY), (1, Unit.WORKING_HOUR)], False),
    ],
)
def test_a_version_holds_only_when_its_steps_add_up(times, passes, district):
    version = draft_with_steps(district, *times)

    result = approval.approve([version.pk], by=district.controller, at=MONDAY)

    assert (len(result.passed), len(result.held)) == ((1, 0) if passes else (0, 1))
    if not passes:
        assert "thời hạn giải quyết là 80 giờ" in result.held[0][1]
