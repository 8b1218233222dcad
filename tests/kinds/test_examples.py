import pytest

from infragraph.diagnostics.problem import Problem
from infragraph.kinds import ALL_KINDS, KIND_PROBLEMS
from infragraph.linking.checks import CHECK_PROBLEMS
from tests.compiling import diagnostics
from tests.examples import unmarked

PROBLEMS = (*KIND_PROBLEMS, *CHECK_PROBLEMS)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: str(problem.code))
def test_the_bad_example_shows_its_problem_alone_at_its_place(problem: Problem) -> None:
    example = unmarked(problem.example.bad)

    found = diagnostics(example.files)

    assert [(it.code, it.span, it.message) for it in found] == [
        (problem.code, example.span, found[0].message if found else "")
    ]


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: str(problem.code))
def test_the_good_example_shows_nothing(problem: Problem) -> None:
    assert diagnostics(problem.example.good) == ()


def test_codes_and_slugs_are_never_used_twice() -> None:
    codes = [problem.code for problem in PROBLEMS]
    slugs = [problem.slug for problem in PROBLEMS]

    assert sorted(codes) == sorted(set(codes))
    assert sorted(slugs) == sorted(set(slugs))


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: str(problem.code))
def test_a_problem_is_worded_as_all_are(problem: Problem) -> None:
    assert problem.summary[0] in "{'" or problem.summary[0].islower()
    assert not problem.summary.endswith(".")
    assert problem.why.endswith(".")
    assert problem.help.startswith("{") or problem.help[0].islower()
    assert not problem.help.endswith(".")


def test_every_kind_is_declared_after_the_kinds_that_it_refers_to() -> None:
    assert [kind.name for kind in ALL_KINDS] == [
        "service",
        "auth_handler",
        "startup",
        "shutdown",
        "mount",
        "topic",
        "database",
        "bucket",
        "secret",
        "endpoint",
        "subscription",
        "cron",
    ]
