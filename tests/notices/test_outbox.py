"""The outbox in the browser's eyes: who sees it, what it costs, sending again, the words."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from dossiers.models import Notice, Party
from procedures.offices import Role
from tests.factories import make_officer, make_procedure

STAFF_LIMIT = 15


@pytest.fixture
def desk_head(district):
    return make_officer(district.desk, Role.DESK_HEAD)


@pytest.fixture
def administrator(district):
    return make_officer(district.committee, Role.ADMINISTRATOR)


@pytest.fixture
def failed(told, gateway) -> Notice:
    told("phone")
    Notice.objects.update(status="failed", next_at=None, remark="cổng tin nhắn không nối được")
    return Notice.objects.get()


def enter(client, officer):
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


def test_only_desk_heads_and_administrators_open_the_outbox(district, client, desk_head):
    address = reverse("dossiers:outbox")
    assert client.get(address).status_code == 302
    for officer in [district.receiver, district.specialist, district.controller]:
        assert enter(client, officer).get(address).status_code == 403
    assert enter(client, desk_head).get(address).status_code == 200


def test_failures_are_shown_with_masked_addresses_and_sent_again_by_a_press(
    failed, client, desk_head
):
    page = enter(client, desk_head).get(reverse("dossiers:outbox")).content.decode()
    assert "09…78" in page
    assert failed.address not in page
    assert "Cổng tin nhắn không nối được" in page

    answer = client.post(reverse("dossiers:resend", args=[failed.pk]), follow=True)

    failed.refresh_from_db()
    assert (failed.status, failed.handled_by) == ("waiting", desk_head)
    assert "hàng chờ" in answer.content.decode()


def test_who_telephoned_says_so_and_the_list_gets_shorter(failed, client, desk_head, time_machine):
    time_machine.move_to(failed.created_at)
    enter(client, desk_head)
    address = reverse("dossiers:note_call", args=[failed.pk])

    page = client.post(address, follow=True)

    failed.refresh_from_db()
    assert (failed.status, failed.handled_by) == ("called", desk_head)
    assert "Không có tin nào gửi hỏng" in page.content.decode()
    assert "không cần ghi lại" in client.post(address, follow=True).content.decode()
    page = client.get(reverse("dossiers:outbox"), {"loc": "da-gui"}).content.decode()
    assert f"{desk_head} gọi" in page


def test_sending_again_is_refused_to_strangers_and_to_links(failed, client, district):
    other = make_officer(district.commune_desk, Role.DESK_HEAD)
    for name in ["resend", "note_call"]:
        address = reverse(f"dossiers:{name}", args=[failed.pk])
        assert enter(client, district.receiver).post(address).status_code == 403
        assert enter(client, other).post(address).status_code == 403
        assert client.get(address).status_code == 405
    failed.refresh_from_db()
    assert failed.status == "failed"


def test_a_second_press_is_answered_in_words(failed, client, desk_head):
    enter(client, desk_head)
    address = reverse("dossiers:resend", args=[failed.pk])
    client.post(address)

    assert "đang chờ gửi nên không gửi lại" in client.post(address, follow=True).content.decode()


def test_desk_heads_see_their_own_desk_and_administrators_every_desk(
    failed, client, district, administrator
):
    other = make_officer(district.commune_desk, Role.DESK_HEAD)
    code = failed.dossier.code

    assert code not in enter(client, other).get(reverse("dossiers:outbox")).content.decode()
    page = enter(client, administrator).get(reverse("dossiers:outbox"), {"quay": "mot-cua-huyen"})
    assert code in page.content.decode()


def test_the_outbox_costs_the_same_for_one_and_for_thirty(
    told, gateway, client, desk_head, district, django_assert_max_num_queries
):
    version = make_procedure(district.desk, district.office)
    for number in range(30):
        told("phone", version, owner=Party(name=f"Người {number}", phone="0912345678"))
    enter(client, desk_head)

    with django_assert_max_num_queries(STAFF_LIMIT):
        page = client.get(reverse("dossiers:outbox"), {"loc": "dang-cho"}).content.decode()
    assert page.count("09…78") == 30


@pytest.mark.parametrize("query", ["loc=%00", "loc=x&quay=%FF", "trang=-9", "quay=' OR 1=1"])
def test_nonsense_in_the_address_is_no_error(query, client, desk_head):
    assert enter(client, desk_head).get(f"{reverse('dossiers:outbox')}?{query}").status_code == 200


def test_any_officer_reads_the_words(words, client, district, django_assert_max_num_queries):
    enter(client, district.receiver)
    with django_assert_max_num_queries(STAFF_LIMIT):
        page = client.get(reverse("dossiers:wordings")).content.decode()

    assert "Xin lỗi và hẹn lại" in page
    assert "{ngay_hen}" in page


def test_the_administrator_mends_the_words_and_a_slip_is_explained(words, client, administrator):
    administrator.is_staff = True
    administrator.save()
    enter(client, administrator)
    data = {"kind": "result", "channel": "phone", "body": "Xong {mã}", "valid_from": "01/05/2018"}

    answer = client.post(reverse("admin:dossiers_wording_add"), data)

    assert "Cổng không biết điền gì vào {mã}" in answer.content.decode()
    data["body"] = "Xong {ma}"
    assert client.post(reverse("admin:dossiers_wording_add"), data).status_code == 302


def test_the_dossiers_page_can_show_what_was_told(failed):
    notices = Notice.objects.of_dossier(failed.dossier_id)
    shown = render_to_string("dossiers/notices_of.html", {"notices": notices})

    assert "Gửi không được" in shown
    assert failed.address not in shown
    assert "Chưa có tin nào" in render_to_string("dossiers/notices_of.html", {"notices": []})
