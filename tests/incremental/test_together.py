"""Runs at the same time with one cache do not disturb each other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import PLAIN
from tests.incremental.command import Outcome
from tests.incremental.kept import Kept

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked"),
    pytest.mark.slow,
]


def together(*roots: Path, cache: Path) -> list[Outcome]:
    """One run in each, all begun before any has ended."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "infragraph", "analyze", "--format", "json"],
            cwd=root,
            env={**PLAIN, "INFRAGRAPH_CACHE_DIR": str(cache)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for root in roots
    ]
    found: list[Outcome] = []
    for one in running:
        output, notes = one.communicate(timeout=120)
        found.append(Outcome(output=output, notes=notes, code=one.returncode))
    return found


@pytest.mark.parametrize("count", [2, 5])
def test_runs_at_once_print_the_same_and_leave_one_answer(kept: Kept, count: int) -> None:
    kept.edit()
    expected = kept.cold()

    assert together(*[kept.root] * count, cache=kept.cache) == [expected] * count
    assert kept.run() == expected
    assert kept.is_known()
    assert [path for path in kept.files() if path.suffix] == []


def test_runs_at_once_on_different_trees_print_each_their_own(kept: Kept) -> None:
    other = Kept(kept.command, kept.root.parents[1] / "second")
    other.edit()
    expected = other.cold()
    fresh = kept.cache.with_name("fresh")

    for _ in range(3):
        found = together(kept.root, other.root, kept.root, other.root, cache=fresh)

        assert found == [kept.expected, expected, kept.expected, expected]
