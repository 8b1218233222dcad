"""A message takes effect once, and is published if and only if its transaction committed."""

import asyncio
import dataclasses
import json
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from typing import Any, cast

import pytest

from infragraph.runtime.brokers.broker import Broker, Channel, Delivery
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.outbox import OutboxWriter
from infragraph.sdk.message import Message
from tests.runtime.conformance.cases import case
from tests.runtime.conformance.effects import attempts, database, effect, effects, relayed
from tests.runtime.conformance.effects_worker import WRITTEN
from tests.runtime.conformance.harness import (
    Bench,
    channel,
    consuming,
    message,
    needs,
    prepared,
    until,
)

pytestmark = pytest.mark.slow


class Doubling:
    """A broker that hands out every message twice at once."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self.ended = 0

    async def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        async for delivery in self._broker.receive(channel):
            yield delivery
            yield Again(delivery, self)


class Again:
    """A delivery that the broker has no need to hear of."""

    def __init__(self, delivery: Delivery, doubling: Doubling) -> None:
        self.envelope = delivery.envelope
        self.attempt = delivery.attempt
        self._doubling = doubling

    async def acknowledge(self) -> None:
        self._doubling.ended += 1

    async def retry(self, delay: float) -> None:
        raise AssertionError(delay)

    async def extend(self) -> None:
        """It has no deadline."""


@case("C15")
async def test_duplicates_at_once_have_one_effect(bench: Bench, address: DatabaseAddress) -> None:
    one = channel(concurrency=8)
    sent = [message(it) for it in range(40)]
    async with prepared(bench, one) as broker, database(address) as driver:
        doubling = Doubling(broker)

        async def handle(it: Message[Any]) -> None:
            await effect(driver, it.id)
            # Long enough for the other to come while this one is at work.
            await asyncio.sleep(0.01)

        twice = cast("Broker", doubling)
        async with consuming(bench, twice, one, handle, around=attempts(driver)) as (received, _):
            await broker.publish(one.topic, {}, sent)
            await received.reaches(40)
            await until(lambda: doubling.ended == 40)
        assert await effects(driver) == sorted(it.id for it in sent)
    assert len(received.handled) == 40


@case("C15")
async def test_an_error_releases_the_message_with_its_effect(
    bench: Bench, address: DatabaseAddress
) -> None:
    one = channel()
    sent = [message(it) for it in range(10)]
    async with prepared(bench, one) as broker, database(address) as driver:

        async def handle(it: Message[Any]) -> None:
            await effect(driver, it.id)
            if it.attempt == 1 and it.body % 2:
                raise ValueError(it.body)

        async with consuming(bench, broker, one, handle, around=attempts(driver)) as (received, _):
            await broker.publish(one.topic, {}, sent)
            await received.reaches(10)
        assert await effects(driver) == sorted(it.id for it in sent)
    assert sorted(received.attempts.values()) == [1] * 5 + [2] * 5


@case("C15")
async def test_without_its_store_nothing_is_handled(bench: Bench, address: DatabaseAddress) -> None:
    one = channel(max_attempts=1000)
    nobody = dataclasses.replace(address, port=1)
    async with prepared(bench, one) as broker, database(address) as driver:
        async with (
            database(nobody) as away,
            consuming(bench, broker, one, around=attempts(away)) as (refused, _),
        ):
            await broker.publish(one.topic, {}, [message(1)])
            # Until it has come again at least once.
            handed = _Counting(attempts(away))
            async with consuming(bench, broker, one, around=handed) as (also, _):
                await until(lambda: handed.most >= 2)
        assert (refused.attempts, also.attempts) == ({}, {})

        async def handle(it: Message[Any]) -> None:
            await effect(driver, it.id)

        async with consuming(bench, broker, one, handle, around=attempts(driver)) as (received, _):
            await received.reaches(1)
        assert await effects(driver) == [received.handled[0].id]


class _Counting:
    """The attempts that were begun, whether or not they were handled."""

    def __init__(self, around: Any) -> None:
        self._around = around
        self.most = 0

    def handling(self, channel: Channel, delivery: Delivery) -> Any:
        self.most = max(self.most, delivery.attempt)
        return self._around.handling(channel, delivery)


@case("C04")
async def test_the_inbox_hides_the_duplicate_of_a_kill(
    bench: Bench, address: DatabaseAddress
) -> None:
    needs(bench, "processes", "prompt redelivery")
    one = channel(ack_deadline=2.0)
    sent = message(1)
    async with prepared(bench, one) as broker, database(address) as driver:
        await broker.publish(one.topic, {}, [sent])
        assert await _killed("handle", bench, address, one) == -signal.SIGKILL
        assert await effects(driver) == [sent.id]
        again = _Counting(attempts(driver))
        async with consuming(bench, broker, one, around=again) as (received, _):
            await until(lambda: again.most >= 2)
            await broker.publish(one.topic, {}, [message(2)])
            await received.reaches(1)
        assert await effects(driver) == [sent.id]
    assert received.bodies == [2]


@case("C16")
async def test_what_is_committed_is_published_and_nothing_else(
    bench: Bench, address: DatabaseAddress
) -> None:
    one = channel()
    assert await _killed("write", bench, address, one) == -signal.SIGKILL
    async with prepared(bench, one) as broker, database(address) as driver:
        outbox = OutboxWriter(SystemClock())

        async def roll_back() -> None:
            async with driver.transaction() as tx:
                await outbox.write(cast("Any", tx), one.topic, [message("rolled back")], None)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await roll_back()
        async with (
            consuming(bench, broker, one) as (received, _),
            relayed(address, broker, one),
        ):
            async with driver.transaction() as tx:
                await outbox.write(cast("Any", tx), one.topic, [message(WRITTEN)], None)
            await received.reaches(WRITTEN + 1)
        assert await driver.fetch("select 1 from infragraph.outbox") == []
    assert sorted(received.bodies) == list(range(WRITTEN + 1))


@case("C16")
async def test_a_relay_that_is_killed_publishes_again(
    bench: Bench, address: DatabaseAddress
) -> None:
    needs(bench, "processes")
    one = channel()
    assert await _killed("write", bench, address, one) == -signal.SIGKILL
    async with prepared(bench, one) as broker, database(address) as driver:
        assert await _killed("relay", bench, address, one) == -signal.SIGKILL
        # Confirmed by the broker, and not forgotten.
        assert len(await driver.fetch("select 1 from infragraph.outbox")) == WRITTEN
        async with (
            consuming(bench, broker, one) as (received, _),
            relayed(address, broker, one),
        ):
            await until(lambda: len(set(received.bodies)) == WRITTEN)
            await until_empty(driver)
    assert set(received.bodies) == set(range(WRITTEN))


async def until_empty(driver: Any) -> None:
    async with asyncio.timeout(30):
        while await driver.fetch("select 1 from infragraph.outbox"):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


async def _killed(mode: str, bench: Bench, address: DatabaseAddress, one: Channel) -> int:
    """How a process ended that ends itself."""
    settings: Mapping[str, Any] = {} if "processes" in bench.lacks else bench.settings()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.runtime.conformance.effects_worker", mode),
        *map(json.dumps, (dataclasses.asdict(address), settings, dataclasses.asdict(one))),
    )
    try:
        return await asyncio.wait_for(process.wait(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
