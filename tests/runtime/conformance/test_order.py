"""Order per key, where a broker has it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
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
    size,
    until,
)

pytestmark = pytest.mark.slow

# On NATS a key that is blocked blocks those of its partition: these have partitions of their own.
_ONE, _ANOTHER = "a", "b"


@case("in order")
async def test_the_messages_of_a_key_are_in_order(sized: Bench) -> None:
    needs(sized, "order")
    one = channel(ordered=True)
    count = size(sized, 1000) // 10
    keys = "abcdefghij"
    async with prepared(sized, one) as broker, consuming(sized, broker, one) as (received, _):
        for number in range(0, count, 10):
            batch = range(number, min(number + 10, count))
            sent = [message([key, it], key=key) for it in batch for key in keys]
            await broker.publish(one.topic, {}, sent)
        await received.reaches(count * len(keys))
    assert _by_key(received.bodies) == {key: list(range(count)) for key in keys}


@case("in order", "C17")
async def test_a_key_is_in_order_through_refusals(bench: Bench) -> None:
    needs(bench, "order", "order after refusals")
    one = channel(ordered=True)
    failed: set[str] = set()

    async def fail(it: Message[Any]) -> None:
        if it.body[1] % 7 == 0 and it.id not in failed:
            failed.add(it.id)
            raise ValueError(it.body)

    async with prepared(bench, one) as broker, consuming(bench, broker, one, fail) as (received, _):
        for number in range(20):
            sent = [message([key, number], key=key) for key in "abcdef"]
            await broker.publish(one.topic, {}, sent)
        await received.reaches(120)
    assert _by_key(received.bodies) == {key: list(range(20)) for key in "abcdef"}
    assert len(failed) == 18


@case("unacknowledged (ordered)", "C17")
async def test_a_key_waits_for_its_first_message_and_others_do_not(bench: Bench) -> None:
    needs(bench, "order")
    one = channel(ordered=True)
    release = asyncio.Event()
    begun: list[Any] = []

    async def handle(it: Message[Any]) -> None:
        begun.append(it.body)
        if it.body == [_ONE, 0]:
            await release.wait()

    async with (
        prepared(bench, one) as broker,
        consuming(bench, broker, one, handle) as (received, _),
    ):
        await broker.publish(one.topic, {}, [message([_ONE, it], key=_ONE) for it in range(3)])
        await until(lambda: [_ONE, 0] in begun)
        sent = [message([_ANOTHER, it], key=_ANOTHER) for it in range(10)]
        await broker.publish(one.topic, {}, sent)
        await received.reaches(10)
        assert [it for it in begun if it[0] == _ONE] == [[_ONE, 0]]
        release.set()
        await received.reaches(13)
    assert _by_key(received.bodies) == {_ONE: [0, 1, 2], _ANOTHER: list(range(10))}


def _by_key(bodies: Iterable[Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, number in bodies:
        found[key].append(number)
    return found
