"""The borders of the rooms hold: each forbidden import, once made, is found; no circle is made."""

from __future__ import annotations

import re
from copy import deepcopy

import grimp
import pytest
from django.conf import settings
from importlinter import api
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

CONFIGURATION = api.read_configuration(str(settings.BASE_DIR / "pyproject.toml"))
CONTRACTS = {
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}
PRODUCT = CONFIGURATION["session_options"]["root_packages"]

# who imports, what is imported, and why nobody may
FORBIDDEN = [
    ("khanhson_portal.ground.text", "procedures.offices", "the ground knows no business"),
    ("khanhson_portal.ground.words", "dossiers.models", "the ground knows no business"),
    ("procedures.offices", "procedures.worktime", "offices stand below worktime"),
    ("procedures.worktime", "procedures.catalogue", "a clock knows no procedure"),
    ("procedures.catalogue", "dossiers.models", "the catalogue knows no dossier"),
    ("procedures.catalogue", "khanhson_portal.kiosk", "pages stand above"),
    ("procedures.noticeboard", "khanhson_portal.kiosk", "one page does not stand on another"),
    ("dossiers.models", "dossiers.acts", "a row does not act"),
    ("dossiers.journal", "dossiers.papers", "the journal stands below the papers"),
    ("dossiers.papers", "dossiers.acts", "a paper is issued by an act"),
    ("dossiers.notices", "dossiers.acts", "a notice is written by an act"),
    ("dossiers.acts", "dossiers.counter", "the engine knows no screen"),
    ("dossiers.acts", "dossiers.tracking", "the engine knows no screen"),
    ("dossiers.counter", "dossiers.tracking", "staff and citizens have pages apart"),
    ("dossiers.journal", "feedback", "a dossier knows no complaint"),
    ("feedback", "satisfaction", "a survey may ask about a complaint, never the other way"),
    ("feedback", "khanhson_portal.publication", "figures are drawn from below"),
    ("satisfaction", "khanhson_portal.demo", "nothing stands on the demonstration"),
    ("khanhson_portal.home", "khanhson_portal.publication", "one page does not stand on another"),
    ("dossiers.journal", "procedures.models", "tables are had from the doors of rooms"),
    ("khanhson_portal.kiosk", "procedures.models", "tables are had from the doors of rooms"),
    ("procedures.catalogue", "procedures.models", "tables are had from the doors"),
]

# what Django itself looks for under these names, and the frame that holds the rooms together
FRAME = {
    f"{app}.{name}"
    for app in ("procedures", "dossiers", "feedback", "satisfaction")
    for name in (
        "admin", "apps", "jobs", "management", "migrations", "models", "reference", "templatetags",
        "urls", "views",
    )
} | {
    f"khanhson_portal.{name}"
    for name in (
        "administration", "bodies", "database",
        "embedded", "env", "formats", "health", "proxy", "serve", "settings",
        "urls", "wsgi",
    )
}  # fmt: skip
KNOWN_CIRCLES = {
    "dossiers.models.queries",
    "dossiers.papers.gathering",
    "procedures.catalogue.models.versions",
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PRODUCT, cache_dir=str(settings.BASE_DIR / ".cache" / "imports"))


def broken(graph: grimp.ImportGraph) -> list[str]:
    """Return the names of the contracts that do not hold in this graph."""
    names = []
    for options in CONFIGURATION["contracts_options"]:
        contract = CONTRACTS[options["type"]](
            options["name"], CONFIGURATION["session_options"], options
        )
        if not contract.check(deepcopy(graph), verbose=False).kept:
            names.append(options["name"])
    return names


def test_the_house_as_it_stands_breaks_no_contract(graph):
    assert not broken(graph)


@pytest.mark.parametrize(("importer", "imported", "why"), FORBIDDEN)
def test_a_forbidden_import_breaks_a_contract(graph, importer, imported, why):
    patched = deepcopy(graph)
    assert {importer, imported} <= patched.modules, "the module moved: name the new one here"
    patched.add_import(importer=importer, imported=imported)

    assert broken(patched), why


def test_every_product_module_stands_in_a_room_or_is_of_the_frame(graph):
    """A new package that no contract speaks of would be free to import anything."""
    (layers,) = (c for c in CONFIGURATION["contracts_options"] if c["type"] == "layers")
    rooms = [name.strip() for row in layers["layers"] for name in re.split("[:|]", row)]
    homeless = {
        module
        for package in PRODUCT
        for module in graph.find_children(package)
        if not any(
            f"{a}.".startswith(f"{b}.")
            for room in rooms
            for a, b in ((room, module), (module, room))
        )
    }

    assert homeless <= FRAME


def circles(graph: grimp.ImportGraph) -> list[list[str]]:
    """Return groups of modules that import one another, inside functions too (Tarjan)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_, found = [], []

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        open_.append(module)
        for other in sorted(graph.find_modules_directly_imported_by(module)):
            if other not in order:
                visit(other)
            if other in open_:
                lowest[module] = min(lowest[module], lowest[other])
        if lowest[module] == order[module]:
            start = open_.index(module)
            group = sorted(open_[start:])
            del open_[start:]
            if len(group) > 1:
                found.append(group)

    for module in sorted(graph.modules):
        if module not in order:
            visit(module)
    return found


def test_no_modules_import_one_another(graph):
    assert not [group for group in circles(graph) if not set(group) & KNOWN_CIRCLES]


def test_a_circle_is_found(graph):
    patched = deepcopy(graph)
    patched.add_import(
        importer="khanhson_portal.ground.text", imported="procedures.worktime.limits"
    )
    patched.add_import(
        importer="procedures.worktime.limits", imported="khanhson_portal.ground.text"
    )

    assert ["khanhson_portal.ground.text", "procedures.worktime.limits"] in circles(patched)
