"""Accounts in Django's admin: nobody below touches those above, or climbs by an own hand."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management.sql import emit_post_migrate_signal

from procedures.offices import Agency, Officer, Post, Role, seating
from procedures.offices.rights import TABLE, Right
from procedures.offices.roles import codenames
from procedures.worktime import WorkingTime
from tests.factories import day, make_officer

PEOPLE = "/quan-tri/procedures/officer/"
TODAY = day("16/4/2018")


@pytest.fixture
def at(district):
    agencies = {row.slug: row for row in Agency.objects.all()}
    return lambda slug, *roles, name="": make_officer(agencies[slug], *roles, name=name)


@pytest.fixture
def administrator(at) -> Officer:
    return at("van-phong", Role.ADMINISTRATOR)


@pytest.fixture
def of_commune(at) -> Officer:
    return at("son-binh", Role.ADMINISTRATOR)


@pytest.fixture
def highest(db) -> Officer:
    return Officer.objects.create_superuser("cao-nhat", password="x", full_name="Cao nhất")


def enters(client, officer):
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


def account_form(officer: Officer, posts: list[dict]) -> dict:
    """Return what the page of an account sends, with these posts as new lines."""
    old = list(officer.posts.all())
    form = {
        "username": officer.username, "full_name": officer.full_name, "email": officer.email,
        "phone": "", "is_active": "on",
        "posts-TOTAL_FORMS": len(old) + len(posts), "posts-INITIAL_FORMS": len(old),
    }  # fmt: skip
    lines = [
        {
            "id": post.pk, "agency": post.agency_id, "title": post.title,
            "groups": [group.pk for group in post.groups.all()], "valid_from": "10/07/2015",
        }
        for post in old
    ]  # fmt: skip
    for number, line in enumerate([*lines, *posts]):
        form |= {f"posts-{number}-{name}": value for name, value in line.items()}
        form[f"posts-{number}-officer"] = officer.pk
    return form


def new_post(slug: str, *roles: Role) -> dict:
    return {
        "agency": Agency.objects.get(slug=slug).pk, "title": "Mới", "valid_from": "01/01/2018",
        "groups": list(Group.objects.filter(name__in=roles).values_list("pk", flat=True)),
    }  # fmt: skip


def test_an_administrator_seats_the_people_of_the_desk(client, administrator, at):
    officer = at("mot-cua-huyen", Role.RECEPTION)
    page = enters(client, administrator)

    assert page.get(f"{PEOPLE}{officer.pk}/change/").status_code == 200
    form = account_form(officer, [new_post("tu-phap", Role.SPECIALIST)])
    assert page.post(f"{PEOPLE}{officer.pk}/change/", form).status_code == 302
    assert officer.posts.count() == 2


def test_an_administrator_seats_a_chairman_below_not_at_the_own_level(client, administrator, at):
    officer = at("mot-cua-son-binh", Role.RECEPTION)
    page = enters(client, administrator)
    below = account_form(officer, [new_post("son-binh", Role.LEADER)])
    assert page.post(f"{PEOPLE}{officer.pk}/change/", below).status_code == 302

    for role in (Role.LEADER, Role.CONTROLLER, Role.ADMINISTRATOR):
        form = account_form(officer, [new_post("ubnd-huyen", role)])
        answer = page.post(f"{PEOPLE}{officer.pk}/change/", form)
        assert answer.status_code == 200
        assert "do tài khoản quản trị cao nhất giao" in answer.content.decode()
    assert officer.posts.count() == 2


def test_nobody_below_touches_the_highest_account(client, administrator, highest):
    page = enters(client, administrator)

    typed = {"password1": "moi-hoan-toan-9"}
    for path in ("change/", "password/", "delete/", "history/"):
        address = f"{PEOPLE}{highest.pk}/{path}"
        for answer in (page.get(address), page.post(address, typed)):
            assert answer.status_code in {302, 403, 404}, path
    highest.refresh_from_db()
    assert highest.check_password("x")
    assert highest.username not in page.get(PEOPLE).content.decode()


@pytest.mark.parametrize("role", [Role.LEADER, Role.CONTROLLER, Role.ADMINISTRATOR])
def test_the_password_of_who_decides_over_the_administrator_is_not_theirs_to_set(
    client, administrator, at, role
):
    above = at("ubnd-huyen", role)
    enters(client, administrator).post(
        f"{PEOPLE}{above.pk}/password/",
        {"password1": "moi-hoan-toan-9", "password2": "moi-hoan-toan-9",
         "usable_password": "true", "set-password": ""},
    )  # fmt: skip
    above.refresh_from_db()
    assert above.check_password("mot-cua-2018")


def test_an_administrator_gives_themselves_nothing(client, administrator):
    page = enters(client, administrator)
    form = account_form(administrator, [new_post("ubnd-huyen", Role.LEADER)])

    assert page.post(f"{PEOPLE}{administrator.pk}/change/", form).status_code != 200
    assert administrator.posts.count() == 1


def test_an_ended_post_above_still_keeps_the_account_out_of_reach(administrator, at):
    once = at("ubnd-huyen", Role.LEADER)
    Post.objects.filter(officer=once).update(valid_to=day("1/1/2018"))

    assert once not in seating.kept_by(administrator, TODAY)


def test_a_commune_s_administrator_keeps_the_commune_s_accounts_alone(client, of_commune, at):
    own, other = at("mot-cua-son-binh", Role.RECEPTION), at("mot-cua-huyen", Role.RECEPTION)
    page = enters(client, of_commune)

    assert page.get(f"{PEOPLE}{own.pk}/change/").status_code == 200
    assert page.get(f"{PEOPLE}{other.pk}/change/").status_code == 302
    form = account_form(own, [new_post("mot-cua-huyen", Role.RETURN)])
    answer = page.post(f"{PEOPLE}{own.pk}/change/", form)
    assert "không thuộc cấp mà tài khoản của bạn quản lý" in answer.content.decode()
    assert own.posts.count() == 1


def test_the_highest_account_seats_the_leader(client, highest, at):
    officer = at("mot-cua-huyen", Role.RECEPTION)
    form = account_form(officer, [new_post("ubnd-huyen", Role.LEADER)])

    answer = enters(client, highest).post(f"{PEOPLE}{officer.pk}/change/", form)

    assert answer.status_code == 302
    assert officer.posts.count() == 2


def test_a_commune_s_people_find_no_table_of_the_district(client, of_commune, at):
    closed = ["agency/add/", "field/", "procedureversion/", "announcedyear/", "workingtime/"]
    for officer in (of_commune, at("son-binh", Role.CONTROLLER), at("son-binh", Role.LEADER)):
        page = enters(client, officer)
        for path in closed:
            assert page.get(f"/quan-tri/procedures/{path}").status_code in {302, 403}, path


def test_a_desk_head_sets_the_hours_of_that_desk_alone(client, at, district):
    common = WorkingTime.objects.get(agency=None)
    page = enters(client, at("mot-cua-son-binh", Role.DESK_HEAD))
    pages = "/quan-tri/procedures/workingtime/"

    assert common.version not in page.get(pages).content.decode()
    assert page.get(f"{pages}{common.pk}/change/").status_code == 302
    form = {
        "version": "Giờ riêng", "cutoff": "15:00", "valid_from": "01/01/2018",
        "sessions-TOTAL_FORMS": 1, "sessions-INITIAL_FORMS": 0, "sessions-0-weekday": 0,
        "sessions-0-opens": "07:30", "sessions-0-closes": "11:30", "sessions-0-counts": "on",
    }  # fmt: skip
    for agency in ("", district.desk.pk):
        assert page.post(f"{pages}add/", form | {"agency": agency}).status_code == 200
    assert WorkingTime.objects.count() == 1
    page.post(f"{pages}add/", form | {"agency": district.commune_desk.pk})
    assert WorkingTime.objects.get(version="Giờ riêng").agency == district.commune_desk


def test_import_and_export_of_the_admin_need_the_right_to_keep_the_catalogue(
    client, at, administrator
):
    idle = Officer.objects.create_user("khong-vi-tri", password="x", is_staff=True)
    for path in ("import/", "export/"):
        address = f"/quan-tri/procedures/procedureversion/{path}"
        assert enters(client, administrator).get(address).status_code == 200
        for officer in (idle, at("mot-cua-huyen", Role.DESK_HEAD), at("son-binh", Role.CONTROLLER)):
            assert enters(client, officer).get(address, follow=True).status_code == 403


def test_queue_timetable_and_groups_are_in_nobody_s_admin(client, highest):
    page = enters(client, highest)
    for path in ("django_q/schedule/", "django_q/ormq/", "django_q/failure/", "auth/group/"):
        assert page.get(f"/quan-tri/{path}").status_code == 404, path


def test_the_admin_has_no_sign_in_page_of_its_own(client, at):
    assert client.get("/quan-tri/", follow=True).redirect_chain[-1][0].startswith("/dang-nhap/")
    refused = enters(client, at("mot-cua-huyen", Role.RECEPTION)).get("/quan-tri/", follow=True)
    assert refused.status_code == 403


def test_every_role_has_its_permissions_after_the_first_migrate(db):
    """A fresh database: no permission, no role; ``migrate`` makes both, in the right order."""
    Group.objects.all().delete()
    Permission.objects.all().delete()

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    for role in Role:
        group = Group.objects.get(name=role.value)
        wanted = set().union(*(codenames(right) for right in Right if role in TABLE[right]))
        assert set(group.permissions.values_list("codename", flat=True)) == wanted, role
    keeper = Group.objects.get(name=Role.ADMINISTRATOR.value)
    assert keeper.permissions.filter(codename="change_officer").exists()
    assert keeper.permissions.filter(codename="change_form").exists()
