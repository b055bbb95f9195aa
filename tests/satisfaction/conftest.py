import pytest

from satisfaction.questionnaires import load_questionnaires


@pytest.fixture(autouse=True)
def _questionnaires(db):
    load_questionnaires()
