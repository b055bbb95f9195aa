"""The calendar feed: well-formed to the octet, without names, behind an address that can end."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dossiers.models import CalendarFeed, Dossier
from dossiers.notices import feeds, ical
from procedures.offices import Role
from tests.factories import local, make_dossier, make_officer, make_procedure

RECEIVED, NOW = local(2018, 4, 16), local(2018, 4, 17)


@pytest.fixture
def desk_head(district):
    return make_officer(district.desk, Role.DESK_HEAD)


@pytest.fixture
def feed(district, desk_head):
    return feeds.make_feed(district.desk, "màn hình phòng họp", by=desk_head, now=NOW)


def enter(client, officer):
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


def unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


# The format ------------------------------------------------------------------------------------


@given(st.text(max_size=400))
def test_any_text_folds_at_75_octets_and_unfolds_to_itself(text):
    line = "SUMMARY:" + ical.escaped(text)

    lines = ical.folded(line).split(b"\r\n")

    assert all(len(part) <= 75 for part in lines)
    assert all(part.decode() is not None for part in lines)  # no character is cut
    assert b"".join([lines[0], *(part[1:] for part in lines[1:])]).decode() == line


def test_text_is_escaped():
    assert ical.escaped("a\\b;c,d\r\ne\nf") == "a\\\\b\\;c\\,d\\ne\\nf"


def test_a_calendar_is_lines_of_crlf_with_all_that_must_be_there():
    entry = ical.Entry("1@khanhson.vn", date(2018, 5, 3), "2 hồ sơ", "A\nB", "https://a.vn/")

    content = ical.calendar("Một cửa; huyện", [entry], NOW)

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = unfolded(content)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for line in [
        "X-WR-CALNAME:Một cửa\\; huyện", "BEGIN:VEVENT", "UID:1@khanhson.vn",
        "DTSTAMP:20180417T020000Z", "DTSTART;VALUE=DATE:20180503", "SUMMARY:2 hồ sơ",
        "DESCRIPTION:A\\nB", "URL:https://a.vn/", "END:VEVENT",
    ]:  # fmt: skip
        assert line in lines


# What it holds ---------------------------------------------------------------------------------


def test_each_due_day_is_one_entry_with_codes_and_a_count_and_no_name(district):
    version = make_procedure(district.desk, district.office)
    pair = [make_dossier(district, version, now=RECEIVED) for _ in range(2)]

    lines = unfolded(feeds.content(district.desk, NOW))

    assert "UID:mot-cua-huyen-20180503@127.0.0.1" in lines
    assert "SUMMARY:2 hồ sơ hẹn trả (Một cửa huyện)" in lines
    assert f"DESCRIPTION:{pair[0].code}\\n{pair[1].code}" in lines
    assert "Hoa" not in "".join(lines)
    assert version.title not in "".join(lines)


def test_reading_again_finds_the_same_entries(district):
    make_dossier(district, now=RECEIVED)
    first, second = (unfolded(feeds.content(district.desk, local(2018, 4, d))) for d in (17, 18))

    assert [x for x in first if x.startswith("UID")] == [x for x in second if x.startswith("UID")]


def test_what_is_late_stands_on_today_and_a_new_date_on_its_own_day(district):
    version = make_procedure(district.desk, district.office)
    late, promised = (make_dossier(district, version, now=RECEIVED) for _ in range(2))
    Dossier.objects.filter(pk=promised.pk).update(promised_at=local(2018, 5, 10, 17))

    lines = unfolded(feeds.content(district.desk, local(2018, 5, 7)))

    assert "SUMMARY:1 hồ sơ trễ hẹn (Một cửa huyện)" in lines
    assert lines[lines.index(f"DESCRIPTION:{late.code}") - 2] == "DTSTART;VALUE=DATE:20180507"
    assert lines[lines.index(f"DESCRIPTION:{promised.code}") - 2] == "DTSTART;VALUE=DATE:20180510"


def test_a_crowded_day_lists_a_hundred_and_counts_the_rest(district, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_CODES", 1)
    version = make_procedure(district.desk, district.office)
    for _ in range(3):
        make_dossier(district, version, now=RECEIVED)

    assert "và 2 hồ sơ khác" in "".join(unfolded(feeds.content(district.desk, NOW)))


# The address -----------------------------------------------------------------------------------


def test_whoever_holds_the_address_reads_it_until_it_is_revoked(
    feed, district, client, desk_head, django_assert_max_num_queries
):
    path = reverse("dossiers:calendar_feed", args=[feed.token])
    with django_assert_max_num_queries(2):
        answer = client.get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert client.get(path.replace(feed.token, "khong-co")).status_code == 404

    assert feeds.revoke_feed(feed, by=desk_head, now=NOW)
    assert client.get(path).status_code == 404
    assert not feeds.revoke_feed(feed, by=desk_head, now=NOW)


def test_a_desk_head_makes_and_revokes_an_address(client, desk_head, district):
    enter(client, desk_head)
    address = reverse("dossiers:calendar_feeds")

    client.post(address, {"desk": district.desk.pk, "label": " máy  trưởng bộ phận "})
    feed = CalendarFeed.objects.get()
    assert feed.label == "máy trưởng bộ phận"
    assert feed.address in client.get(address).content.decode()

    page = client.post(reverse("dossiers:revoke_feed", args=[feed.pk]), follow=True)
    assert "Đã thu hồi" in page.content.decode()
    assert feed.address not in page.content.decode()


def test_a_slip_on_the_form_is_explained(client, desk_head, district):
    enter(client, desk_head)
    page = client.post(
        reverse("dossiers:calendar_feeds"), {"desk": district.commune_desk.pk, "label": " "}
    ).content.decode()

    assert "Ghi ai dùng lịch này." in page
    assert "Chọn bộ phận một cửa trong danh sách." in page
    assert not CalendarFeed.objects.exists()


def test_addresses_are_for_their_keepers(feed, client, district):
    page, revoke = (
        reverse("dossiers:calendar_feeds"),
        reverse("dossiers:revoke_feed", args=[feed.pk]),
    )
    other = make_officer(district.commune_desk, Role.DESK_HEAD)

    assert client.get(page).status_code == 302
    assert enter(client, district.receiver).get(page).status_code == 403
    assert enter(client, other).post(revoke).status_code == 404
    assert feed.address not in client.get(page).content.decode()
    assert client.get(revoke).status_code == 405
    administrator = make_officer(district.committee, Role.ADMINISTRATOR)
    assert feed.address in enter(client, administrator).get(page).content.decode()


def test_the_page_costs_the_same_for_one_and_for_twenty(
    client, desk_head, district, django_assert_max_num_queries
):
    for number in range(20):
        feeds.make_feed(district.desk, f"máy {number}", by=desk_head, now=NOW)
    enter(client, desk_head)

    with django_assert_max_num_queries(15):
        assert client.get(reverse("dossiers:calendar_feeds")).status_code == 200
