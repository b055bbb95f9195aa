"""Tracking: whoever holds the receipt sees the dossier; a guess learns nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers import acts, lookup
from khanhson_portal.ground.brake import TooFast
from procedures.offices import Role
from tests.dossiers.doing import WHY, do
from tests.factories import MONDAY, make_dossier, make_hand, make_officer

URL = "/tra-cuu/"


@pytest.fixture
def dossier(district):
    return make_dossier(district)


def ask(client, code: str, secret: str):
    return client.post(URL, {"ma": code, "ma-tra-cuu": secret})


def test_code_and_secret_together_open_the_dossier(client, dossier):
    page = ask(client, dossier.code, dossier.secret_on_paper).content.decode()

    assert "Đã tiếp nhận" in page
    assert "03/05/2018" in page
    assert "Mấu Thị H." in page


def test_the_page_says_why_it_is_that_day(client, dossier):
    page = ask(client, dossier.code, dossier.secret).content.decode()

    assert "Vì sao là ngày này?" in page
    assert "ngày 25/4 (Giỗ Tổ Hùng Vương)" in page


@pytest.mark.parametrize("private", ["Mấu Thị Hoa", "056190000123", "0912345678", "Dốc Trầu"])
def test_nothing_personal_is_shown_even_to_the_holder_of_the_receipt(client, dossier, private):
    assert private not in ask(client, dossier.code, dossier.secret).content.decode()


@pytest.mark.parametrize(
    "typed",
    ["000.00.20.h32-180416-0001", " 000.00.20.H32 – 180416 – 0001 ", "000.00.20.H32_180416_0001"],
)
def test_the_code_is_understood_however_it_is_typed(dossier, typed):
    assert lookup.by_code_and_secret(typed, dossier.secret, "1.1.1.1", MONDAY) == dossier


def test_a_wrong_code_and_a_wrong_secret_get_the_same_bytes(client, dossier):
    wrong = "1" * 8 if dossier.secret != "1" * 8 else "2" * 8
    wrong_secret = ask(client, dossier.code, wrong)
    wrong_code = ask(client, dossier.code[:-1] + "9", wrong)

    same = wrong_secret.content.replace(dossier.code.encode(), b"") == wrong_code.content.replace(
        (dossier.code[:-1] + "9").encode(), b""
    )
    assert same
    assert "Không tìm thấy hồ sơ nào" in wrong_code.content.decode()


def test_a_wrong_code_and_a_wrong_secret_cost_the_same_queries(dossier):
    asked = []
    for code in (dossier.code, "000.00.20.H32-180416-0009"):
        with CaptureQueriesContext(connection) as queries:
            assert lookup.by_code_and_secret(code, "x", "a", MONDAY) is None
        asked.append([query["sql"].split(" WHERE ")[0][:60] for query in queries])

    assert asked[0] == asked[1]


def wrong(dossier) -> str:
    return f"{(int(dossier.secret) + 1) % 10**8:08}"


def test_a_guesser_at_one_code_gets_one_guess_a_minute(dossier):
    for _ in range(lookup.GUESSING.per_subject):
        lookup.by_code_and_secret(dossier.code, wrong(dossier), "10.0.0.1", MONDAY)

    with pytest.raises(TooFast):
        lookup.by_code_and_secret(dossier.code, dossier.secret, "10.0.0.1", MONDAY)
    later = MONDAY + lookup.GUESSING.subject_pace
    assert lookup.by_code_and_secret(dossier.code, wrong(dossier), "10.0.0.1", later) is None
    with pytest.raises(TooFast):
        lookup.by_code_and_secret(dossier.code, wrong(dossier), "10.0.0.1", later)


def test_strangers_guesses_never_keep_the_owner_from_their_dossier(dossier):
    for number in range(5 * lookup.GUESSING.per_subject):
        lookup.by_code_and_secret(dossier.code, wrong(dossier), f"10.0.0.{number}", MONDAY)

    assert lookup.by_code_and_secret(dossier.code, dossier.secret, "10.0.1.1", MONDAY) == dossier


def test_a_guesser_at_many_codes_slows_down_his_own_address_only(dossier):
    for number in range(lookup.GUESSING.per_address):
        lookup.by_code_and_secret(f"X-{number}", "00000000", "10.0.0.1", MONDAY)

    with pytest.raises(TooFast):
        lookup.by_code_and_secret(dossier.code, dossier.secret, "10.0.0.1", MONDAY)
    later = MONDAY + lookup.GUESSING.pace
    assert lookup.by_code_and_secret(dossier.code, dossier.secret, "10.0.0.1", later) == dossier
    assert lookup.by_code_and_secret(dossier.code, dossier.secret, "10.0.0.2", MONDAY) == dossier


def test_somebody_guessing_reads_how_long_to_wait(client, dossier, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    far = {"REMOTE_ADDR": "203.0.113.7"}
    for _ in range(lookup.GUESSING.per_subject):
        client.post(URL, {"ma": dossier.code, "ma-tra-cuu": wrong(dossier)}, **far)

    right = {"ma": dossier.code, "ma-tra-cuu": dossier.secret}
    assert "Đã thử nhiều lần" in client.post(URL, right, **far).content.decode()
    time_machine.shift(lookup.GUESSING.subject_pace)
    assert "Mấu Thị H." in client.post(URL, right, **far).content.decode()


@pytest.mark.parametrize("typed", ["", "123", "mã của tôi", "1" * 400, "<script>"])
def test_a_secret_that_cannot_be_one_is_explained_and_what_was_typed_stays(client, dossier, typed):
    page = ask(client, dossier.code, typed).content.decode()

    assert "8 chữ số" in page
    assert dossier.code in page
    assert "<script>" not in page


def test_no_secret_enters_an_address(client, dossier):
    page = client.get(URL, {"ma": dossier.code, "ma-tra-cuu": dossier.secret}).content.decode()

    assert dossier.code in page
    assert dossier.secret not in page
    assert "Đã tiếp nhận" not in page


def test_the_code_on_the_receipt_opens_the_same_page(client, dossier):
    path = reverse("dossiers:track_by_token", args=[dossier.token])
    response = client.get(path)

    assert "Mấu Thị H." in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    assert client.get("/h/khong-co/").status_code == 404


def test_the_citizen_reads_the_receipt_byte_for_byte(client, dossier, district):
    receipt = dossier.papers.get()
    path = reverse("dossiers:citizen_paper", args=[dossier.token, receipt.pk])

    first, second = client.get(path).content, client.get(path).content

    assert first.startswith(b"%PDF-")
    assert first == second
    other = make_dossier(district, dossier.version)
    assert client.get(path.replace(dossier.token, other.token)).status_code == 404


def test_the_line_tells_where_it_is_now(client, dossier, district):
    acts.hand_over(dossier.pk, make_hand(district.receiver), to=district.office)

    page = ask(client, dossier.code, dossier.secret).content.decode()

    assert "Tài chính - Kế hoạch xem xét" in page
    assert page.count('class="now"') == 1


def test_a_finished_dossier_says_what_to_bring(client, dossier, district):
    result = acts.ResultDocument("15/GCN", MONDAY.date(), "Nguyễn Văn Lãnh")
    acts.finish(dossier.pk, make_hand(district.receiver), result=result)

    page = ask(client, dossier.code, dossier.secret).content.decode()

    assert "Đã có kết quả, mời đến nhận" in page
    assert "Mang giấy tiếp nhận và giấy tờ tùy thân" in page


def test_tracking_asks_a_constant_number_of_queries(client, dossier, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(reverse("dossiers:track_by_token", args=[dossier.token]))


def test_a_note_between_officers_is_never_what_the_citizen_must_do(client, dossier, district):
    do("request_supplement", dossier, district.receiver, district)
    colleague = make_officer(district.desk, Role.RECEPTION)
    head = make_officer(district.desk, Role.DESK_HEAD)
    acts.assign(dossier.pk, make_hand(head), officer=colleague, note="Chị Nga nghỉ, làm thay")

    page = ask(client, dossier.code, dossier.secret_on_paper).content.decode()

    assert "Chị Nga nghỉ" not in page
    assert WHY in page
