"""How long and how many handlers are at work."""

import asyncio
from typing import Any

import pytest

from infragraph.sdk.message import Message
from tests.runtime.conformance.cases import case
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

_LIMIT = 12
"""More than SQS hands out at once."""


@case("C09")
async def test_a_handler_longer_than_the_deadline_runs_once(bench: Bench) -> None:
    one = channel(ack_deadline=2.0)

    async def work(it: Message[Any]) -> None:
        if it.body == 1:
            await asyncio.sleep(3 * one.ack_deadline)

    async with prepared(bench, one) as broker, consuming(bench, broker, one, work) as (received, _):
        await broker.publish(one.topic, {}, [message(1)])
        await received.reaches(1)
        # Had it been handed out again meanwhile, it would be at work now.
        await broker.publish(one.topic, {}, [message(2)])
        await received.reaches(2)
    assert (received.bodies, [*received.attempts.values()]) == ([1, 2], [1, 1])


@case("C11")
async def test_concurrency_is_reached_and_never_exceeded(bench: Bench) -> None:
    one = channel(concurrency=_LIMIT)
    at_work = most = 0
    reached = asyncio.Event()

    async def work(_it: Message[Any]) -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        if at_work >= _LIMIT:
            reached.set()
        await reached.wait()
        await asyncio.sleep(0.02)
        at_work -= 1

    async with prepared(bench, one) as broker, consuming(bench, broker, one, work) as (received, _):
        await broker.publish(one.topic, {}, [message(it) for it in range(100)])
        await received.reaches(100)
    assert most == _LIMIT


@case("C11")
async def test_what_waits_for_a_place_is_left_to_others(bench: Bench) -> None:
    needs(bench, "processes", "limits")
    one = channel(concurrency=2)
    release = asyncio.Event()

    async def hang(_it: Message[Any]) -> None:
        await release.wait()

    async with (
        prepared(bench, one) as broker,
        bench.connection() as other,
        consuming(bench, broker, one, hang) as (busy, _),
    ):
        await broker.publish(one.topic, {}, [message(it) for it in range(20)])
        await until(lambda: len(busy.attempts) == 2)
        async with consuming(bench, other, one) as (idle, _):
            await idle.reaches(18)
            release.set()
            await busy.reaches(2)
    assert sorted(busy.bodies + idle.bodies) == list(range(20))
