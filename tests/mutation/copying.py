"""A copy of the project to break: the checkout itself is never touched."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent.parent
PLACE = BASE / ".cache" / "mutation"


def fresh_copy() -> Path:
    """Copy what git knows of, as it stands on disk, and return where it lies."""
    tree = PLACE / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=BASE,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (BASE / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(BASE / name, tree / name)
    return tree


def surroundings() -> dict[str, str]:
    """Return an environment with a database cluster apart from that of ordinary tests."""
    return {**os.environ, "PORTAL_DATA_DIR": str(PLACE / "data"), "PYTHONDONTWRITEBYTECODE": "1"}
