"""Giờ làm việc: an agency's own over the common one, each in its time; whatever may be saved can
be read by every page afterwards."""

from __future__ import annotations

from datetime import date, time
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from khanhson_portal.home import context
from procedures.offices import AgencyKind, Level, Officer, Role
from procedures.worktime import Holiday, HolidayKind, WorkingTime
from procedures.worktime.opening_hours import OpeningHours
from procedures.worktime.turns import in_turn
from tests.factories import day, make_dossier, make_officer

BACKEND = "procedures.offices.access.PostBackend"
ADD = "/quan-tri/procedures/workingtime/add/"


def row(pk: int, first: str, last: str = ""):
    begins, ends = day(first), day(last) if last else None
    return WorkingTime(pk=pk, version=str(pk), valid_from=begins, valid_to=ends)


def turns(own, common) -> list[tuple[str, int]]:
    return [(f"{begins:%-d/%-m/%Y}", held.pk) for begins, held in in_turn(own, common)]


@pytest.mark.parametrize(
    ("own", "common", "expected"),
    [
        ([], [row(1, "1/1/2015")], [("1/1/2015", 1)]),
        ([], [row(1, "1/1/2015"), row(2, "1/1/2027")], [("1/1/2015", 1), ("1/1/2027", 2)]),
        # hours of its own from 2027: until then the common ones hold there too
        ([row(9, "1/1/2027")], [row(1, "1/1/2015")], [("1/1/2015", 1), ("1/1/2027", 9)]),
        # summer hours, and back
        (
            [],
            [row(1, "1/1/2015"), row(2, "1/6/2018", "31/8/2018")],
            [("1/1/2015", 1), ("1/6/2018", 2), ("1/9/2018", 1)],
        ),
        # a gap is held by what held before
        (
            [],
            [row(1, "1/1/2015", "31/12/2016"), row(2, "1/1/2018")],
            [("1/1/2015", 1), ("1/1/2018", 2)],
        ),
        ([row(9, "1/1/2027")], [], [("1/1/2027", 9)]),
        ([], [], []),
    ],
)
def test_which_working_time_holds_when(own, common, expected):
    assert turns(own, common) == expected


def week(*days: int, counts: bool = True, prefix: str = "sessions") -> dict[str, object]:
    typed: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(days), f"{prefix}-INITIAL_FORMS": 0}
    for n, weekday in enumerate(days):
        typed |= {f"{prefix}-{n}-weekday": weekday, f"{prefix}-{n}-opens": "07:30",
                  f"{prefix}-{n}-closes": "11:30"}  # fmt: skip
        if counts:
            typed[f"{prefix}-{n}-counts"] = "on"
    return typed


def typed_time(**changed: object) -> dict[str, object]:
    return {"version": "Giờ mới", "agency": "", "valid_from": "01/01/2027", "valid_to": "",
            "cutoff": "15:00", "basis": ""} | changed  # fmt: skip


@pytest.fixture
def admin(client, district):
    root = Officer.objects.create_superuser("root", password="x", full_name="Quản Trị", email="")
    client.force_login(root, backend=BACKEND)
    return client


def test_tuesdays_only_from_2027_changes_nothing_today(admin, district):
    before = admin.get("/").content
    assert admin.post(ADD, typed_time() | week(1)).status_code == 302
    admin.get("/mot-cua/lich-lam-viec/")  # shows "đã được thêm" once

    assert admin.get("/").content == before
    words = OpeningHours([district.desk.pk]).words
    assert words(district.desk.pk, day("1/1/2027")) == "thứ Ba: 7 giờ 30 – 11 giờ 30"
    calendar = Holiday.objects.calendar(district.desk, day("1/1/2027"))
    assert calendar.add(day("1/1/2027"), 2) == day("12/1/2027")
    assert calendar.closing_time(day("4/1/2027")).time() == time(11, 30)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (typed_time() | week(), "ít nhất một buổi có tính vào thời hạn"),
        (typed_time() | week(5, counts=False), "ít nhất một buổi có tính vào thời hạn"),
        (typed_time() | week(1, 1), "chồng lên nhau"),
        (typed_time(valid_from="10/07/2015") | week(1), "đã bắt đầu đúng ngày 10/07/2015"),
        (typed_time(valid_to="01/01/2026") | week(1), "Ngày hết hiệu lực phải từ"),
    ],
)
def test_what_nobody_could_count_with_is_not_saved(admin, typed, sentence):
    answer = admin.post(ADD, typed)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert WorkingTime.objects.count() == 1


def test_the_last_common_hours_stay(admin, district):
    """Deleted, emptied or given to one agency, they would leave every other without a calendar."""
    common = WorkingTime.objects.get()
    row = f"/quan-tri/procedures/workingtime/{common.pk}"
    own = typed_time(version=common.version, agency=district.desk.pk, valid_from="10/07/2015")
    sessions = {"sessions-TOTAL_FORMS": common.sessions.count()}
    sessions |= {"sessions-INITIAL_FORMS": common.sessions.count()}
    for n, session in enumerate(common.sessions.all()):
        sessions |= {f"sessions-{n}-id": session.pk, f"sessions-{n}-working_time": common.pk,
                     f"sessions-{n}-weekday": session.weekday, f"sessions-{n}-DELETE": "on",
                     f"sessions-{n}-opens": session.opens, f"sessions-{n}-closes": session.closes,
                     f"sessions-{n}-counts": "on"}  # fmt: skip

    kept = {name: value for name, value in sessions.items() if "DELETE" not in name}
    handed = admin.post(f"{row}/change/", own | kept)
    emptied = admin.post(f"{row}/change/", own | {"agency": ""} | sessions)

    assert "giờ làm việc chung duy nhất" in handed.content.decode()
    assert "ít nhất một buổi" in emptied.content.decode()
    assert admin.post(f"{row}/delete/", {"post": "yes"}).status_code == 403
    assert WorkingTime.objects.rules(district.desk)[0].sessions[0]


def test_a_page_whose_frame_cannot_be_read_is_shown_without_it(client, district, monkeypatch):
    assert client.get("/healthz").json()["page"] is True
    broken = SimpleNamespace(words=lambda *_: 1 / 0)
    monkeypatch.setattr(context, "OpeningHours", lambda _ids: broken)

    page = client.get("/")

    assert page.status_code == 200
    assert "Một cửa huyện Khánh Sơn" in page.content.decode()
    sick = client.get("/healthz")
    assert (sick.status_code, sick.json()["page"]) == (503, False)


def test_health_draws_the_front_page(client, db, monkeypatch):
    monkeypatch.setattr("procedures.catalogue.Field.objects.for_front_page", lambda _day: 1 / 0)

    sick = client.get("/healthz")

    assert (sick.status_code, sick.json()["page"]) == (503, False)


# Whatever may be saved can be read --------------------------------------------------------------

LIST = "/quan-tri/procedures"
YEARS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
TIMES = st.integers(0, 23).flatmap(
    lambda opens: st.tuples(st.just(time(opens)), st.integers(opens, 23).map(lambda h: time(h, 59)))
)
TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=30)


def typed(value: object) -> object:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


@st.composite
def working_times(draw) -> tuple[str, dict[str, object]]:
    hours = draw(st.dictionaries(st.integers(0, 6), TIMES, min_size=1))
    sessions: dict[str, object] = {"sessions-TOTAL_FORMS": len(hours), "sessions-INITIAL_FORMS": 0}
    for n, (weekday, (opens, closes)) in enumerate(hours.items()):
        sessions |= {f"sessions-{n}-weekday": weekday, f"sessions-{n}-opens": opens,
                     f"sessions-{n}-closes": closes}  # fmt: skip
        if n == 0 or draw(st.booleans()):
            sessions[f"sessions-{n}-counts"] = "on"
    begins, ends = draw(YEARS), draw(st.none() | YEARS)
    row = {"agency": draw(st.sampled_from(["", "@desk"])), "valid_from": begins,
           "valid_to": ends if ends and ends >= begins else "",
           "cutoff": draw(st.times()).replace(microsecond=0)}  # fmt: skip
    return f"{LIST}/workingtime/add/", typed_time(**row) | sessions


@st.composite
def holidays(draw) -> tuple[str, dict[str, object]]:
    kind = draw(st.sampled_from(HolidayKind.values))
    agency = "@desk" if kind == HolidayKind.CLOSURE else ""
    row = {"kind": kind, "day": draw(YEARS), "name": draw(TEXT), "agency": agency, "basis": ""}
    return "/mot-cua/lich-lam-viec/them/", row


@st.composite
def agencies(draw) -> tuple[str, dict[str, object]]:
    """An agency of any kind under any other, with its numbers to call, some left out."""
    row = {"slug": draw(st.from_regex("[a-z]{3,20}", fullmatch=True)), "name": draw(TEXT),
           "short_name": draw(TEXT), "kind": draw(st.sampled_from(AgencyKind.values)),
           "level": draw(st.sampled_from(Level.values)), "order": 0,
           "parent": draw(st.sampled_from(["", "@desk", "@committee"])), "valid_from": draw(YEARS),
           "codes-TOTAL_FORMS": 0, "codes-INITIAL_FORMS": 0,
           "hotlines-TOTAL_FORMS": 1, "hotlines-INITIAL_FORMS": 0,
           "hotlines-0-valid_from": draw(YEARS), "hotlines-0-phone": draw(TEXT),
           "hotlines-0-hours": draw(TEXT)}  # fmt: skip
    return f"{LIST}/agency/add/", row


@st.composite
def changed_desks(draw) -> tuple[str, dict[str, object]]:
    """The desk itself under another name, kind or parent, begun later or ended."""
    begins, ends = draw(YEARS), draw(st.none() | YEARS)
    _, row = draw(agencies())
    row |= {"slug": "mot-cua-huyen", "valid_from": begins,
            "valid_to": ends if ends and ends >= begins else ""}  # fmt: skip
    return f"{LIST}/agency/@desk/change/", row


@st.composite
def posts(draw) -> tuple[str, dict[str, object]]:
    row = {"username": "can-bo-moi", "full_name": draw(TEXT), "usable_password": "false",
           "posts-TOTAL_FORMS": 1, "posts-INITIAL_FORMS": 0, "posts-0-title": draw(TEXT),
           "posts-0-agency": draw(st.sampled_from(["@desk", "@committee"])),
           "posts-0-valid_from": draw(YEARS),
           "posts-0-groups": draw(st.sampled_from(["reception", "leader"]))}  # fmt: skip
    return f"{LIST}/officer/add/", row


def save(client, district, address: str, row: dict[str, object]) -> None:
    """Type a row into its form as a browser would; what the form refuses is not saved."""
    pks = {"@desk": district.desk.pk, "@committee": district.committee.pk}
    pks |= {group.name: group.pk for group in Group.objects.all()}
    sent = {name: typed(pks.get(value, value)) for name, value in row.items() if value is not None}
    address = address.replace("/@desk/", f"/{district.desk.pk}/")
    answer = client.post(address, sent)
    assert answer.status_code in {200, 302}, address
    if answer.status_code == 200 and (impact := answer.context.get("impact")):
        answer = client.post(address, {**sent, "seen": impact.digest, "save": "1"})
    event(f"{address.split('/')[3]}: {'saved' if answer.status_code == 302 else 'refused'}")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        working_times() | holidays() | agencies() | changed_desks() | posts(),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_may_be_saved_leaves_every_page_open(client, rows, everything):
    district, version, dossier = everything
    with transaction.atomic():
        for address, row in rows:
            save(client, district, address, row)
        for address in ("/", "/kiosk/", "/can-bo/", "/duong-day-nong/", "/thu-tuc/", "/mot-cua/",
                        f"/thu-tuc/{version.procedure.code}/", f"/mot-cua/ho-so/{dossier.code}/",
                        "/mot-cua/tiep-nhan/", "/mot-cua/nhac-viec/", "/huong-dan/",
                        "/dieu-hanh/"):  # fmt: skip
            assert client.get(address).status_code in {200, 403, 404}, address
        assert client.get("/healthz").json()["page"]
        assert make_dossier(district, version, now=now()).due_at
        transaction.set_rollback(True)


@pytest.fixture
def everything(client, district):
    """Somebody who may do everything, a procedure and a dossier."""
    everybody = make_officer(district.desk, *Role)
    Officer.objects.filter(pk=everybody.pk).update(is_superuser=True, is_staff=True)
    client.force_login(everybody, backend=BACKEND)
    dossier = make_dossier(district, now=now())
    return district, dossier.version, dossier
