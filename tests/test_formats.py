"""Dates are read as people here write them; Django's own Vietnamese locale reads them wrong."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("05/03/2025", date(2025, 3, 5)),
        ("25/03/2025", date(2025, 3, 25)),
        ("5-3-2025", date(2025, 3, 5)),
        ("05.03.2025", date(2025, 3, 5)),
        ("05032025", date(2025, 3, 5)),
        ("2025-03-05", date(2025, 3, 5)),
    ],
)
def test_the_day_comes_before_the_month(typed, meant):
    with translation.override("vi"):
        assert forms.DateField().clean(typed) == meant


def test_dates_and_numbers_are_written_the_vietnamese_way():
    with translation.override("vi"):
        assert formats.date_format(date(2025, 3, 5), "SHORT_DATE_FORMAT") == "05/03/2025"
        assert formats.number_format(1234567.5, 1, force_grouping=True) == "1.234.567,5"
