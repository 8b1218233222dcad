"""A broker that goes away and comes back."""

import asyncio
import contextlib

import pytest

from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.brokers.opening import open_broker
from tests.runtime.conformance.brokers import broker_of
from tests.runtime.conformance.cases import case
from tests.runtime.conformance.harness import (
    Bench,
    channel,
    consuming,
    message,
    needs,
    prepared,
    size,
    until,
)

pytestmark = pytest.mark.slow

_AT_ONCE = 20


@case("reconnect", "C20")
async def test_two_outages_lose_nothing_confirmed(sized: Bench) -> None:
    needs(sized, "outages", "prompt redelivery")
    one = channel(ack_deadline=2.0)
    count = size(sized, 10_000)
    confirmed: set[int] = set()
    async with prepared(sized, one) as broker:

        async def publish(numbers: range) -> None:
            for number in numbers:
                with contextlib.suppress(BrokerError):
                    await broker.publish(one.topic, {}, [message(number)])
                    confirmed.add(number)

        async def until_published(numbers: int) -> None:
            await until(lambda: len(confirmed) >= numbers)
            async with sized.outage():
                pass

        async with consuming(sized, broker, one) as (received, _):
            publishing = [
                asyncio.create_task(publish(range(it, count, _AT_ONCE))) for it in range(_AT_ONCE)
            ]
            await until_published(count // 3)
            await until_published(count // 2)
            await asyncio.gather(*publishing)
            await until(lambda: set(received.bodies) >= confirmed)
    assert len(confirmed) > count * 0.9


@case("C14", "C19", "C20")
async def test_a_broker_that_is_away_confirms_nothing_and_is_waited_for(bench: Bench) -> None:
    needs(bench, "outages")
    one = channel(ack_deadline=2.0, max_attempts=100)
    absent = broker_of(bench.settings())
    async with prepared(bench, one) as broker, consuming(bench, broker, one) as (before, _):
        await broker.publish(one.topic, {}, [message("before")])
        await before.reaches(1)
        async with bench.outage():
            with pytest.raises(BrokerError):
                await broker.publish(one.topic, {}, [message("away")])
            opening = asyncio.create_task(open_broker(absent))
            await asyncio.sleep(0.5)
        await opening
        async with consuming(bench, absent, one) as (late, _):
            await absent.publish(one.topic, {}, [message("late")])
            await broker.publish(one.topic, {}, [message("after")])
            await until(lambda: {"late", "after"} <= {*late.bodies, *before.bodies})
        await absent.close()


@case("C14")
async def test_what_is_closed_confirms_nothing(bench: Bench) -> None:
    one = channel()
    async with prepared(bench, one) as broker:
        await broker.close()
        with pytest.raises(BrokerError):
            await broker.publish(one.topic, {}, [message(1)])
        await broker.open()
        await broker.publish(one.topic, {}, [message(2)])
        async with consuming(bench, broker, one) as (received, _):
            await received.reaches(1)
    assert received.bodies == [2]
