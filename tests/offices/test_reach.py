"""Where a right counts: every scope of the table, from the district and from a commune."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from procedures.offices import Agency, AgencyKind, Level, Post, Role
from procedures.offices.reach import post_over, post_with, reach, refusal
from procedures.offices.rights import TABLE, Right
from procedures.offices.structure import Structure
from tests.factories import day, make_officer
from tests.test_house_rules import BASE, PRODUCT, modules

TODAY = day("16/4/2018")


@pytest.fixture
def at(district):
    agencies = {row.slug: row for row in Agency.objects.all()}
    return lambda slug, *roles: make_officer(agencies[slug], *roles)


def slugs(officer, right: Right) -> set[str]:
    found = reach(officer, right, TODAY).agencies
    return set(Agency.objects.filter(pk__in=found).values_list("slug", flat=True))


def test_every_right_has_a_holder_and_a_label_of_its_own():
    assert set(TABLE) == set(Right)
    assert all(TABLE.values())
    assert len({right.label for right in Right}) == len(Right)


def test_a_role_of_a_desk_counts_at_that_desk_only(at):
    assert slugs(at("mot-cua-son-binh", Role.RECEPTION), Right.RECEIVE) == {"mot-cua-son-binh"}
    assert not reach(at("mot-cua-son-binh", Role.RETURN), Right.RECEIVE, TODAY)


def test_a_leader_has_the_committee_s_own_desk_and_offices_not_the_communes(at):
    mine = slugs(at("ubnd-huyen", Role.LEADER), Right.VOID_PAPERS)

    assert {"ubnd-huyen", "mot-cua-huyen", "tai-chinh-ke-hoach"} <= mine
    assert not mine & {"son-binh", "mot-cua-son-binh", "ubnd-tinh", "cong-an"}


def test_a_controller_in_an_office_oversees_the_committee_and_all_below_it(at):
    mine = slugs(at("van-phong", Role.CONTROLLER), Right.OVERSEE)

    assert {"ubnd-huyen", "mot-cua-huyen", "son-binh", "mot-cua-son-binh"} <= mine
    assert "ubnd-tinh" not in mine
    assert slugs(at("son-binh", Role.CONTROLLER), Right.OVERSEE) == {
        "son-binh",
        "mot-cua-son-binh",
    }


@pytest.mark.parametrize("right", [Right.PUBLISH_MONTHS, Right.PREPARE_MONTHS])
def test_a_right_over_the_whole_district_counts_from_the_owner_s_posts_only(at, right):
    assert reach(at("ubnd-huyen", Role.LEADER), right, TODAY).whole
    below, outside = at("son-binh", Role.LEADER), at("cong-an", Role.LEADER)

    assert not reach(below, right, TODAY)
    assert not reach(outside, right, TODAY)
    assert "chỉ người ở UBND huyện làm được" in refusal(below, right, TODAY)


def test_a_desk_head_has_their_own_desk_s_part_of_the_calendar(at):
    found = reach(at("mot-cua-son-binh", Role.DESK_HEAD), Right.CHANGE_CALENDAR, TODAY)

    assert not found.whole
    assert slugs(at("mot-cua-son-binh", Role.DESK_HEAD), Right.CHANGE_CALENDAR) == {
        "mot-cua-son-binh"
    }


def test_an_ended_post_gives_nothing(at):
    officer = at("ubnd-huyen", Role.LEADER)
    Post.objects.filter(officer=officer).update(valid_to=day("15/4/2018"))

    assert not reach(officer, Right.ENTER, TODAY)
    assert post_with(officer, Right.PUBLISH_MONTHS, TODAY) is None


def test_the_journal_names_the_post_that_gives_the_right(at):
    officer = at("mot-cua-son-binh", Role.CONTROLLER)
    at_district = Post.objects.create(
        officer=officer, agency=Agency.objects.get(slug="van-phong"), title="Kiểm soát"
    )
    at_district.groups.set(Group.objects.filter(name=Role.CONTROLLER.value))

    assert post_with(officer, Right.IMPORT_DOSSIERS, TODAY) == at_district


def test_the_portal_s_owner_is_the_top_committee_with_a_desk_in_force(district):
    assert Structure().owner(TODAY) == district.committee.pk
    Agency.objects.filter(level=Level.DISTRICT, kind=AgencyKind.DESK).update(
        valid_to=day("30/6/2025")
    )

    first = Agency.objects.desks().in_force(day("1/7/2025")).order_by("order").first()
    assert Structure().owner(day("1/7/2025")) == first.parent_id


def test_a_right_over_one_thing_counts_where_it_was_received_or_where_it_lies(at):
    ids = dict(Agency.objects.values_list("slug", "pk"))
    received_at, lies_at = ids["mot-cua-huyen"], ids["tai-chinh-ke-hoach"]

    def over(officer, right) -> bool:
        return bool(post_over(officer, right, TODAY, received_at=received_at, lies_at=lies_at))

    counter, office = at("mot-cua-huyen", Role.RECEPTION), at("tai-chinh-ke-hoach", Role.HEAD)
    assert (over(counter, Right.RECEIVE), over(office, Right.RECEIVE)) == (True, False)
    assert (over(counter, Right.WORK_ON), over(office, Right.WORK_ON)) == (False, True)
    assert over(at("ubnd-huyen", Role.LEADER), Right.SIGN)
    assert not over(at("son-binh", Role.LEADER), Right.SIGN)
    assert not over(at("ubnd-huyen", Role.CONTROLLER), Right.SIGN)
    assert over(at("ubnd-tinh", Role.CONTROLLER), Right.SEE_DOSSIERS)


def test_no_page_and_no_act_asks_for_a_role_beside_the_table():
    """Roles elsewhere say who is named, seated or reminded, never who may."""
    naming = {
        "procedures/noticeboard/printouts/letterhead.py",  # whose name stands below a list
        "dossiers/counter/forms/work_forms.py",  # to whom a dossier can be assigned
        "dossiers/notices/duties.py",  # whose letter a late dossier stands in
    }
    for path in (path for folder in PRODUCT for path in modules(folder)):
        name = str(path.relative_to(BASE))
        if not name.startswith(("procedures/offices/", "khanhson_portal/demo/")):
            assert ("Role." in path.read_text()) == (name in naming), name
