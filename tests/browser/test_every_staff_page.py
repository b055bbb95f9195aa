"""Every staff page of the site map, and every act's page, through axe and on a narrow screen."""

from __future__ import annotations

from dossiers.acts import ACTS
from procedures.offices import Role
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import inspect
from tests.dossiers.doing import dossier_in, make_everybody
from tests.factories import MONDAY
from tests.rights_table import (
    AT_THE_COUNTER,
    EVERYBODY,
    FILES,
    HEARING_PEOPLE,
    IN_CHARGE,
    WHOLE_DISTRICT,
)
from tests.rights_world import NOW, make_world

NO_PAGES = (".pdf", ".xlsx", "goi-y/")


def test_every_staff_page_is_clean_and_fits(town, open_page, time_machine):
    time_machine.move_to(NOW)
    world = make_world(town)
    officer = make_everybody(town)
    committee = officer.posts.create(agency=town.committee, title="Kiểm soát")
    committee.groups.set(officer.posts.first().groups.all())
    assert {Role.CONTROLLER, Role.ADMINISTRATOR} <= {
        role for role, _ in officer.duties(MONDAY.date()).held
    }
    page = sign_in(open_page(), officer)

    lines = [*EVERYBODY, *AT_THE_COUNTER, *FILES, *HEARING_PEOPLE, *IN_CHARGE, *WHOLE_DISTRICT]
    found = {"/" + line.format(**world) for line, methods, *_ in lines if "GET" in methods}
    opened = []
    for address in sorted(address for address in found if not address.endswith(NO_PAGES)):
        answer = page.request.get(address, max_redirects=0)
        if answer.status == 200 and "html" in answer.headers["content-type"]:
            opened.append(address)
    assert len(opened) > 40
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
