"""The desk in the browser's eyes: who may open what, what a list costs, what a form says."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from dossiers.acts import ACTS
from dossiers.models import Dossier, ViewLog
from procedures.offices import Role
from tests.dossiers.doing import dossier_in, make_everybody
from tests.factories import MONDAY, make_dossier, make_officer, make_procedure

STAFF_LIMIT = 15  # queries, whatever the number of rows
PAGES = sorted(act.slug for act in ACTS.values() if act.slug)


@pytest.fixture
def dossier(district):
    return make_dossier(district)


def pages_of(dossier: Dossier) -> list[str]:
    file = dossier.get_absolute_url()
    return [file, f"{file}giay-to/tiep-nhan.pdf", f"{file}chuyen/", f"{file}ket-qua/"]


def status(client, officer, address: str) -> int:
    if officer:
        client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client.get(address).status_code


@pytest.mark.parametrize("number", range(4))
def test_a_file_opens_for_its_own_agency_and_for_nobody_else(number, dossier, district, client):
    address = pages_of(dossier)[number]
    idle = make_officer(district.commune_desk, Role.SPECIALIST)

    assert status(client, None, address) == 302
    assert status(client, idle, address) == 403
    assert status(client, district.stranger, address) == 403
    assert status(client, district.receiver, address) == 200


def test_an_officer_whose_post_ended_opens_nothing(dossier, district, client):
    district.receiver.posts.update(valid_to="2018-12-31")

    assert status(client, district.receiver, dossier.get_absolute_url()) == 403
    assert status(client, district.receiver, reverse("dossiers:desk")) == 403


@pytest.mark.parametrize("name", ["intake", "suggestions"])
def test_only_reception_takes_dossiers_in(name, district, client):
    address = reverse(f"dossiers:{name}")

    assert status(client, None, address) == 302
    assert status(client, district.specialist, address) == 403
    assert status(client, district.receiver, address) == 200


def test_every_look_into_a_file_is_logged(dossier, district, client):
    for address in pages_of(dossier):
        status(client, district.receiver, address)

    assert ViewLog.objects.filter(dossier=dossier, officer=district.receiver).count() == 4


def test_pressing_a_button_without_the_role_changes_nothing(dossier, district, client):
    client.force_login(district.returner, backend="procedures.offices.access.PostBackend")

    answer = client.post(f"{dossier.get_absolute_url()}chuyen/", {"to": district.office.pk})

    dossier.refresh_from_db()
    assert answer.status_code == 403
    assert dossier.events_count == 1


@pytest.mark.parametrize("who", ["receiver", "leader", "controller"])
def test_the_list_costs_the_same_for_three_and_for_thirty(
    who, district, client, django_assert_max_num_queries
):
    version = make_procedure(district.desk, district.office)
    client.force_login(getattr(district, who), backend="procedures.offices.access.PostBackend")
    for total in (3, 30):
        while Dossier.objects.count() < total:
            make_dossier(district, version)
        with django_assert_max_num_queries(STAFF_LIMIT):
            assert client.get(reverse("dossiers:desk")).status_code == 200


def test_a_file_costs_the_same_with_one_event_and_with_many(
    dossier, client, district, django_assert_max_num_queries
):
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")

    with django_assert_max_num_queries(STAFF_LIMIT + 3):  # it also logs the look, with its author
        assert client.get(dossier.get_absolute_url()).status_code == 200


def test_a_search_finds_by_code_name_without_marks_and_phone(dossier, district, client):
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    make_dossier(district)

    by_code = client.get(reverse("dossiers:desk"), {"q": dossier.code.lower()})
    by_short = client.get(reverse("dossiers:desk"), {"q": dossier.short_code})
    by_name = client.get(reverse("dossiers:desk"), {"q": "mau thi"})
    by_phone = client.get(reverse("dossiers:desk"), {"q": "0912 345 678"})

    assert by_code["Location"] == by_short["Location"] == dossier.get_absolute_url()
    assert dossier.short_code in by_name.content.decode()
    assert dossier.short_code in by_phone.content.decode()


def typed(version, **fields) -> dict[str, object]:
    return {
        "nonce": str(uuid4()),
        "owner_name": "Mấu Thị Hoa",
        "delivery": "counter",
        "sets": 1,
        **fields,
    }


def test_a_form_with_mistakes_says_where_and_keeps_what_was_typed(district, client):
    version = make_procedure(district.desk, district.office)
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    address = f"{reverse('dossiers:intake')}?thu-tuc={version.procedure.code}"

    answer = client.post(
        address, typed(version, owner_name="", owner_phone="12", owner_address="thôn Dốc Trầu")
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "thôn Dốc Trầu" in page
    assert page.count("aria-invalid") >= 2
    assert not Dossier.objects.exists()


def test_a_procedure_without_a_known_limit_is_refused_in_words(district, client):
    from procedures.worktime import Unit

    version = make_procedure(district.desk, district.office, unit=Unit.UNKNOWN)
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    address = f"{reverse('dossiers:intake')}?thu-tuc={version.procedure.code}"

    page = client.post(address, typed(version)).content.decode()

    assert "chưa có thời hạn giải quyết" in page
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("slug", PAGES)
def test_every_act_has_a_page_that_opens_or_says_why_not(slug, dossier, district, client):
    client.force_login(make_everybody(district), backend="procedures.offices.access.PostBackend")
    name = ACTS.by_slug(slug).name

    answer = client.get(f"{dossier.get_absolute_url()}{slug}/", follow=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    if dossier.state in ACTS[name].sources:
        assert f"<h1>{ACTS[name].label}</h1>" in page
        assert ACTS[name].pressed
        assert 'type="hidden" name="nonce" value="' in page
    else:
        assert f"không thể “{ACTS[name].label}”" in page


@pytest.mark.parametrize("slug", PAGES)
def test_an_empty_form_of_an_act_is_answered_with_words(slug, district, client, time_machine):
    time_machine.move_to(MONDAY)
    name = ACTS.by_slug(slug).name
    state = min(ACTS[name].sources)
    dossier = dossier_in(state, district)
    client.force_login(make_everybody(district), backend="procedures.offices.access.PostBackend")

    answer = client.post(f"{dossier.get_absolute_url()}{slug}/", {})

    assert answer.status_code in {200, 302}  # acts that need nothing are done


def test_a_grave_act_asks_for_two_words(dossier, district, client, time_machine):
    time_machine.move_to(MONDAY)
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    typed = {"request": "Đơn ngày 16/4 của bà Hoa", "confirmation": "không"}

    refused = client.post(f"{dossier.get_absolute_url()}rut/", typed)
    done = client.post(f"{dossier.get_absolute_url()}rut/", {**typed, "confirmation": "dong y"})

    assert "Gõ đúng “đồng ý”" in refused.content.decode()
    assert done.status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == "withdrawn"


@pytest.mark.parametrize(
    ("instead", "state", "kind"),
    [
        ("guide", "guided", "huong-dan"),
        ("decline", "declined", "tu-choi"),
        ("submit", "submitted", ""),
    ],
)
def test_the_counter_may_do_otherwise_than_take_in(instead, state, kind, district, client):
    version = make_procedure(district.desk, district.office)
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    address = f"{reverse('dossiers:intake')}?thu-tuc={version.procedure.code}"
    words = {
        "thay-vi": instead,
        "advice": "Mang thêm bản chính giấy đề nghị.",
        "advice_code": "khac",
    }

    client.post(address, typed(version, **words))

    made = Dossier.objects.get()
    assert made.state == state
    assert [paper.kind for paper in made.papers.all()] == ([kind] if kind else [])
    if instead == "guide":
        assert made.events.get().data["papers"] == ["Giấy đề nghị đăng ký hộ kinh doanh"]


def test_guiding_without_words_keeps_what_was_typed(district, client):
    version = make_procedure(district.desk, district.office)
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    address = f"{reverse('dossiers:intake')}?thu-tuc={version.procedure.code}"

    page = client.post(address, typed(version, **{"thay-vi": "guide"})).content.decode()

    assert "phiếu in dòng này" in page
    assert "Mấu Thị Hoa" in page
    assert not Dossier.objects.exists()


def test_the_next_page_of_a_search_is_still_that_search(district, client):
    for _ in range(51):
        make_dossier(district)
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")

    page = client.get("/mot-cua/", {"q": "Mấu Thị"}).content.decode()

    assert 'href="?q=M%E1%BA%A5u+Th%E1%BB%8B&amp;trang=2"' in page


@pytest.mark.parametrize("text", ["...", "😀", "?", "\x00", "x" * 10_000])
def test_a_search_for_no_letters_finds_nothing_and_never_breaks(text, dossier, district, client):
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")

    page = client.get("/mot-cua/", {"q": text})

    assert page.status_code == 200
