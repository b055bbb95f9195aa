"""The page that shows the table of rights, and who holds each today."""

from __future__ import annotations

from procedures.offices import Agency, Role
from procedures.offices.rights import Right
from tests.factories import make_officer

PAGE = "/quan-tri/quyen/"


def enters(client, officer):
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


def test_administrators_and_controllers_read_every_right(client, district):
    administrator = make_officer(Agency.objects.get(slug="van-phong"), Role.ADMINISTRATOR)
    for officer in (administrator, district.controller):
        page = enters(client, officer).get(PAGE).content.decode()
        for right in Right:
            assert right.label in page
    for officer in (district.leader, district.receiver, district.stranger):
        assert enters(client, officer).get(PAGE).status_code == 403


def test_the_holders_of_a_right_are_named_within_one_s_level(client, district):
    far = make_officer(Agency.objects.get(slug="son-binh"), Role.LEADER, name="Chủ tịch xã")
    page = enters(client, district.controller).get(PAGE, {"quyen": "publish_months"})
    assert district.leader.full_name in page.content.decode()
    assert far.full_name not in page.content.decode()  # whose role does not count for the district

    below = make_officer(Agency.objects.get(slug="son-binh"), Role.CONTROLLER)
    page = enters(client, below).get(PAGE, {"quyen": "sign"}).content.decode()
    assert far.full_name in page
    assert district.leader.full_name not in page


def test_the_page_takes_few_queries_however_many_people(
    client, district, django_assert_max_num_queries
):
    for _ in range(20):
        make_officer(district.desk, Role.RECEPTION, Role.RETURN)
    enters(client, district.controller)
    with django_assert_max_num_queries(15):
        client.get(PAGE, {"quyen": "receive"})
