"""The table of days off is a person's; a library only proposes."""

from __future__ import annotations

import csv

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.db.transaction import atomic
from django.urls import reverse

from procedures import reference
from procedures.worktime import AnnouncedYear, Holiday, HolidayKind
from tests.factories import day, local

# the yearly announcements, by hand: off, worked
SWAPS = [
    ("31/12/2018", "5/1/2019"),
    ("29/4/2019", "4/5/2019"),
    ("29/4/2024", "4/5/2024"),
    ("2/5/2025", "26/4/2025"),
    ("2/1/2026", "10/1/2026"),
    ("31/8/2026", "22/8/2026"),
]
COMPENSATED = [
    "3/9/2018",
    "15/4/2019",
    "3/5/2021",
    "3/1/2022",
    "11/4/2022",
    "4/9/2023",
    "27/4/2026",
]


@pytest.mark.parametrize(("off", "worked"), SWAPS)
def test_the_swapped_days_of_the_table(off, worked, district):
    calendar = Holiday.objects.calendar(None, day(off))

    assert not calendar.is_working(day(off))
    assert calendar.is_working(day(worked))


@pytest.mark.parametrize("off", COMPENSATED)
def test_the_compensation_days_of_the_table(off, district):
    assert not Holiday.objects.calendar(None, day(off)).is_working(day(off))


def test_the_command_proposes_and_writes_nothing_unasked(district, capsys):
    call_command("load_holidays", "2027")

    assert "đề xuất thêm: 16/04/2027" in capsys.readouterr().out
    assert not Holiday.objects.filter(day__year=2027).exists()


def test_on_a_persons_word_the_year_is_written_once(district):
    call_command("load_holidays", "2027", confirm="Thông báo số 1")
    written = Holiday.objects.filter(day__year=2027).count()
    call_command("load_holidays", "2027", confirm="Thông báo số 1")

    assert written == Holiday.objects.filter(day__year=2027).count() > 10
    assert AnnouncedYear.objects.filter(year=2027).exists()


def test_a_year_out_of_reach_is_refused(db):
    with pytest.raises(CommandError, match="2000"):
        call_command("load_holidays", "20188")


def test_an_agency_shut_by_a_storm_has_a_calendar_of_its_own(district):
    Holiday.objects.create(
        day=day("17/4/2018"), kind=HolidayKind.CLOSURE, name="nghỉ do bão", agency=district.desk
    )
    since = local(2018, 4, 16).date()

    assert not Holiday.objects.calendar(district.desk, since).is_working(day("17/4/2018"))
    assert Holiday.objects.calendar(district.commune_desk, since).is_working(day("17/4/2018"))


def test_a_closure_without_its_agency_cannot_be_stored(db):
    with pytest.raises(IntegrityError, match="closure_has_its_agency"), atomic():
        Holiday.objects.create(day=day("17/4/2018"), kind=HolidayKind.CLOSURE, name="bão")


def test_one_day_is_off_or_worked_not_both(district):
    with pytest.raises(IntegrityError, match="holiday_once_per_day"), atomic():
        Holiday.objects.create(day=day("30/4/2018"), kind=HolidayKind.WORKED, name="làm bù")


def test_a_day_names_the_law_it_rests_on_and_no_notice_that_nobody_has_seen(district):
    """The number of a yearly notice is the office's to fill in; swapped days rest on it alone."""
    bases = dict(Holiday.objects.values_list("day", "basis"))

    assert bases[day("25/4/2018")] == "Bộ luật Lao động 2012, Điều 115"
    assert bases[day("27/4/2026")] == "Bộ luật Lao động 2019, Điều 111 khoản 3"
    assert {bases[day(text)] for pair in SWAPS for text in pair} == {""}


def test_the_calendar_page_shows_what_each_day_rests_on(district, client):
    client.force_login(district.controller)

    page = client.get(reverse("dossiers:calendar"), {"nam": "2019"}).content.decode()

    assert "Bộ luật Lao động 2012, Điều 115" in page
    assert page.count("chưa ghi số thông báo") == 3  # 5/1, 29/4 and 4/5


@pytest.mark.parametrize(
    ("table", "sure"), [("procedures-2018.csv", "high"), ("procedures-2026.csv", "medium")]
)
def test_births_with_insurance_take_fifteen_working_days_as_the_source_says_in_words(table, sure):
    """The national data's unit says "Ngày", its text "không quá 15 ngày làm việc"."""
    with (reference.DATA / table).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ma"] == "2.001023"]

    said = {(r["so_thoi_gian"], r["don_vi_thoi_gian"], r["do_tin_cay"]) for r in rows}
    assert said == {("15", "Ngày làm việc", sure)}
    assert all("không quá 15 ngày làm việc" in row["thoi_han_ghi"] for row in rows)
