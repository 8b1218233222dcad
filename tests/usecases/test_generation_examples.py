"""The examples of problems that only show once something is generated."""

from pathlib import Path

import pytest

from infragraph.diagnostics.generation_problems import GENERATION_PROBLEMS
from infragraph.diagnostics.problem import Problem
from tests.analyzing import findings
from tests.examples import unmarked
from tests.generating import generation_findings
from tests.workspace.trees import grow

ENVIRONMENT = "live"

PROBLEMS = [problem for problem in GENERATION_PROBLEMS if problem.example.bad]

each = pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: str(problem.code))


@each
def test_the_bad_example_shows_its_problem_alone_at_its_place(
    problem: Problem, tmp_path: Path
) -> None:
    example = unmarked(problem.example.bad)

    found = generation_findings(grow(tmp_path, example.files), ENVIRONMENT)

    assert [(it.code, it.span) for it in found] == [(problem.code, example.span)]


@each
def test_the_good_example_shows_nothing(problem: Problem, tmp_path: Path) -> None:
    assert generation_findings(grow(tmp_path, problem.example.good), ENVIRONMENT) == ()


@each
def test_neither_shows_anything_before(problem: Problem, tmp_path: Path) -> None:
    assert findings(grow(tmp_path, unmarked(problem.example.bad).files)) == ()
