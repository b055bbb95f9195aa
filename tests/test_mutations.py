"""The mutations written by hand still break what they name: ``make mutate`` runs them."""

from __future__ import annotations

from django.conf import settings

from tests.mutation.by_hand import MUTATIONS
from tests.mutation.rooms import ROOMS


def test_every_mutation_finds_its_text_once_and_its_tests():
    for mutation in MUTATIONS:
        text = (settings.BASE_DIR / mutation.module).read_text()
        assert text.count(mutation.old) == 1, f"{mutation.module}: {mutation.old!r}"
        for path in mutation.tests:
            assert (settings.BASE_DIR / path).exists(), path


def test_every_mutated_module_and_its_tests_exist():
    for room in ROOMS:
        for path in (*room.modules, *room.tests):
            assert (settings.BASE_DIR / path).exists(), path
