"""The examples of problems that a tree, a file, its comments or the configuration has."""

from pathlib import Path

import pytest

from infragraph.diagnostics.configuration_problems import CONFIGURATION_PROBLEMS
from infragraph.diagnostics.environment_problems import ENVIRONMENT_PROBLEMS
from infragraph.diagnostics.problem import Problem
from infragraph.diagnostics.suppression import SUPPRESSION_PROBLEMS
from infragraph.diagnostics.tree_problems import DIRECTORY_NOT_READ, FILE_NOT_READ, TREE_PROBLEMS
from infragraph.frontend.file_problems import FILE_PROBLEMS
from tests.analyzing import findings
from tests.examples import unmarked
from tests.workspace.trees import grow

KINDS_OF_FILES = {FILE_NOT_READ.code, DIRECTORY_NOT_READ.code}
"""Problems of which no text is an example."""

FOLDERS = ("libraries/acme_events", "shared", "src")
"""What the examples of configurations speak of."""

PROBLEMS = [
    problem
    for problem in (
        *FILE_PROBLEMS,
        *TREE_PROBLEMS,
        *CONFIGURATION_PROBLEMS,
        *ENVIRONMENT_PROBLEMS,
        *SUPPRESSION_PROBLEMS,
    )
    if problem.example.bad and problem.code not in KINDS_OF_FILES
]

each = pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: str(problem.code))


@each
def test_the_bad_example_shows_its_problem_alone_at_its_place(
    problem: Problem, tmp_path: Path
) -> None:
    example = unmarked(problem.example.bad)

    found = findings(grow(tmp_path, example.files))

    assert [(it.code, it.span) for it in found] == [(problem.code, example.span)]


@each
def test_the_good_example_shows_nothing(problem: Problem, tmp_path: Path) -> None:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)

    assert findings(grow(tmp_path, problem.example.good)) == ()
