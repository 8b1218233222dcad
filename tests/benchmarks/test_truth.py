"""The generator, the oracle and the analysis agree, though none knows the others."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus.application import application
from benchmarks.corpus.truth import graph_of
from benchmarks.corpus.written import Application
from benchmarks.oracle.graph import seen_by_oracle
from tests.benchmarks.trees import texts, with_donors
from tests.compiling import compiled
from tests.workspace.trees import grow

SEEDS = (1, 2, 3)

IMPORT_ALL = """
import importlib, sys
sys.path.insert(0, ".")
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def analyzed(generated: Application) -> tuple[frozenset[str], frozenset[str]]:
    """The graph as the analysis sees it, of which nothing is amiss."""
    graph, diagnostics = compiled(texts(generated))
    assert diagnostics == ()
    assert graph.unresolved == ()
    edges = (f"{edge.source} {edge.relation} {edge.target}" for edge in graph.edges)
    return frozenset(node.id for node in graph.nodes), frozenset(edges)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_analysis_finds_the_generators_truth(seed: int) -> None:
    generated = application(seed, 3)

    truth = graph_of(generated)

    assert analyzed(generated) == (truth.nodes, truth.edges)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_oracle_sees_the_generators_truth(seed: int, tmp_path: Path) -> None:
    generated = application(seed, 3)
    grow(tmp_path, texts(generated))

    truth = graph_of(generated)

    assert seen_by_oracle(tmp_path) == (truth.nodes, truth.edges)


def test_uses_in_donor_files_are_found_whether_an_endpoint_reaches_them_or_not(
    tmp_path: Path,
) -> None:
    generated = with_donors(1, tmp_path / "donors")
    tree = grow(tmp_path / "tree", texts(generated))

    truth = graph_of(generated)

    assert {edge.partition(":")[0] for edge in truth.edges} >= {"endpoint", "service"}
    assert analyzed(generated) == (truth.nodes, truth.edges)
    assert seen_by_oracle(tree) == (truth.nodes, truth.edges)


def test_the_truth_holds_every_relation_and_no_decoy() -> None:
    truth = graph_of(application(1, 3))

    relations = {edge.split()[1] for edge in truth.edges}

    assert relations == {"publishes", "delivers", "calls", "queries", "stores", "reads"}
    assert not [edge for edge in truth.edges if "bus" in edge]


def test_a_generated_application_is_a_program_that_python_can_import(tmp_path: Path) -> None:
    generated = application(1, 3)
    grow(tmp_path, texts(generated))
    names = [module.name for module in generated.modules]

    command = [sys.executable, "-c", IMPORT_ALL, *names]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")
