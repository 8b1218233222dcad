"""A sample of the chaos run; `make reliability` makes the whole."""

import pytest

from tests.runtime.chaos.run import figures

pytestmark = pytest.mark.slow


async def test_kills_lose_nothing_and_duplicate_little() -> None:
    found = await figures("nats", 4000, 4, 1)
    assert found.verdict == "PASS", found


async def test_a_run_in_which_nothing_was_killed_shows_nothing() -> None:
    found = await figures("nats", 1000, 2, 1, is_armed=False)
    assert (found.verdict, found.lost) == ("VOID", 0)
