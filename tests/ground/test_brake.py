"""The brake: a guesser is slow, a neighbour is not, and nothing kept says who tried what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from dossiers.papers import genuine as codes
from khanhson_portal.ground import jobs
from khanhson_portal.ground.brake import Brake, TooFast
from khanhson_portal.ground.models import Attempt
from khanhson_portal.home.views import GUESSING as SIGN_IN
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db

ONE, OTHER = "203.0.113.7", "203.0.113.8"
SLOW = Brake(
    "thu",
    window=timedelta(minutes=10),
    per_address=3,
    of_all=6,
    pace=timedelta(seconds=10),
    per_subject=2,
    subject_pace=timedelta(seconds=30),
)


def after(seconds: int):
    return MONDAY + timedelta(seconds=seconds)


def tried(address: str, subject: str = "", times: int = 1, at: int = 0) -> None:
    for _ in range(times):
        SLOW.count(address, after(at), subject)


def waits(address: str, subject: str = "", at: int = 0) -> int:
    """Return for how many seconds the next try has to wait."""
    try:
        SLOW.check(address, after(at), subject)
    except TooFast as fast:
        return int((fast.until - after(at)).total_seconds())
    return 0


def test_each_limit_slows_down_whom_it_concerns():
    tried(ONE, "a", times=2)

    assert waits(ONE, "a") == 30  # the subject is tried too often: this sender's own pace there
    assert waits(OTHER, "a") == 0  # who has not tried here passes: it may be the owner
    assert waits(ONE, "b") == 0
    tried(ONE, "b")
    assert waits(ONE, "c") == 10  # the address tried too much
    assert waits(OTHER, "c") == 0


def test_the_limit_of_all_slows_each_sender_and_shuts_out_none():
    for number in range(6):
        tried(f"198.51.100.{number}", f"s{number}")

    assert waits("198.51.100.1", "x") == 10
    assert waits(OTHER, "x") == 0
    assert waits("", "x") == 10  # nobody is known here: all of them are one


def test_tries_grow_old_one_by_one():
    for at in (0, 100, 200):
        tried(ONE, at=at)

    assert waits(ONE, at=201) == 9
    assert waits(ONE, at=602) == 0  # the first left the window of ten minutes


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household holds a whole /64
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("fe80::1%eth0", "fe80::2", True),
    ],
)
def test_who_is_one_sender(first, second, same):
    tried(first, times=3)

    assert (waits(second) > 0) is same


@pytest.mark.parametrize("hidden", ["", "127.0.0.1", "::1", "rác"])
def test_an_address_that_hides_everybody_is_nobodys(hidden):
    tried(hidden, "a")
    tried(hidden, "b", times=2)

    assert waits(hidden, "c") == 0
    assert waits(hidden, "b") == 30


def test_nothing_kept_says_who_or_what():
    tried(ONE, "000.00.20.H32-180416-0001")

    (row,) = Attempt.objects.values()
    assert "203.0" not in str(row)
    assert "H32" not in str(row)
    assert len(row["address"]) == len(row["subject"]) == 32


def test_two_brakes_do_not_add_up():
    tried(ONE, times=3)

    Brake("khac", SLOW.window, 3, 6, SLOW.pace).check(ONE, MONDAY)


def test_the_nightly_job_forgets(time_machine):
    tried(ONE, times=2)
    tried(ONE, at=25 * 3600)
    time_machine.move_to(after(25 * 3600))

    assert jobs.forget_attempts() == "2 attempts forgotten"
    assert jobs.forget_attempts() == "0 attempts forgotten"


def test_the_told_minute_is_never_too_early():
    assert TooFast(after(1)).told == after(60)
    assert TooFast(after(60)).told == after(60)
    assert TooFast(after(1) + timedelta(microseconds=5)).told >= after(1)


def test_a_check_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        waits(ONE, "a")


# At the doors -----------------------------------------------------------------------------------


def sign_in(client, password: str, address: str = ONE, name: str = "thu-sign-in"):
    fields = {"username": name, "password": password}
    return client.post("/dang-nhap/", fields, REMOTE_ADDR=address)


def test_a_stranger_cannot_lock_an_officer_out(client, district, settings, time_machine):
    settings.AXES_ENABLED = True
    time_machine.move_to(MONDAY, tick=False)
    officer = district.receiver
    officer.set_password("mat-khau-dung-2018")
    officer.save()
    name = officer.username
    for _ in range(SIGN_IN.per_subject):
        assert sign_in(client, "sai", name=name).status_code == 200

    slowed = sign_in(client, "sai", name=name.upper())
    assert slowed.status_code == 429
    assert "Tài khoản không bị khóa" in slowed.content.decode()
    assert f'value="{name.upper()}"' in slowed.content.decode()
    assert sign_in(client, "mat-khau-dung-2018", OTHER, name).status_code == 302
    client.logout()
    time_machine.shift(SIGN_IN.subject_pace)  # from the stranger's own address it is slow, not shut
    assert sign_in(client, "mat-khau-dung-2018", ONE, name).status_code == 302


def test_the_last_bolt_lies_beyond_what_the_brake_lets_through(settings):
    paced = settings.AXES_COOLOFF_TIME * 3600 / SIGN_IN.subject_pace.total_seconds()

    assert SIGN_IN.per_subject + paced < settings.AXES_FAILURE_LIMIT


def test_the_admin_has_no_other_door(client, district):
    answer = client.get("/quan-tri/login/?next=/quan-tri/")

    assert answer.headers["Location"] == "/dang-nhap/?next=/quan-tri/"
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    assert client.get("/quan-tri/login/").status_code == 403


def test_guessing_codes_of_papers_slows_down_and_slips_of_the_finger_do_not_count(client):
    address = reverse("dossiers:genuine_form")
    code = codes.code_of(7)

    def ask(typed: str) -> int:
        return client.get(address, {"ma": typed}, REMOTE_ADDR=ONE).status_code

    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert [ask(slip) for _ in range(31)] == [404] * 31
    body = code.split("-")[0]
    forged = f"{body}-AAAAAAAA-{codes._check(body + 'AAAAAAAA')}"
    assert [ask(forged) for _ in range(30)] == [404] * 30
    assert ask(forged) == 429
    assert client.get(address, {"ma": code}, REMOTE_ADDR=OTHER).status_code == 404  # no such row
