"""The indices against values worked out by hand, and against independent formulas."""

from __future__ import annotations

import math
import random

import pytest

from satisfaction import indices
from satisfaction.indices import Grade, Reached, Share


@pytest.mark.parametrize(
    ("population", "people"),
    [(0, 0), (80, 80), (100, 100), (1_000, 286), (2_400, 343), (10_000, 385), (10**9, 400)],
)
def test_the_sample_is_the_ministrys_formula(population, people):
    assert indices.sample_size(population) == people


def test_one_answer_of_each_kind_gives_forty_per_cent():
    sheets = [{"1": score} for score in (5, 4, 3, 2, 1)]

    share = indices.by_criterion(sheets, [1])[1]

    assert (share.satisfied, share.given, share.percent) == (2, 5, 40.0)


def test_a_blank_answer_is_in_no_denominator():
    shares = indices.by_criterion([{"1": 5}, {"2": 4}, {}], [1, 2])

    assert indices.pooled(shares.values()) == Share(2, 2)


def test_a_group_pools_answers_and_the_mean_does_not():
    shares = [Share(9, 10), Share(0, 2)]

    assert indices.pooled(shares).percent == 75.0
    assert indices.mean_of_criteria(shares) == 45.0


def test_nothing_answered_is_no_number():
    assert Share(0, 0).percent is None
    assert Share(0, 0).interval is None
    assert indices.mean_of_criteria([]) is None
    assert indices.weighted([]) is None


@pytest.mark.parametrize(("satisfied", "given"), [(0, 5), (5, 5), (40, 50), (78, 100), (1, 1)])
def test_the_interval_is_wilsons(satisfied, given):
    z, p = 1.959963984540054, satisfied / given
    middle = (p + z * z / (2 * given)) / (1 + z * z / given)
    half = z / (1 + z * z / given) * math.sqrt(p * (1 - p) / given + z * z / (4 * given**2))

    low, high = Share(satisfied, given).interval

    assert low == pytest.approx(100 * max(0, middle - half), abs=1e-6)
    assert high == pytest.approx(100 * min(1, middle + half), abs=1e-6)


def test_the_interval_covers_the_truth_of_nineteen_districts_in_twenty():
    luck, covered, districts = random.Random(643), 0, 2_000
    bounds: dict[tuple[int, int], tuple[float, float]] = {}
    for _ in range(districts):
        truth, asked = luck.uniform(0.5, 0.95), 343
        given = sum(luck.random() < 0.7 for _ in range(asked))  # three in ten do not answer
        satisfied = sum(luck.random() < truth for _ in range(given))
        key = (satisfied, given)
        low, high = bounds.setdefault(key, Share(*key).interval)
        covered += low <= 100 * truth <= high

    assert 0.94 <= covered / districts <= 0.965


def test_strata_count_by_their_people():
    assert indices.weighted([(Share(8, 10), 900), (Share(2, 10), 100)]) == pytest.approx(74.0)
    assert indices.weighted([(Share(8, 10), 900), (Share(0, 0), 100)]) is None


@pytest.mark.parametrize(
    ("share", "target", "above", "said"),
    [
        (Share(90, 100), 78, False, Reached.YES),
        (Share(79, 100), 78, False, Reached.LIKELY),
        (Share(77, 100), 78, False, Reached.UNLIKELY),
        (Share(50, 100), 78, False, Reached.NO),
        (Share(78, 100), 78, False, Reached.LIKELY),
        (Share(80, 100), 80, True, Reached.UNLIKELY),
        (Share(4, 4), 78, False, Reached.UNKNOWN),
        (Share(0, 0), 78, False, Reached.UNKNOWN),
    ],
)
def test_a_target_is_judged_with_its_interval(share, target, above, said):
    assert indices.reached(share, target, above=above) is said


def test_a_single_hidden_part_takes_the_smallest_other_with_it():
    people = {"a": Share(0, 4), "b": Share(0, 9), "c": Share(0, 30)}

    assert indices.hidden_with(people) == {"a", "b"}
    assert indices.hidden_with({"a": Share(0, 4), "b": Share(0, 3), "c": Share(0, 9)}) == {"a", "b"}
    assert indices.hidden_with({"a": Share(0, 8), "b": Share(0, 9)}) == set()


@pytest.mark.parametrize(
    ("points", "found"),
    [
        (18, Grade.EXCELLENT), (15, Grade.EXCELLENT), (14.99, Grade.GOOD), (12, Grade.GOOD),
        (11.99, Grade.FAIR), (9, Grade.FAIR), (8.99, Grade.MIDDLING), (6, Grade.MIDDLING),
        (5.99, Grade.WEAK), (0, Grade.WEAK),
    ],
)  # fmt: skip
def test_the_classes_of_eighteen_points(points, found):
    assert indices.grade(points) is found
