"""Samples of the chaos runs; `make reliability` makes the whole."""

import signal

import pytest

from tests.runtime.chaos.draining import drained
from tests.runtime.chaos.faults import FAULTS
from tests.runtime.chaos.kills import figures
from tests.runtime.chaos.poisoning import poisoned
from tests.runtime.chaos.proxy import Fault
from tests.runtime.chaos.suffering import suffered

pytestmark = pytest.mark.slow

BROKERS = ("nats", "nsq")
RESET = next(it for it in FAULTS if it.name == "reset")
OTHERS = [it for it in FAULTS if it is not RESET]


async def test_kills_lose_nothing_and_duplicate_little() -> None:
    found = await figures("nats", 2000, 2, 1)
    assert found.verdict == "PASS", found


async def test_an_nsqd_that_is_asked_to_end_loses_nothing() -> None:
    found = await figures("nsq", 1200, 2, 1, signal.SIGTERM)
    assert found.verdict == "PASS", found


async def test_a_run_in_which_nothing_was_killed_shows_nothing() -> None:
    found = await figures("nats", 600, 2, 1, is_armed=False)
    assert (found.verdict, found.lost) == ("VOID", 0)


@pytest.mark.parametrize("broker", BROKERS)
async def test_connections_that_are_reset_recover(broker: str) -> None:
    found = await suffered(broker, RESET, 300, 1)
    assert found.verdict == "PASS", found


@pytest.mark.thorough
@pytest.mark.parametrize("broker", BROKERS)
@pytest.mark.parametrize("fault", OTHERS, ids=lambda it: it.name)
async def test_connections_recover(broker: str, fault: Fault) -> None:
    found = await suffered(broker, fault, 600, 1)
    assert found.verdict == "PASS", found


async def test_a_network_that_was_whole_shows_nothing() -> None:
    found = await suffered("nats", FAULTS[0], 60, 1, is_armed=False)
    assert (found.verdict, found.lost) == ("VOID", 0)


@pytest.mark.parametrize("broker", BROKERS)
async def test_consumers_that_are_asked_to_end_finish_what_they_have(broker: str) -> None:
    found = await drained(broker, 3)
    assert found.verdict == "PASS", found


async def test_a_run_without_signals_shows_nothing() -> None:
    found = await drained("nats", 2, is_armed=False)
    assert (found.verdict, found.lost) == ("VOID", 0)


@pytest.mark.parametrize("broker", BROKERS)
async def test_poison_ends_as_dead_letters(broker: str) -> None:
    found = await poisoned(broker, 500)
    # How long the others took is measured where nothing else runs.
    assert (found.poison, found.dead_lettered, found.lost) == (5, 5, 0)


async def test_a_run_without_poison_shows_nothing() -> None:
    found = await poisoned("nats", 200, is_armed=False)
    assert (found.verdict, found.lost) == ("VOID", 0)
