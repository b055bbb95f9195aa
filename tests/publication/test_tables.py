"""Tables must balance. The unbalanced ones were really published, elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.statistics import Counts, on_time_rate
from khanhson_portal.publication.tables import (
    II_06A,
    LAYOUTS,
    TT_02_2017,
    breaches,
    figures,
    sum_breaches,
)

# published by a provincial portal: received, done, open, early, on time, late
REALLY_PUBLISHED = [
    ("Mức 1, 2", 268_763, 257_141, 11_622, 124_907, 102_770, 19_852, 9_612),
    ("Mức 3", 68_544, 61_827, 6_717, 43_434, 11_795, 4_331, 2_267),
    ("Mức 4", 1_665, 1_611, 54, 952, 388, 268, 3),
]


@pytest.mark.parametrize("row", REALLY_PUBLISHED, ids=[row[0] for row in REALLY_PUBLISHED])
def test_tables_that_were_really_published_unbalanced_are_refused(row):
    name, received, done, still_open, early, on_time, late, gap = row
    published = {
        "3": received, "4": received, "5": 0, "6": 0, "7": done, "8": early, "9": on_time,
        "10": late, "11": still_open, "12": still_open, "13": 0,
    }  # fmt: skip

    (breach,) = breaches(II_06A, [{"name": name, "figures": published}])

    assert "đã giải quyết: Tổng số" in breach
    assert str(gap) in breach


NUMBERS = st.lists(st.integers(0, 500), min_size=11, max_size=11)


@given(NUMBERS, st.sampled_from(list(LAYOUTS.values())))
def test_sums_of_received_done_and_open_hold_for_any_counts(numbers, layout):
    row = {"name": "x", "figures": figures(layout, Counts(*numbers))}
    *sums, _received_is_done_and_open = layout.identities

    for whole, parts in sums:
        assert row["figures"][whole] == sum(row["figures"][part] for part in parts)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_received_must_be_done_and_open_together(layout):
    lost = Counts(new_direct=10, done_on_time=4, open_in_time=5)
    kept = Counts(new_direct=10, done_on_time=4, open_in_time=6)

    assert len(breaches(layout, [{"name": "x", "figures": figures(layout, lost)}])) == 1
    assert breaches(layout, [{"name": "x", "figures": figures(layout, kept)}]) == []


def test_groups_that_do_not_add_to_the_total_are_named():
    def row(kind, name, count):
        return {"kind": kind, "name": name, "figures": figures(TT_02_2017, Counts(carried=count))}

    rows = [row("group", "A. Huyện", 7), row("field", "Đất đai", 7), row("group", "B. Xã", 3),
            row("field", "Hộ tịch", 2), row("sum", "Tổng cộng", 17)]  # fmt: skip

    assert sum_breaches(TT_02_2017, rows) == [
        "Cộng các nhóm theo cấp, “Số hồ sơ nhận giải quyết: Tổng số” là 10 "
        "nhưng dòng “Tổng cộng” ghi 17.",
        "Cộng các nhóm theo cấp, “Số hồ sơ nhận giải quyết: Số kỳ trước chuyển qua” là 10 "
        "nhưng dòng “Tổng cộng” ghi 17.",
        "Cộng các lĩnh vực, “Số hồ sơ nhận giải quyết: Tổng số” là 2 nhưng dòng “B. Xã” ghi 3.",
        "Cộng các lĩnh vực, “Số hồ sơ nhận giải quyết: Số kỳ trước chuyển qua” là 2 "
        "nhưng dòng “B. Xã” ghi 3.",
    ]


def test_the_rate_is_over_what_was_finished_not_over_what_came_in():
    """Quận 1, 2018: 585.336 received, 585.116 done, none late: 100 %, not 99,96 %."""
    assert on_time_rate(Counts(new_direct=585_336, done_on_time=585_116, open_in_time=220)) == 100


def test_nothing_finished_is_no_rate_at_all():
    assert on_time_rate(Counts(new_direct=5, open_in_time=5)) is None
    assert on_time_rate(Counts(done_no_limit=3)) is None


def test_without_a_time_limit_a_dossier_is_neither_on_time_nor_late():
    counts = Counts(done_no_limit=3, done_on_time=3, done_late=1)

    assert on_time_rate(counts) == 75
    assert figures(TT_02_2017, counts)["done_in_time"] == 6
