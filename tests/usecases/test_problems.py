import re

import pytest

from infragraph.diagnostics.problem import Problem
from infragraph.usecases.explain import explain, overview
from infragraph.usecases.problems import ALL_PROBLEMS, UnknownName, find

HEADINGS = ("What it means", "Why it matters", "Example", "How to fix")


@pytest.mark.parametrize("name", ["IG7101", "ig7101", "unused-ignore", "unused_ignore", " IG7101 "])
def test_a_problem_is_found_by_code_or_slug(name: str) -> None:
    found = find(name, ALL_PROBLEMS)

    assert isinstance(found, Problem)
    assert found.code == "IG7101"


@pytest.mark.parametrize(
    ("name", "near"), [("IG7111", "IG7101"), ("unused-ignroe", "unused-ignore"), ("qqqq", None)]
)
def test_a_near_miss_is_suggested(name: str, near: str | None) -> None:
    assert find(name, ALL_PROBLEMS) == UnknownName(name=name, near=near)


@pytest.mark.parametrize("problem", ALL_PROBLEMS, ids=lambda problem: problem.code)
def test_every_problem_is_explained_within_the_width(problem: Problem) -> None:
    lines = list(explain(problem, 80))

    assert lines[0] == f"{problem.code} {problem.slug} ({problem.severity})"
    headings = [line for line in lines if line in HEADINGS]
    assert headings == [
        heading for heading in HEADINGS if heading != "Example" or problem.example.bad
    ]
    assert all(len(line) <= 80 for line in lines if not line.startswith("    "))
    assert not any("«" in line or "»" in line for line in lines)


@pytest.mark.parametrize("problem", ALL_PROBLEMS, ids=lambda problem: problem.code)
def test_every_problem_is_worded_alike(problem: Problem) -> None:
    assert re.fullmatch(r"IG\d{4}", problem.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", problem.slug)
    assert not problem.summary.endswith(".")
    assert not problem.help.endswith(".")
    assert problem.why.endswith(".")
    assert problem.why[0].isupper()


def test_no_code_and_no_slug_is_used_twice() -> None:
    assert len({problem.code for problem in ALL_PROBLEMS}) == len(ALL_PROBLEMS)
    assert len({problem.slug for problem in ALL_PROBLEMS}) == len(ALL_PROBLEMS)


def test_all_are_listed_by_code() -> None:
    lines = list(overview(reversed(ALL_PROBLEMS)))

    assert len(lines) == len(ALL_PROBLEMS)
    assert lines == sorted(lines)
