"""Rules of the house that a machine can keep, so that reviewers need not."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

BASE = settings.BASE_DIR
README = (BASE / "README.md").read_text()

# Who may know whom: a floor may import itself and what lies below it, never what lies above.
FLOORS = [
    [
        "khanhson_portal.publication",
        "khanhson_portal.kiosk",
        "khanhson_portal.home",
        "khanhson_portal.demo",
        "khanhson_portal.serve",
    ],
    ["satisfaction", "feedback"],
    ["dossiers"],
    ["procedures"],
    ["khanhson_portal"],
]
PRODUCT = ["khanhson_portal", "procedures", "dossiers", "feedback", "satisfaction"]


def modules(folder: str) -> list[Path]:
    return [p for p in (BASE / folder).rglob("*.py") if "migrations" not in p.parts]


def floor_of(name: str) -> int | None:
    """Return the floor of a dotted module name; the longest matching prefix decides."""
    matches = [
        (len(part), number)
        for number, parts in enumerate(FLOORS)
        for part in parts
        if name == part or name.startswith(f"{part}.")
    ]
    return max(matches)[1] if matches else None


def imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


@pytest.mark.parametrize("folder", PRODUCT)
def test_imports_go_down_only(folder):
    site_wiring = {"settings.py", "urls.py", "wsgi.py"}
    for path in modules(folder):
        own = ".".join(path.relative_to(BASE).with_suffix("").parts)
        if path.name in site_wiring and path.parent.name == "khanhson_portal":
            continue
        upward = [name for name in imports(path) if (floor_of(name) or 9) < (floor_of(own) or 0)]
        assert not upward, f"{own} imports {upward}"


def test_only_the_acts_store_a_state():
    for path in modules("dossiers"):
        for node in ast.walk(ast.parse(path.read_text())):
            stored = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
            if stored and node.attr == "state" and path.parent.name != "acts":
                raise AssertionError(f"{path}:{node.lineno} stores a state")


def test_every_setting_of_the_environment_is_documented_and_no_other():
    used = set()
    for path in modules("khanhson_portal"):
        used |= set(re.findall(r'"(PORTAL_[A-Z_]+)"', path.read_text()))
    documented = set(re.findall(r"`(PORTAL_[A-Z_]+)`", README))

    assert used == documented - {"PORTAL_SHARED_DATA"} - {f"{n}_FILE" for n in used}


def test_every_state_and_act_is_in_the_glossary():
    from dossiers.acts import ACTS
    from dossiers.models import State

    for name in [*State.values, *ACTS]:
        assert f"`{name}`" in README, name


def test_nothing_speaks_of_the_workplace_or_names_a_registry():
    words = re.compile(
        r"pypi\.org|registry\.npmjs|deb\.debian|" + "/".join(["", "work", ""]) + r"|\.\./shared"
    )
    listed = subprocess.run(
        ["git", "ls-files"], cwd=BASE, capture_output=True, text=True, check=False
    )
    for name in listed.stdout.split():
        path = BASE / name
        if path.suffix in {".png", ".pdf", ".xlsx"} or name in {
            ".ci/run",
            "tests/test_house_rules.py",
        }:
            continue
        assert not words.search(path.read_text(errors="ignore")), name


def test_no_template_names_a_place_a_person_or_a_number():
    places = re.compile(r"Khánh Sơn|Khánh Hòa|Thanh Hóa|Tô Hạp|Sơn Bình|0258")
    for path in (BASE / "templates").rglob("*.html"):
        assert not places.search(path.read_text()), path
    for path in (BASE / "dossiers" / "data" / "forms").glob("*.toml"):
        bodies = re.findall(r'body = """(.*?)"""', path.read_text(), re.DOTALL)
        assert not [body for body in bodies if places.search(body)], path


def test_no_module_has_grown_past_what_one_can_hold_in_mind():
    long = {
        str(path.relative_to(BASE)): lines
        for folder in PRODUCT
        for path in modules(folder)
        if (lines := len(path.read_text().splitlines())) > 330
    }
    assert not long
