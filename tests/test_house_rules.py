"""Rules of the house that a machine can keep, so that reviewers need not."""

from __future__ import annotations

import ast
import re
import subprocess
import textwrap
from pathlib import Path

from django.conf import settings

BASE = settings.BASE_DIR
README = (BASE / "README.md").read_text()

PRODUCT = ["khanhson_portal", "procedures", "dossiers", "feedback", "satisfaction"]


def modules(folder: str) -> list[Path]:
    return [p for p in (BASE / folder).rglob("*.py") if "migrations" not in p.parts]


def test_only_the_acts_store_a_state():
    for path in modules("dossiers"):
        for node in ast.walk(ast.parse(path.read_text())):
            stored = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
            if stored and node.attr == "state" and path.parent.name != "acts":
                raise AssertionError(f"{path}:{node.lineno} stores a state")


def test_no_day_is_taken_from_a_clock_that_stands_in_utc():
    """Until 07:00 the day of ``now()`` is yesterday's; today is Django's ``localdate()``."""
    for folder in PRODUCT:
        for path in modules(folder):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    words = ast.unparse(node.func)
                    wrong = re.search(r"\bnow(\(\))?\.date$|\.today$|\butcnow$", words)
                    naive = words == "datetime.now" and not node.args
                    if wrong or naive:
                        raise AssertionError(f"{path}:{node.lineno} {words}()")


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


def test_no_template_has_a_line_that_nobody_can_read():
    long = [
        f"{path.relative_to(BASE)}:{number}"
        for path in (BASE / "templates").rglob("*")
        if path.is_file()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > 160
    ]
    assert not long


def test_no_page_carries_a_style_or_a_script_of_its_own():
    """The pages refuse them (CSP); sheets that only become PDF may have their page size."""
    inline = re.compile(r"""\sstyle=|\son[a-z]+=["']|<script(?![^>]*\ssrc=)|<style""")
    sheets = {"papers", "plate.html", "report.html"}
    for path in (BASE / "templates").rglob("*.html"):
        if not sheets & set(path.parts):
            assert not inline.search(path.read_text()), path


def test_components_name_their_inputs_and_see_nothing_else():
    templates = BASE / "templates"
    said = re.compile(
        r"\{#[^\n]*nputs: [^\n]*#\}|\{% comment %\}.*?nputs: .*?\{% endcomment %\}", re.DOTALL
    )
    for path in (templates / "components").glob("*.html"):
        assert said.match(path.read_text()), path
    for path in templates.rglob("*.html"):
        for tag in re.findall(r"\{% include \"components/[^%]*%\}", path.read_text()):
            assert tag.endswith(" only %}"), (path, tag)


def test_the_example_of_how_to_extend_is_code_that_runs():
    text = (BASE / "docs" / "extending.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    source = (BASE / "tests" / "loans" / "acts.py").read_text()
    assert blocks
    for block in blocks:
        assert textwrap.dedent(block) in source


def test_every_path_that_the_documents_name_is_there():
    for document in (BASE / "docs").glob("*.md"):
        for path in re.findall(r"`([a-z_]+/[a-z_./]+)`", document.read_text()):
            assert (BASE / path).exists(), f"{document.name}: {path}"
