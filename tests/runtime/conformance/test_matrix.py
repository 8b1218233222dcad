"""What the matrix says of a run, and that it leaves no case out."""

import inspect
from typing import Any, cast

from tests.runtime.conformance import (
    test_closing,
    test_contents,
    test_delivery,
    test_effects,
    test_failures,
    test_limits,
    test_order,
    test_outages,
    test_stress,
    test_workers,
)
from tests.runtime.conformance.cases import CASES
from tests.runtime.conformance.matrix import ADAPTERS, ELSEWHERE, Result, is_whole, matrix

_MODULES = (
    *(test_closing, test_contents, test_delivery, test_effects, test_failures),
    *(test_limits, test_order, test_outages, test_stress, test_workers),
)


def test_every_case_has_a_test_and_every_test_a_case() -> None:
    marked: set[str] = set()
    for module in _MODULES:
        for name, test in inspect.getmembers(module, inspect.iscoroutinefunction):
            if name.startswith("test_"):
                names = [it.args for it in cast("Any", test).pytestmark if it.name == "case"]
                assert names, name
                marked |= {one for given in names for one in given}
    assert marked == CASES.keys() - ELSEWHERE.keys()


def _result(adapter: str, outcome: str, **said: object) -> Result:
    given = {"test": "one", "cases": ("C01",), **said}
    return Result(adapter=adapter, outcome=outcome, **given)  # type: ignore[arg-type]


def _cells(*results: Result) -> list[str]:
    (line,) = (it for it in matrix(results).splitlines() if it.startswith("| C01 |"))
    return [it.strip() for it in line.split("|")[3:-1]]


def test_a_skipped_case_says_why_and_what_is_missing_shows() -> None:
    results = (
        _result("memory", "skipped", reason="no processes"),
        _result("nats", "passed", sizes=((5000, 5000),)),
        _result("nsq", "passed", sizes=((500, 5000),), duplicates=3),
        _result("aws", "failed"),
    )
    assert _cells(*results) == [
        *("skipped (1)", "passed", "passed, 500 of 5,000, 3 twice", "**failed**"),
        "**missing**",
    ]
    assert matrix(results).endswith("\n\n1. no processes")
    assert not is_whole(results)


def test_a_case_that_two_tests_show_may_be_skipped_in_part() -> None:
    results = (
        _result("gcp", "passed"),
        _result("gcp", "skipped", test="another", reason="order is lost"),
    )
    assert _cells(*results)[-1] == "passed, in part (1)"


def test_full_sizes_take_the_place_of_the_sample() -> None:
    results = (
        _result("aws", "passed", is_full=True, sizes=((5000, 5000),)),
        _result("aws", "passed", sizes=((500, 5000),)),
        _result("gcp", "skipped", reason="takes too long"),
        _result("gcp", "passed", is_full=True),
    )
    assert _cells(*results)[-2:] == ["passed", "passed"]


def test_a_run_is_whole_if_every_case_was_tried_everywhere() -> None:
    cases = tuple(CASES.keys() - ELSEWHERE.keys())
    results = [_result(it, "passed", cases=cases) for it in ADAPTERS]
    assert is_whole(results)
    assert not is_whole([*results, _result("nats", "failed")])
