"""The examples of the rules: the bad side shows the problem alone, the good one nothing."""

from pathlib import Path

import pytest

from infragraph.diagnostics.problem import Problem
from infragraph.portability.checks import PORTABILITY_PROBLEMS, RULE_PROBLEMS
from tests.analyzing import findings
from tests.examples import unmarked
from tests.workspace.trees import grow

each = pytest.mark.parametrize("problem", RULE_PROBLEMS, ids=lambda problem: str(problem.code))


@each
def test_the_bad_example_shows_its_problem_alone_at_its_place(
    problem: Problem, tmp_path: Path
) -> None:
    example = unmarked(problem.example.bad)

    found = findings(grow(tmp_path, example.files))

    assert [(it.code, it.span) for it in found] == [(problem.code, example.span)]


@each
def test_the_good_example_shows_nothing(problem: Problem, tmp_path: Path) -> None:
    assert findings(grow(tmp_path, problem.example.good)) == ()


@pytest.mark.parametrize("problem", PORTABILITY_PROBLEMS, ids=lambda problem: str(problem.code))
def test_a_problem_is_worded_as_all_are(problem: Problem) -> None:
    assert problem.code.startswith("IG40")
    assert problem.summary[0] in "{'" or problem.summary[0].islower()
    assert not problem.summary.endswith(".")
    assert problem.why.endswith(".")
    assert "{" not in problem.why
    assert problem.help.startswith("{") or problem.help[0].islower()
    assert not problem.help.endswith(".")
