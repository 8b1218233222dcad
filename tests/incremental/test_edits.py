"""What is kept from earlier runs never shows: the output is that of a run that knows nothing."""

import os
from pathlib import Path

import pytest

from infragraph.frontend.reading import FEW
from tests.incremental.command import Command
from tests.incremental.edits import EDITS
from tests.incremental.growing import MANY, TREES
from tests.incremental.sequence import Plan, run
from tests.incremental.tree import Tree

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked")


@pytest.mark.parametrize(
    ("kind", "seed", "count"),
    [
        ("few", 1, 12),
        ("many", 2, 13),
        pytest.param("few", 3, 100, marks=pytest.mark.slow),
        pytest.param("many", 4, 100, marks=pytest.mark.slow),
    ],
)
def test_after_every_edit_the_output_is_that_of_a_cold_run(
    command: Command, kind: str, seed: int, count: int, tmp_path: Path
) -> None:
    found = run(command, Plan(kind=kind, seed=seed, count=count), tmp_path, prelude="")

    assert found.wrong == ""
    assert len(found.outcomes) == len(found.edits) == count + 1
    # Edits that change nothing would show nothing.
    assert len(set(found.outcomes)) > count / 2
    assert sum(outcome.code in {0, 1} for outcome in found.outcomes) > count / 2


def test_a_file_that_is_no_input_is_told_with_the_edits_that_show_it(
    command: Command, tmp_path: Path
) -> None:
    """The test above would be worth nothing if it could not fail."""
    forgetful = (
        "from infragraph.workspace.inputs import Inputs\n"
        "note = Inputs.note_file\n"
        "def note_some(self, path, *noted):\n"
        "    if not path.endswith('s.py'):\n"
        "        note(self, path, *noted)\n"
        "Inputs.note_file = note_some\n"
    )

    found = run(command, Plan(kind="few", seed=3, count=100), tmp_path, prelude=forgetful)

    last = len(found.edits) - 1
    assert f"after {last} edits, and not before" in found.wrong
    assert f"again: python -m tests.incremental.again few --seed 3 --count {last}" in found.wrong
    assert "s.py" in found.edits[-1]
    assert found.edits[-1] in found.wrong


@pytest.mark.parametrize("kind", TREES)
def test_a_seed_always_gives_the_same_edits(kind: str, tmp_path: Path) -> None:
    told: list[list[str | None]] = []
    contents: list[dict[str, bytes]] = []
    for name in ("one", "other"):
        root = tmp_path / name / "place" / "tree"
        root.parent.mkdir(parents=True)
        TREES[kind](root)
        tree = Tree(root, 7)
        told.append([edit.apply(tree) for edit in EDITS])
        contents.append({path: (tree.root / path).read_bytes() for path in tree.modules()})

    assert told[0] == told[1]
    assert contents[0] == contents[1]
    assert sum(one is None for one in told[0]) < len(EDITS) / 4


def test_of_one_tree_all_files_are_parsed_and_of_the_other_they_are_not(tmp_path: Path) -> None:
    sizes: dict[str, int] = {}
    for kind, grow in TREES.items():
        grow(tmp_path / kind)
        sizes[kind] = len(list((tmp_path / kind).rglob("*.py")))

    assert sizes["few"] < FEW <= MANY < sizes["many"]
