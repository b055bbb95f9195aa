"""Every staff page of the site map, and every act's page, through axe and on a narrow screen."""

from __future__ import annotations

from django.urls import get_resolver

from dossiers.acts import ACTS
from procedures.offices import Role
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import inspect
from tests.dossiers.doing import dossier_in, make_everybody
from tests.factories import MONDAY, make_dossier
from tests.test_permissions import ROOTS, filled, routes

FILES = (".pdf", ".xlsx", ".csv", ".json", "goi-y/")


def test_every_staff_page_is_clean_and_fits(town, open_page, time_machine):
    time_machine.move_to(MONDAY)
    dossier = make_dossier(town)
    officer = make_everybody(town)
    committee = officer.posts.create(agency=town.committee, title="Kiểm soát")
    committee.groups.set(officer.posts.first().groups.all())
    assert {Role.CONTROLLER, Role.ADMINISTRATOR} <= {
        role for role, _ in officer.duties(MONDAY.date()).held
    }
    page = sign_in(open_page(), officer)

    found = {filled(r, dossier) for r in routes(get_resolver().url_patterns) if r.startswith(ROOTS)}
    opened = []
    for address in sorted(a for a in found if not a.endswith(FILES)):
        answer = page.request.get(address, max_redirects=0)
        if answer.status == 200 and "html" in answer.headers["content-type"]:
            opened.append(address)
    assert len(opened) > 25
    inspect(page, opened)


def test_every_page_of_an_act_is_clean_and_fits(town, open_page, time_machine):
    time_machine.move_to(MONDAY)
    page = sign_in(open_page(), make_everybody(town))
    inspect(
        page,
        [
            f"{dossier_in(min(act.sources), town).get_absolute_url()}{act.slug}/"
            for act in ACTS.values()
            if act.slug
        ],
    )
