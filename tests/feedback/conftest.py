import pytest

from feedback.kinds import load_kinds
from feedback.models import CaseKind


@pytest.fixture(autouse=True)
def _kinds(db):
    load_kinds()
    CaseKind.objects.update(working_days=5)
