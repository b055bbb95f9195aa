"""Before 07:00 the day in UTC is still yesterday: nothing may be asked of the wrong day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse

from khanhson_portal.ground.moments import (
    LOCAL,
    day_bounds,
    first_moment,
    local_day,
    month_bounds,
    start_of_day,
    start_of_minute,
)
from khanhson_portal.publication import months
from procedures.offices import Role
from tests.factories import local, make_field, make_officer, make_procedure

UTC = ZoneInfo("UTC")
HALF_PAST_SIX = local(2018, 5, 24, 6, 30)
TODAY, YESTERDAY = date(2018, 5, 24), date(2018, 5, 23)


def test_the_zone_of_the_pages_is_the_zone_of_the_clock():
    assert LOCAL.key == settings.TIME_ZONE


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2018, 5, 23, 16, 59, 59, tzinfo=UTC), date(2018, 5, 23)),
        (datetime(2018, 5, 23, 17, tzinfo=UTC), date(2018, 5, 24)),
        (datetime(2018, 5, 23, 23, 30, tzinfo=UTC), date(2018, 5, 24)),
        (datetime(2018, 5, 24, tzinfo=UTC), date(2018, 5, 24)),
    ],
)
def test_a_moment_has_the_day_of_the_calendar_on_the_wall(utc, day):
    assert local_day(utc) == day
    assert start_of_day(utc) == first_moment(day) <= utc < first_moment(day) + timedelta(days=1)


def test_bounds_leave_no_gap():
    assert day_bounds(YESTERDAY)[1] == day_bounds(TODAY)[0] == local(2018, 5, 24, 0)
    assert month_bounds(2018, 12) == (local(2018, 12, 1, 0), local(2019, 1, 1, 0))


def test_a_minute_begins_without_seconds():
    moment = local(2018, 5, 24, 6, 30)
    assert start_of_minute(moment + timedelta(seconds=59, microseconds=9)) == moment


def test_the_home_page_at_half_past_six_shows_what_is_in_force_today(
    district, client, time_machine
):
    new = make_procedure(district.desk, valid_from=TODAY)
    make_procedure(district.desk, valid_to=YESTERDAY, field=make_field("Hộ tịch"))
    time_machine.move_to(HALF_PAST_SIX, tick=False)

    fields = client.get(reverse("home:home")).context["fields"]

    assert [(field.pk, field.procedures) for field in fields] == [(new.field_id, 1)]


def test_a_leader_of_today_may_publish_at_half_past_six(district, client, time_machine):
    leader = make_officer(district.committee, Role.LEADER)
    leader.posts.update(valid_from=TODAY)
    months.draft(2018, 4, HALF_PAST_SIX)
    time_machine.move_to(HALF_PAST_SIX, tick=False)
    client.force_login(leader)

    page = client.get(reverse("publication:draft", args=[2018, 4]))

    assert page.context["may_publish"]
