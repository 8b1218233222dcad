"""Parsing only what can matter changes nothing: compared with parsing everything."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.dialects import ALL_DIALECTS
from infragraph.frontend.files import InMemory
from infragraph.frontend.reading import read
from infragraph.linking.compile import link
from infragraph.model.graph import InfraGraph
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile
from infragraph.workspace.tree import Tree
from tests.workspace.trees import found

ROOT = Path(__file__).parents[3]
APPLICATIONS = sorted(
    path.parent
    for pattern in ("fixtures/*/expected.json", "tests/applications/*/expected.json")
    for path in ROOT.glob(pattern)
)
LIBRARIES = tuple(dialect.library for dialect in ALL_DIALECTS)


def linked(
    tree: Tree, sources: Sequence[SourceFile], *, everything: bool
) -> tuple[InfraGraph, tuple[Diagnostic, ...]]:
    reading = read(sources, LIBRARIES, InMemory(), few=len(sources) if everything else 0)
    return link(
        reading,
        LIBRARIES,
        application="app",
        migrations=tree.migrations,
        settings=Settings(),
    )


@pytest.mark.parametrize("root", APPLICATIONS, ids=lambda path: path.name)
def test_passing_files_over_changes_nothing(root: Path) -> None:
    tree = found(root)
    sources = sorted(tree.sources, key=lambda source: source.path)

    quick, some = linked(tree, sources, everything=False)
    whole, every = linked(tree, sources, everything=True)

    assert quick == whole
    # A file that is passed over is not parsed, so its syntax is not judged.
    assert set(every) - set(some) <= {one for one in every if one.code.startswith("IG10")}
    assert set(some) <= set(every)
