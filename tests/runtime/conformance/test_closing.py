"""What is closed loses nothing, and takes nothing more."""

import asyncio

import pytest

from infragraph.sdk.message import Message
from tests.runtime.conformance.cases import case
from tests.runtime.conformance.harness import (
    Bench,
    Received,
    channel,
    consuming,
    message,
    prepared,
    size,
    until,
)

pytestmark = pytest.mark.slow


@case("close and reopen")
async def test_closing_and_opening_again_loses_nothing(sized: Bench) -> None:
    # What is given back at each closing has been delivered.
    one = channel(max_attempts=100)
    count = size(sized, 5000)
    handled: set[int] = set()
    async with prepared(sized, one) as broker:
        await broker.publish(one.topic, {}, [message(it) for it in range(count)])
    while len(handled) < count:
        async with sized.connection() as broker, consuming(sized, broker, one) as (received, _):
            await _brought(received, handled, min(count // 5, count - len(handled)))
        handled |= set(received.bodies)
    assert sorted(handled) == list(range(count))


@case("concurrent close")
async def test_ten_that_open_and_close_at_once_keep_nothing(sized: Bench) -> None:
    one = channel(max_attempts=100)
    before: list[Received] = []
    async with prepared(sized, one) as broker:

        async def come_and_go() -> None:
            async with sized.connection() as own, consuming(sized, own, one) as (received, _):
                before.append(received)
                await asyncio.sleep(0)

        coming = [asyncio.create_task(come_and_go()) for _ in range(size(sized, 10, least=4))]
        await broker.publish(one.topic, {}, [message(it) for it in range(50)])
        await asyncio.gather(*coming)
        async with consuming(sized, broker, one) as (after, _):
            everyone = [*before, after]
            await until(lambda: len({it for one in everyone for it in one.bodies}) == 50)
    assert sorted(body for it in everyone for body in it.bodies) == list(range(50))


@case("publisher close")
async def test_a_publisher_that_closes_has_published(sized: Bench) -> None:
    one = channel(concurrency=100)
    count, publishers = size(sized, 10_000), size(sized, 20, least=4)
    sent = [message(number) for number in range(count)]
    async with prepared(sized, one) as broker:

        async def publish(part: int) -> None:
            async with sized.connection() as own:
                await own.publish(one.topic, {}, sent[part::publishers])

        async with consuming(sized, broker, one) as (received, _):
            await asyncio.gather(*(publish(part) for part in range(publishers)))
            await until(lambda: len(set(received.bodies)) >= count)
    assert sorted(set(received.bodies)) == list(range(count))


@case("message context")
async def test_what_runs_with_a_message_is_over_with_it(bench: Bench) -> None:
    one = channel(ack_deadline=30.0)
    tasks: list[asyncio.Task[object]] = []
    cancelled: list[int] = []

    async def handle(it: Message[int]) -> None:
        task = asyncio.current_task()
        assert task is not None, "a consumer runs it"
        tasks.append(task)
        if it.body == 2 and it.attempt == 1:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(it.body)
                raise

    async with prepared(bench, one) as broker:
        async with consuming(bench, broker, one, handle, grace=0) as (received, consumer):
            await broker.publish(one.topic, {}, [message(1)])
            await received.reaches(1)
            await until(tasks[0].done)
            await broker.publish(one.topic, {}, [message(2)])
            await until(lambda: len(tasks) == 2)
            assert (await consumer.drain(0), cancelled) == (1, [2])
        assert all(task.done() for task in tasks)
        async with consuming(bench, broker, one, handle) as (again, _):
            await again.reaches(1)
    assert [(it.body, it.attempt) for it in again.handled] == [(2, 2)]


@case("subscription cancelled")
async def test_a_cancelled_consumer_takes_nothing_more(bench: Bench) -> None:
    one = channel()
    async with prepared(bench, one) as broker:
        async with consuming(bench, broker, one) as (before, _):
            await broker.publish(one.topic, {}, [message(1)])
            await before.reaches(1)
        await broker.publish(one.topic, {}, [message(it) for it in range(20)])
        async with consuming(bench, broker, one) as (after, _):
            await after.reaches(20)
    assert (before.bodies, sorted(after.bodies)) == ([1], list(range(20)))


async def _brought(received: Received, handled: set[int], count: int) -> None:
    """Until so many are new."""
    await until(lambda: len(set(received.bodies) - handled) >= count)
