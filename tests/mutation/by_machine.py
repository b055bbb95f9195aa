"""mutmut over one room: every operator, number, condition and argument changed in its turn."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.copying import surroundings
from tests.mutation.rooms import Room

PRODUCT = ["khanhson_portal", "procedures", "dossiers", "feedback", "satisfaction"]
BESIDE = ["manage.py", "templates", "static", "README.md", "requirements-dev.lock", "docs"]
# sentences for people: their words are held by tests where they matter, their commas nowhere
WORDS = [r'^\s*f?"[^"]*[ “][^"]*"[,)]*$', r"raise ValueError\(", r"^\s*assert "]


@dataclass(frozen=True)
class Score:
    killed: int
    survived: list[str]
    unreached: list[str]

    @property
    def total(self) -> int:
        return self.killed + len(self.survived) + len(self.unreached)

    @property
    def share(self) -> float:
        return self.killed / self.total if self.total else 1.0


def mutate(room: Room, tree: Path, last_digits: str = "") -> Score:
    """Run mutmut over the room's modules in the copied tree.

    ``last_digits``: only mutants whose number ends so ("37" is a fifth of them), "" for all.

    Raises SystemExit with its last lines when the tests do not pass on the code as it is.
    """
    _configure(room, tree)
    shutil.rmtree(tree / "mutants", ignore_errors=True)
    mutmut = Path(sys.executable).parent / "mutmut"
    run = subprocess.run(
        [mutmut, "run", "--max-children", "1", *(f"*__mutmut_*{digit}" for digit in last_digits)],
        cwd=tree,
        env=surroundings(),
        capture_output=True,
        text=True,
    )
    found: dict[str, int | None] = {}
    asked = tuple(last_digits or "0123456789")
    for module in room.modules:
        meta = tree / "mutants" / f"{module}.meta"
        if meta.exists():
            codes = json.loads(meta.read_text())["exit_code_by_key"]
            found |= {name: code for name, code in codes.items() if name.endswith(asked)}
    if run.returncode or not found or None in found.values():
        raise SystemExit(f"{room.name}: mutmut stopped\n{run.stdout[-3000:]}{run.stderr[-2000:]}")
    return Score(
        killed=sum(code not in {0, 33} for code in found.values()),
        survived=[name for name, code in found.items() if code == 0],
        unreached=[name for name, code in found.items() if code == 33],
    )


def difference(name: str, tree: Path) -> str:
    """Return the changed lines of one mutant."""
    shown = subprocess.run(
        [Path(sys.executable).parent / "mutmut", "show", name],
        cwd=tree,
        env=surroundings(),
        capture_output=True,
        text=True,
    )
    lines = re.findall(r"^[-+](?![-+]).*$", shown.stdout, re.MULTILINE)
    return "\n".join(lines)


def _configure(room: Room, tree: Path) -> None:
    project = tree / "pyproject.toml"
    before = project.read_text().split("\n[tool.mutmut]")[0]
    options = {
        "source_paths": PRODUCT,
        "only_mutate": list(room.modules),
        "also_copy": BESIDE,
        "pytest_add_cli_args": ["--reuse-db"],
        "pytest_add_cli_args_test_selection": list(room.tests),
        "do_not_mutate_patterns": WORDS,
        "track_dependencies": False,
        "use_git_change_detection": False,
        "timeout_multiplier": 10.0,
        "timeout_constant": 10.0,
    }
    rows = [f"{name} = {json.dumps(value)}" for name, value in options.items()]
    project.write_text("\n".join([before, "[tool.mutmut]", *rows, ""]))
