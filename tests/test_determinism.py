"""The same source gives the same bytes: on every machine, in every place, on every Python."""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from infragraph.diagnostics.render import json
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile
from infragraph.usecases.compiling import compile_application
from infragraph.workspace.tree import Tree
from tests.cli.command import infragraph
from tests.golden.comparing import matches_golden
from tests.workspace.trees import found

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
APPLICATIONS = [
    *(ROOT / "fixtures" / name for name in ("minimal", "shop", "broken")),
    *(ROOT / "tests" / "applications" / name for name in ("classes", "attribution", "databases")),
]
FORMATS = ("json", "sarif")


def output(root: Path, form: str, **environment: str) -> str:
    return infragraph(
        "analyze", ".", "--no-cache", "--format", form, cwd=root, environment=environment
    ).stdout


def compiled(tree: Tree, sources: Sequence[SourceFile]) -> str:
    graph, diagnostics = compile_application(
        sources, application="app", migrations=tree.migrations, settings=Settings()
    )
    counts = FileCounts(analyzed=len(sources), skipped={})
    return json.render(Report(graph=graph, diagnostics=diagnostics, files=counts))


@pytest.mark.parametrize("root", APPLICATIONS, ids=lambda path: path.name)
def test_the_order_in_which_files_are_read_does_not_show(root: Path) -> None:
    tree = found(root)
    shuffled = list(tree.sources)

    expected = compiled(tree, tree.sources)

    for seed in range(5):
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
        assert compiled(tree, shuffled) == expected


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["shop", "broken"])
def test_neither_the_hash_seed_nor_the_locale_nor_the_time_zone_shows(name: str, form: str) -> None:
    root = ROOT / "fixtures" / name
    outputs = {
        output(root, form, PYTHONHASHSEED="0", LC_ALL="C", TZ="UTC"),
        output(root, form, PYTHONHASHSEED="1", LC_ALL="C.UTF-8", TZ="Asia/Tokyo"),
        output(root, form, PYTHONHASHSEED="4242", LC_ALL="POSIX", TZ="America/Lima"),
    }

    assert len(outputs) == 1


@pytest.mark.parametrize("form", FORMATS)
def test_the_place_of_a_checkout_does_not_show(form: str, tmp_path: Path) -> None:
    outputs: set[str] = set()
    for place in ("one", "another place/with ünïcode"):
        copy = tmp_path / place / "shop"
        shutil.copytree(ROOT / "fixtures" / "shop", copy)
        outputs.add(output(copy, form))

    assert len(outputs) == 1


@pytest.mark.parametrize("name", ["minimal", "shop", "broken"])
def test_the_graph_is_the_stored_one_on_every_python(
    name: str, request: pytest.FixtureRequest
) -> None:
    text = output(ROOT / "fixtures" / name, "json")

    matches_golden(request, f"{name}/graph.json", text)
