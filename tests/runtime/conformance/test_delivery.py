"""Every message arrives, whole, on every broker."""

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack
from typing import Any

import pytest

from infragraph.sdk.message import Message
from tests.runtime.conformance.harness import Bench, beside, channel, consuming, message, until

pytestmark = pytest.mark.slow


async def test_ids_bodies_attributes_and_times_are_equal(bench: Bench) -> None:
    one = channel()
    sent = [message({"number": it, "text": "é \u2028 \U0001f600"}) for it in range(100)]
    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one) as (received, _):
            await broker.publish(one.topic, {}, sent)
            await received.reaches(100)
    got = sorted((it.id, str(it.body), it.published_at) for it in received.handled)
    assert got == sorted(
        (it.id, str({"number": n, "text": "é \u2028 \U0001f600"}), it.published_at)
        for n, it in enumerate(sent)
    )
    assert {(it.attempt, str(it.attributes)) for it in received.handled} == {
        (1, "{'country': 'NL'}")
    }


async def test_many_publishers_and_many_consumers_lose_nothing(bench: Bench) -> None:
    one = channel(concurrency=50)
    sent = [message(number) for number in range(5000)]
    async with bench.connection() as broker, bench.connection() as other:
        await bench.prepare(broker, one)
        async with consuming(broker, one) as (first, _), consuming(other, one) as (second, _):
            parts = [sent[start::50] for start in range(50)]
            await asyncio.gather(*(broker.publish(one.topic, {}, part) for part in parts))
            await until(lambda: len(first.handled) + len(second.handled) >= 5000)
    assert sorted(first.bodies + second.bodies) == list(range(5000))


async def test_topics_and_subscriptions_do_not_mix(bench: Bench) -> None:
    channels = [channel() for _ in range(20)]
    async with bench.connection() as broker:
        await bench.prepare(broker, *channels)
        async with AsyncExitStack() as stack:
            received = [
                (await stack.enter_async_context(consuming(broker, one)))[0] for one in channels
            ]
            for number, one in enumerate(channels):
                await broker.publish(one.topic, {}, [message([number, it]) for it in range(100)])
            for each in received:
                await each.reaches(100)
    for number, each in enumerate(received):
        assert sorted(each.bodies) == [[number, one] for one in range(100)]


async def test_each_subscription_gets_every_message(bench: Bench) -> None:
    first = channel()
    second = beside(first)
    async with bench.connection() as broker:
        await bench.prepare(broker, first, second)
        async with consuming(broker, first) as (one, _), consuming(broker, second) as (two, _):
            await broker.publish(first.topic, {}, [message(it) for it in range(50)])
            await one.reaches(50)
            await two.reaches(50)
    assert sorted(one.bodies) == sorted(two.bodies) == list(range(50))


async def test_what_is_published_before_its_consumer_is_up_waits(bench: Bench) -> None:
    one = channel()
    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        await broker.publish(one.topic, {}, [message(it) for it in range(20)])
        async with consuming(broker, one) as (received, _):
            await received.reaches(20)
    assert sorted(received.bodies) == list(range(20))


async def test_failed_messages_come_again(bench: Bench) -> None:
    one = channel()

    async def fail(it: Message[Any]) -> None:
        if it.body < 2 and it.attempt < 3:
            raise ValueError(it.body)

    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one, fail) as (received, _):
            await broker.publish(one.topic, {}, [message(it) for it in range(100)])
            await received.reaches(100)
    assert sorted(received.bodies) == list(range(100))
    assert sorted(it.attempt for it in received.handled if it.body < 2) == [3, 3]
    assert await bench.letters(one) == []


async def test_closing_and_opening_again_loses_nothing(bench: Bench) -> None:
    one = channel()
    handled: list[int] = []
    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        await broker.publish(one.topic, {}, [message(it) for it in range(1000)])
    while len(handled) < 1000:
        async with bench.connection() as broker, consuming(broker, one) as (received, _):
            await received.reaches(min(200, 1000 - len(handled)))
        handled += received.bodies
    assert sorted(set(handled)) == list(range(1000))


async def test_a_cancelled_consumer_takes_nothing_more(bench: Bench) -> None:
    one = channel()
    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one) as (before, _):
            await broker.publish(one.topic, {}, [message(1)])
            await before.reaches(1)
        await broker.publish(one.topic, {}, [message(it) for it in range(20)])
        async with consuming(broker, one) as (after, _):
            await after.reaches(20)
    assert (before.bodies, sorted(after.bodies)) == ([1], list(range(20)))


async def test_a_key_is_in_order_and_blocks_no_other(bench: Bench) -> None:
    async with bench.connection() as broker:
        if not broker.features.ordered:
            pytest.skip(f"{bench.name} has no order per key")
        if bench.name == "gcp":
            pytest.skip("the emulator of Pub/Sub loses the order when a message is given back")
        one = channel(ordered=True)
        failed: set[str] = set()

        async def fail(it: Message[Any]) -> None:
            if it.body[1] % 7 == 0 and it.id not in failed:
                failed.add(it.id)
                raise ValueError(it.body)

        await bench.prepare(broker, one)
        async with consuming(broker, one, fail) as (received, _):
            for number in range(30):
                sent = [message([key, number], key=key) for key in "abcdef"]
                await broker.publish(one.topic, {}, sent)
            await received.reaches(180)
    by_key: dict[str, list[int]] = defaultdict(list)
    for key, number in received.bodies:
        by_key[key].append(number)
    assert by_key == {key: list(range(30)) for key in "abcdef"}
    assert len(failed) == 30


async def test_a_restart_of_the_broker_loses_nothing_confirmed(bench: Bench) -> None:
    async with bench.connection() as broker:
        if not broker.features.persistent:
            pytest.skip(f"{bench.name} keeps nothing beyond its process")
        one = channel(ack_deadline=2.0)
        await bench.prepare(broker, one)
        confirmed: list[int] = []
        async with consuming(broker, one) as (received, _):
            for number in range(3000):
                await broker.publish(one.topic, {}, [message(number)])
                confirmed.append(number)
                if number in (1000, 1500):
                    await bench.restart()
            await until(lambda: set(received.bodies) >= set(confirmed), 90)
    assert set(received.bodies) == set(range(3000))


async def test_a_foreign_message_is_handled(bench: Bench) -> None:
    one = channel()
    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one) as (received, _):
            await bench.publish_foreign(one, b'{"unknown": [1, 2]}')
            await received.reaches(1)
    (got,) = received.handled
    assert got.body == {"unknown": [1, 2]}
    assert got.id
    assert got.attributes == {}


async def test_sizes_and_reserved_words_travel(bench: Bench) -> None:
    one = channel()
    bodies = ["", "x" * 200_000, {"": None}]
    attributes = {
        "Status": "200",
        "id": "mine",
        "content-type": "text/x; a=b",
        "city": "Ålesund %41",
    }
    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one) as (received, _):
            sent = [message(it, attributes=attributes) for it in bodies]
            await broker.publish(one.topic, {}, sent)
            await received.reaches(3)
    assert sorted(map(str, received.bodies)) == sorted(map(str, bodies))
    assert all(it.attributes == attributes for it in received.handled)
    assert {it.id for it in received.handled} == {it.id for it in sent}
