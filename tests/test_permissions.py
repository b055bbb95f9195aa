"""Every staff address, found in the site map itself, tried by everybody with both methods.

Who may is written by hand in ``tests.rights_table``; a new address fails until it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from dossiers import acts
from dossiers.acts.rights import entitling_post
from dossiers.models import Dossier
from procedures.offices import Agency, Role
from procedures.offices.rights import Right
from tests.factories import make_dossier, make_officer
from tests.rights_table import ACTS, LINES
from tests.rights_world import NOW, make_world, people, strangers

BACKEND = "procedures.offices.access.PostBackend"

# open to everybody on purpose: what citizens read, and the doors that lead to signing in
PUBLIC = {
    "", "healthz", "dang-nhap/", "dang-xuat/", "doi-mat-khau/", "quan-tri/login/",
    ".well-known/security.txt", "du-lieu-mo/niem-phong/",
    "can-bo/", "huong-dan/", "ra-soat/",
    "can-bo/anh/<uuid:pk>.jpg", "duong-day-nong/", "tra-cuu/", "lich/<code:token>.ics",
    "thong-ke/", "thong-ke/<int:year>/<int:month>/", "thong-ke/<int:year>/<int:month>.<str:ending>",
    "ra-soat/ma/<code:code>/", "ra-soat/thu-tuc/<code:code>/", "khao-sat/<code:token>/",
    "phan-anh/", "phan-anh/gui/", "phan-anh/theo-doi/", "phan-anh/theo-doi/lam/",
    "phan-anh/<code:code>/", "hai-long/", "hai-long/<int:pk>/", "hai-long/<int:pk>.<slug:ending>",
}  # fmt: skip
PUBLIC_ROOTS = ("thu-tuc/", "kiosk/", "giay-to/", "h/<code:token>/")
STAFF_UNDER_PUBLIC = ("kiosk/quan-ly/", "thu-tuc/to-roi/", "thu-tuc/ban-in/<slug:key>/huy/")
PUBLIC_LEAFLETS = (
    "thu-tuc/to-roi/<slug:theme>.pdf",
    "thu-tuc/to-roi/linh-vuc/<slug:slug>.pdf",
)


def routes(patterns, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every address of the site map but the tables of Django's admin, each with its view."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def staff_routes() -> list[str]:
    return [
        route
        for route, _ in routes(get_resolver().url_patterns)
        if route.startswith(STAFF_UNDER_PUBLIC)
        and route not in PUBLIC_LEAFLETS
        or route not in PUBLIC
        and not route.startswith(PUBLIC_ROOTS)
    ]


def test_every_staff_address_stands_in_the_table_and_names_its_right(district, time_machine):
    time_machine.move_to(NOW)
    world = make_world(district)
    written = {resolve("/" + line[0].format(**world)).route for line in LINES}

    assert not set(staff_routes()) - written
    views = dict(routes(get_resolver().url_patterns))
    assert {views[route].right for route in staff_routes()} <= set(Right)
    public = [route for route in views if route not in staff_routes()]
    assert not [route for route in public if hasattr(views[route], "right")]


def refused(answer) -> bool:
    """Whether an answer keeps the page shut. Django's admin leads away from a row that is not
    there for this person."""
    if answer.status_code == 302:
        away = answer["Location"]
        return away == "/quan-tri/" or away.startswith(("/dang-nhap/", "/quan-tri/login/"))
    return answer.status_code in {403, 404, 405}


def tried(client, method: str, address: str):
    """Return the answer to a request whose traces in the database are wiped away again."""
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, {})
        transaction.set_rollback(True)
    return answer


def wrong_answers(client, world, who: str, level: str) -> list[str]:
    """Return every line of the table that the site does not keep for one person."""
    wrong = []
    for line, methods, of_district, of_commune in LINES:
        address = "/" + line.format(**world)
        opened = who in {"d": of_district, "c": of_commune}.get(level, "")
        for method in methods.split():
            answer = tried(client, method, address)
            if answer.status_code >= 500 or opened == refused(answer):
                wrong.append(f"{level}{who} {method} {address}: {answer.status_code}")
    return wrong


@pytest.mark.parametrize("level", ["d", "c"])
def test_each_role_opens_what_the_table_says_and_nothing_else(
    client, district, time_machine, level
):
    time_machine.move_to(NOW)
    world = make_world(district)
    wrong = []
    for who, officer in people(level).items():
        client.force_login(officer, backend=BACKEND)
        wrong += wrong_answers(client, world, who, level)

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("level", ["d", "c"])
def test_each_role_may_do_the_acts_of_the_table_and_no_other(district, time_machine, level):
    time_machine.move_to(NOW)
    world = make_world(district)
    assert {act.slug for act in acts.ACTS.values() if act.slug} == set(ACTS)
    for who, officer in people(level).items():
        for slug, (of_district, of_commune) in ACTS.items():
            act = acts.ACTS.by_slug(slug)
            for place, may in (("d", of_district), ("c", of_commune)):
                dossier = Dossier.objects.get(code=world[place].dossier)
                post = entitling_post(officer, act, dossier, NOW.date())
                assert bool(post) == (level == place and who in may), (level, who, slug, place)


def test_an_address_takes_no_other_method_from_anybody(client, district, time_machine):
    time_machine.move_to(NOW)
    world = make_world(district)
    client.force_login(make_officer(district.committee, *Role), backend=BACKEND)
    for line, methods, *_ in LINES:
        for method in {"GET", "POST"} - set(methods.split()):
            answer = tried(client, method, "/" + line.format(**world))
            assert answer.status_code in {403, 405}, (method, line)


def test_who_holds_no_post_today_opens_nothing(client, district, time_machine):
    time_machine.move_to(NOW)
    world = make_world(district)
    wrong = []
    for who, officer in strangers().items():
        client.logout()
        if officer:
            client.force_login(officer, backend=BACKEND)
        wrong += wrong_answers(client, world, who, "")

    assert not wrong, "\n".join(wrong)


def test_an_officer_of_another_agency_with_every_role_sees_nothing_of_a_file(
    client, district, time_machine
):
    time_machine.move_to(NOW)
    dossier = make_dossier(district, now=NOW)
    client.force_login(make_officer(district.commune_desk, *Role), backend=BACKEND)
    for act in ("", "rut/", "chuyen/", "giay-to/tiep-nhan.pdf"):
        address = f"/mot-cua/ho-so/{dossier.code}/{act}"
        assert refused(client.get(address)), address
        assert refused(client.post(address, {})), address


def links(page: str) -> set[str]:
    """Return the staff's addresses that a page links to, files left out."""
    found = {unescape(link) for link in re.findall(r'href="(/[^"#?]*/)["#?]', page)}
    return {
        one for one in found if one.startswith("/quan-tri/") or hasattr(resolve(one).func, "right")
    }


@pytest.mark.parametrize("level", ["d", "c"])
def test_no_link_on_a_page_leads_to_a_refusal(client, district, time_machine, level):
    """Menus, lists, buttons: one address of each kind is followed, for everybody."""
    time_machine.move_to(NOW)
    make_world(district)
    for who, officer in people(level).items():
        client.force_login(officer, backend=BACKEND)
        waiting, seen = {reverse("dossiers:desk")}, set()
        while waiting:
            address = waiting.pop()
            answer = client.get(address)
            assert not refused(answer), (level, who, address)
            kinds = {resolve(link).route: link for link in links(answer.content.decode())}
            waiting |= {link for route, link in kinds.items() if route not in seen}
            seen |= set(kinds)


def test_a_refusal_says_which_role_or_which_place_is_wanted(client, district):
    client.force_login(district.receiver, backend=BACKEND)
    page = client.get("/kiem-soat/")
    assert page.status_code == 403
    assert "cần vai trò “Kiểm soát thủ tục hành chính”" in page.content.decode()

    below = make_officer(Agency.objects.get(slug="son-binh"), Role.LEADER)
    client.force_login(below, backend=BACKEND)
    assert "chỉ người ở UBND huyện làm được" in client.get("/dieu-hanh/").content.decode()
