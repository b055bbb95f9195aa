"""Feedback in the browser of a citizen without an account, and on the desk of the office."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils.timezone import now

from feedback.forms import SALT
from feedback.models import Case
from procedures.offices import Agency
from tests.feedback.test_acts import answered, letter, make_case


@pytest.fixture
def typed(district):
    return {
        "kind": "hoi-dap",
        "agency": district.office.slug,
        "title": "Hỏi về đăng ký kinh doanh",
        "text": "Tôi muốn mở quán nước thì cần giấy tờ gì?",
        "complaint": "khong",
        "opened": signing.dumps((now() - timedelta(minutes=2)).timestamp(), salt=SALT),
    }


def follow(client, case, **more):
    keys = {"ma": case.code, "mat-ma": case.secret}
    return client.post(reverse("feedback:follow"), {**keys, **more}).content.decode()


def test_the_address_of_every_plate_and_poster_is_alive(client, district):
    from khanhson_portal.ground.voice import voice_path

    assert voice_path() == "/phan-anh/"
    for name in ("published", "send", "follow", "hotlines"):
        assert client.get(reverse(f"feedback:{name}")).status_code == 200


def test_a_citizen_sends_without_a_name_and_follows_by_code_and_secret(client, typed):
    page = client.post(reverse("feedback:send"), typed).content.decode()
    case = Case.objects.get()

    assert case.code in page
    assert case.secret in page
    assert case.anonymous
    assert "Tôi muốn mở quán nước" in follow(client, case)
    wrong = client.post(reverse("feedback:follow"), {"ma": case.code, "mat-ma": "00000000"})
    assert "chưa đúng" in wrong.content.decode()
    assert "quán nước" not in wrong.content.decode()
    assert client.get(reverse("feedback:case", args=[case.code])).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "", "Ghi việc đã xảy ra"),
        ("text", "ngắn", "Ghi rõ hơn"),
        ("text", "a" * 6000, "dài quá"),
        ("agency", "khong-co", "Chọn"),
        ("kind", "khong-co", "Chọn một loại"),
        ("email", "sai", "ten@noi-gui.vn"),
        ("kind", "quy-dinh", "cần họ tên"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, typed, field, value, said):
    page = client.post(reverse("feedback:send"), {**typed, field: value}).content.decode()

    assert said in page
    assert typed["title"] in page
    assert not Case.objects.exists()


def test_a_machine_that_fills_the_hidden_box_or_hurries_sends_nothing(client, typed):
    for trick in ({"website": "http://x"}, {"opened": signing.dumps(now().timestamp(), salt=SALT)}):
        page = client.post(reverse("feedback:send"), {**typed, **trick}).content.decode()
        assert "Chưa gửi được" in page
    assert not Case.objects.exists()


def test_a_complaint_is_told_its_own_way(client, typed):
    page = client.post(reverse("feedback:send"), {**typed, "complaint": "co"}).content.decode()

    assert "Luật Khiếu nại, Luật Tố cáo" in page
    assert Case.objects.get().state == "elsewhere"


def test_the_sender_answers_judges_and_reopens(client, district):
    case = answered(district)
    address = reverse("feedback:own_act")
    keys = {"ma": case.code, "mat-ma": case.secret}
    client.post(address, {**keys, "viec": "chua-xong"})
    case.refresh_from_db()
    assert case.solved is False
    refused = client.post(address, {**keys, "viec": "xem-lai", "loi": ""}).content.decode()
    assert "Ghi điều chưa được giải quyết" in refused
    client.post(address, {**keys, "viec": "xem-lai", "loi": "Vẫn chưa thấy giấy"})
    case.refresh_from_db()
    assert case.state == "in_hand"
    stranger = client.post(address, {**keys, "mat-ma": "1", "viec": "da-xong"}).content.decode()
    assert "chưa đúng" in stranger
    assert client.get(address).status_code == 405


def test_published_answers_are_found_without_marks_and_hold_no_name(client, district):
    case = answered(district)
    client.force_login(district.controller)
    page = client.get(f"/phan-anh/xu-ly/{case.code}/cong-bo/").content.decode()
    assert "Nguyên văn" in page
    client.post(
        f"/phan-anh/xu-ly/{case.code}/cong-bo/",
        {"title": "Bao giờ có giấy phép", "text": "Nộp đã lâu", "answer": "Thứ Sáu tuần này"},
    )
    client.logout()

    found = client.get("/phan-anh/?q=giay+phep").content.decode()
    public = client.get(f"/phan-anh/{case.code}/").content.decode()

    assert "Bao giờ có giấy phép" in found
    assert "Chưa có câu trả lời nào" in client.get("/phan-anh/?q=karaoke").content.decode()
    assert "Thứ Sáu tuần này" in public
    assert "Mấu Thị Hoa" not in public + found


def test_the_desk_lists_by_figures_that_open_their_rows(
    client, district, django_assert_max_num_queries
):
    make_case(district)
    answered(district)
    make_case(district, kind="thai-do")
    client.force_login(district.specialist)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("feedback:cases")).content.decode()
    assert len(re.findall(r"PA-180416-\d{4}</small>", page)) == 1  # no conduct, no answered
    client.force_login(district.controller)
    assert "PA-180416-0003" in client.get(reverse("feedback:cases")).content.decode()
    client.force_login(district.stranger)
    assert "PA-180416" not in client.get(reverse("feedback:cases")).content.decode()


def test_an_officer_of_another_place_opens_and_does_nothing(client, district):
    case = make_case(district)
    client.force_login(district.stranger)
    for address in (f"/phan-anh/xu-ly/{case.code}/", f"/phan-anh/xu-ly/{case.code}/giao/"):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code in {403, 405}
    client.logout()
    assert client.get(f"/phan-anh/xu-ly/{case.code}/").status_code == 302


def test_every_form_of_the_desk_opens_and_nonsense_is_told(client, district):
    client.force_login(district.controller)
    for slug in ("giao", "sua-loai", "chuyen", "hoi-lai", "gop", "khieu-nai-to-cao", "soan"):
        case = make_case(district)
        address = f"/phan-anh/xu-ly/{case.code}/{slug}/"
        assert client.get(address).status_code == 200, slug
        answer = client.post(address, {"to": "x", "kind": "9999", "code": "?", "note": ""})
        assert answer.status_code == 200, slug
        case.refresh_from_db()
        assert case.events_count == 1
    assert client.get(f"/phan-anh/xu-ly/{case.code}/khong-co/").status_code == 404


def test_a_call_becomes_a_case_in_three_fields_and_its_code_is_read_back(client, district):
    client.force_login(district.receiver)
    kind = letter(district).kind
    posted = {"kind": kind.pk, "text": "Hỏi giờ mở cửa thứ Bảy", "phone": "chị Hoa",
              "agency": district.desk.pk, "via": "phone"}  # fmt: skip
    page = client.post(reverse("feedback:take_call"), posted, follow=True).content.decode()
    case = Case.objects.get()

    assert case.code in page
    assert (case.via, case.agency, case.events.get().by) == (
        "phone",
        district.desk,
        district.receiver,
    )
    assert Agency.objects.filter(pk=case.holder_id).exists()
