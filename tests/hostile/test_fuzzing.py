"""A fuzzing run of few files; `make reliability` does the same with 10,000."""

import os

import pytest

pytest.importorskip("pysource_codegen", reason="the library that makes random programs is not here")

from tests.hostile.fuzz import figures
from tests.hostile.samples import SORTS, sample, sort
from tests.hostile.worker import Ended, run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the run forks")


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 40), pytest.param(2, 500, marks=pytest.mark.slow, id="500")]
)
def test_every_file_of_a_run_is_read_or_diagnosed(seed: int, count: int) -> None:
    found = figures(seed, list(run(seed, range(count))))

    assert found.wrong == ()
    assert sum(found.sorts.values()) == sum(found.faults.values()) == count
    assert set(found.sorts) == {"mutant", "generated", "bomb"}
    assert len(found.faults) > 2
    assert not {"timeout", "parser-crash"} & set(found.faults)


def test_a_number_of_a_seed_is_always_the_same_file() -> None:
    assert [sample(3, number) for number in range(10)] == [sample(3, n) for n in range(10)]
    assert sample(3, 0) != sample(4, 0)
    assert [sort(number) for number in range(10)] == list(SORTS)


def test_what_breaks_a_promise_is_told() -> None:
    """The run would be worth nothing if it could not fail."""
    ended = [Ended(0, "crash"), Ended(1, "hang"), Ended(2, "exception", "KeyError: 'x'")]

    assert figures(1, ended).wrong == ("0: crash", "1: hang", "2: exception KeyError: 'x'")
