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

FORGETFUL = {
    "modules are no inputs of what was printed": """
from infragraph.workspace.inputs import Inputs
note = Inputs.note_file
def note_others(self, path, *noted):
    if not path.endswith(".py"):
        note(self, path, *noted)
Inputs.note_file = note_others
""",
    "the times of files are not compared": """
from infragraph.workspace.results import Results
def whatever_its_times(self, location, stat):
    known = [part.files.get(self._below(location)) for part in self._known]
    return next((found[1] for found in known if found is not None), None)
Results.unchanged = whatever_its_times
""",
    "files of which facts are used count as passed over": """
from infragraph.workspace.inputs import Inputs
Inputs.note_use = lambda self, path: None
""",
    "what was concluded is taken to hold for other sketches": """
from infragraph.workspace import cache
from infragraph.workspace.results import Results
def whatever_the_key(self, what, key):
    found = cache.load(self._folder, f"{cache.RESULTS}/{self._name}-{what}")
    return None if found is None else found[1]
Results.concluded = whatever_the_key
""",
    "other facts are taken for the same": """
from infragraph.usecases.reading import OnDisk
OnDisk.same = lambda self, content, source: True
""",
}
"""What is wrong on purpose with each of the things that are kept."""


@pytest.mark.parametrize(
    ("kind", "seed", "count"),
    [
        ("few", 1, 12),
        ("many", 2, 13),
        pytest.param("few", 3, 30, marks=pytest.mark.slow),
        pytest.param("many", 5, 30, marks=pytest.mark.slow),
        pytest.param("few", 3, 100, marks=[pytest.mark.slow, pytest.mark.thorough]),
        pytest.param("many", 4, 100, marks=[pytest.mark.slow, pytest.mark.thorough]),
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


@pytest.mark.parametrize("prelude", FORGETFUL.values(), ids=FORGETFUL)
def test_what_is_kept_too_long_is_told_with_the_edits_that_show_it(
    command: Command, prelude: str, tmp_path: Path
) -> None:
    """The test above would be worth nothing if it could not fail."""
    found = run(command, Plan(kind="few", seed=3, count=100), tmp_path, prelude=prelude)

    last = len(found.edits) - 1
    assert f"after {last} edits, and not before" in found.wrong
    assert f"again: python -m tests.incremental.again few --seed 3 --count {last}" in found.wrong
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
