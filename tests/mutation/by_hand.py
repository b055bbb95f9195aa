"""Mutations that no tool makes: in SQL, in tables, in decorated functions. Each must be noticed."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.copying import surroundings

NOTICED = 1  # pytest's status when tests ran and some failed


@dataclass(frozen=True)
class Mutation:
    """``old``, found once in ``module``, becomes ``new``; one of ``tests`` must then fail."""

    module: str
    old: str
    new: str
    tests: tuple[str, ...]


def _read() -> list[Mutation]:
    groups = tomllib.loads((Path(__file__).parent / "by_hand.toml").read_text())["group"]
    return [
        Mutation(group["module"], old, new, tuple(group["tests"]))
        for group in groups
        for old, new in group["changes"]
    ]


MUTATIONS = _read()


def alive(tree: Path, mutations: Sequence[Mutation] = MUTATIONS) -> Iterator[Mutation]:
    """Yield the mutations that no test noticed, as they are found.

    Raises ValueError for one whose old text is gone, RuntimeError where the tests fail on the code
    as it is, or pytest could not run.
    """
    passed: set[tuple[str, ...]] = set()
    for mutation in mutations:
        if mutation.tests not in passed and _fails(tree, mutation.tests):
            raise RuntimeError(f"{mutation.tests} fail before anything is broken")
        passed.add(mutation.tests)
        if not _noticed(tree, mutation):
            yield mutation


def _noticed(tree: Path, mutation: Mutation) -> bool:
    path = tree / mutation.module
    before = path.read_text()
    if before.count(mutation.old) != 1:
        raise ValueError(f"{mutation.module} does not hold once: {mutation.old!r}")
    path.write_text(before.replace(mutation.old, mutation.new))
    try:
        return _fails(tree, mutation.tests)
    finally:
        path.write_text(before)


def _fails(tree: Path, tests: tuple[str, ...]) -> bool:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "--reuse-db", *tests],
        cwd=tree,
        env=surroundings(),
        capture_output=True,
        text=True,
    )
    if run.returncode not in {0, NOTICED}:
        raise RuntimeError(f"{tests}: pytest ended with {run.returncode}\n{run.stdout[-2000:]}")
    return run.returncode == NOTICED
