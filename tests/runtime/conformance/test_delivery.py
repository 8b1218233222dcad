"""Every message arrives, whole, on every broker."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import cast

import pytest

from infragraph.runtime.brokers.broker import Delivery
from infragraph.sdk.message import Message
from tests.runtime.conformance.cases import case
from tests.runtime.conformance.harness import (
    Bench,
    beside,
    channel,
    consuming,
    letters,
    message,
    needs,
    prepared,
    size,
    until,
)

pytestmark = pytest.mark.slow

_TEXT = "é \u2028 \U0001f600"


@case("publish and subscribe")
async def test_ids_bodies_attributes_and_times_are_equal(bench: Bench) -> None:
    one = channel()
    sent = [message({"number": it, "text": _TEXT}) for it in range(100)]
    async with prepared(bench, one) as broker:
        async with consuming(bench, broker, one) as (received, _):
            await broker.publish(one.topic, {}, sent)
            await received.reaches(100)
        got = sorted((it.id, str(it.body), it.published_at) for it in received.handled)
        assert got == sorted(
            (it.id, str({"number": number, "text": _TEXT}), it.published_at)
            for number, it in enumerate(sent)
        )
        assert {(it.attempt, str(it.attributes)) for it in received.handled} == {
            (1, "{'country': 'NL'}")
        }


@case("publish and subscribe")
async def test_deliveries_that_are_closed_end(bench: Bench) -> None:
    one = channel()
    async with prepared(bench, one) as broker:
        await broker.publish(one.topic, {}, [message(1)])
        deliveries = cast("AsyncGenerator[Delivery, None]", broker.receive(one))
        first = await anext(deliveries)
        await deliveries.aclose()
        # What was handed out before can be settled still.
        await first.acknowledge()
        assert [it async for it in deliveries] == []
        await broker.publish(one.topic, {}, [message(2)])
        async with consuming(bench, broker, one) as (received, _):
            await received.reaches(1)
    assert received.bodies == [2]


@case("concurrent")
async def test_fifty_publishers_and_fifty_subscribers_lose_nothing(sized: Bench) -> None:
    one = channel(concurrency=2)
    sent = [message(number) for number in range(size(sized, 5000))]
    async with (
        prepared(sized, one) as broker,
        sized.connection() as other,
        AsyncExitStack() as stack,
    ):
        subscribers = [
            (await stack.enter_async_context(consuming(sized, connection, one)))[0]
            for connection in (broker, other)
            for _ in range(25)
        ]
        parts = [sent[start::50] for start in range(50)]
        await asyncio.gather(*(broker.publish(one.topic, {}, part) for part in parts if part))
        await until(lambda: sum(len(it.handled) for it in subscribers) >= len(sent))
    bodies = [body for it in subscribers for body in it.bodies]
    assert sorted(set(bodies)) == list(range(len(sent)))


@case("many topics at once", "topics apart")
async def test_topics_do_not_mix(sized: Bench) -> None:
    channels = [channel() for _ in range(20)]
    count = size(sized, 100)
    async with prepared(sized, *channels) as broker, AsyncExitStack() as stack:
        received = [
            (await stack.enter_async_context(consuming(sized, broker, one)))[0] for one in channels
        ]
        await asyncio.gather(
            *(
                broker.publish(one.topic, {}, [message([number, it]) for it in range(count)])
                for number, one in enumerate(channels)
            )
        )
        for each in received:
            await each.reaches(count)
    for number, each in enumerate(received):
        assert sorted(each.bodies) == [[number, one] for one in range(count)]


@case("groups")
async def test_each_subscription_gets_every_message(bench: Bench) -> None:
    first = channel()
    second = beside(first)
    async with (
        prepared(bench, first, second) as broker,
        consuming(bench, broker, first) as (one, _),
        consuming(bench, broker, second) as (two, _),
    ):
        await broker.publish(first.topic, {}, [message(it) for it in range(50)])
        await one.reaches(50)
        await two.reaches(50)
    assert sorted(one.bodies) == sorted(two.bodies) == list(range(50))


@case("new subscriber reads old messages")
async def test_a_later_subscription_gets_what_is_published_before_it(bench: Bench) -> None:
    first = channel()
    later = beside(first)
    async with prepared(bench, first) as broker:
        await broker.publish(first.topic, {}, [message(1)])
        await bench.prepare(broker, later)
        await broker.publish(first.topic, {}, [message(2)])
        async with consuming(bench, broker, later) as (received, _):
            await until(lambda: 2 in received.bodies)
    if not broker.features.replay:
        assert received.bodies == [2]
        needs(bench, "replay")
    assert sorted(received.bodies) == [1, 2]


@case("publish and subscribe")
async def test_what_is_published_before_its_consumer_is_up_waits(bench: Bench) -> None:
    one = channel()
    async with prepared(bench, one) as broker:
        await broker.publish(one.topic, {}, [message(it) for it in range(20)])
        async with consuming(bench, broker, one) as (received, _):
            await received.reaches(20)
    assert sorted(received.bodies) == list(range(20))


@case("resend on error", "C02")
async def test_failed_messages_come_again(bench: Bench) -> None:
    one = channel()

    async def fail(it: Message[int]) -> None:
        if it.body < 2 and it.attempt < 3:
            raise ValueError(it.body)

    async with prepared(bench, one) as broker:
        async with consuming(bench, broker, one, fail) as (received, _):
            await broker.publish(one.topic, {}, [message(it) for it in range(100)])
            await received.reaches(100)
        assert await letters(bench, one, 0) == []
    assert sorted(received.bodies) == list(range(100))
    assert sorted(it.attempt for it in received.handled if it.body < 2) == [3, 3]


@case("many errors")
async def test_many_refusals_end(bench: Bench) -> None:
    one = channel(max_attempts=1000, max_backoff=0.05)
    refusals = 0

    async def refuse(_it: Message[int]) -> None:
        nonlocal refusals
        if refusals < 300:
            refusals += 1
            raise ValueError

    async with (
        prepared(bench, one) as broker,
        consuming(bench, broker, one, refuse) as (received, _),
    ):
        await broker.publish(one.topic, {}, [message(it) for it in range(50)])
        await received.reaches(50)
    assert (refusals, sorted(received.bodies)) == (300, list(range(50)))
