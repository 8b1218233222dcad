"""Nothing is lost when a handler or a dead letter fails."""

import asyncio
from typing import Any

import pytest

from infragraph.runtime.brokers.broker import BrokerError, Channel, DeadLetter
from infragraph.runtime.codec import codec
from infragraph.sdk.errors import Reject, RetryAfter
from infragraph.sdk.message import Message
from tests.runtime.conformance.cases import case
from tests.runtime.conformance.harness import (
    Bench,
    channel,
    consuming,
    letters,
    message,
    prepared,
    until,
)

pytestmark = pytest.mark.slow


@case("C01")
async def test_what_has_not_returned_is_not_acknowledged(bench: Bench) -> None:
    one = channel(ack_deadline=2.0)
    begun = asyncio.Event()

    async def handle(it: Message[Any]) -> None:
        if it.body == 2 and it.attempt == 1:
            begun.set()
            await asyncio.Event().wait()

    async with prepared(bench, one) as broker:
        async with consuming(bench, broker, one, handle, grace=0) as (before, _):
            await broker.publish(one.topic, {}, [message(1)])
            await before.reaches(1)
            await broker.publish(one.topic, {}, [message(2)])
            await begun.wait()
        async with consuming(bench, broker, one, handle) as (after, _):
            await after.reaches(1)
            # Had the first not been acknowledged, it came now.
            await asyncio.sleep(one.ack_deadline + 0.5)
    assert [(it.body, it.attempt) for it in before.handled] == [(1, 1)]
    # It may come twice, and does where nsqd does not confirm in time that it has it back.
    assert {(it.body, it.attempt) for it in after.handled} == {(2, 2)}


@case("C06")
async def test_after_its_attempts_a_message_is_a_dead_letter_with_all_of_it(bench: Bench) -> None:
    one = channel(max_attempts=3)
    sent = message({"bad": True})

    async def fail(_it: Message[Any]) -> None:
        text = "no such\nthing"
        raise ValueError(text)

    async with prepared(bench, one) as broker, consuming(bench, broker, one, fail) as (received, _):
        await broker.publish(one.topic, {}, [sent])
        found = await letters(bench, one, 1)
    (letter,) = found
    assert received.attempts == {sent.id: 3}
    assert (letter.envelope, letter.subscription, letter.attempts) == (sent, one.id, 3)
    assert " ".join(letter.reason.split()) == "ValueError: no such thing"


@case("C05")
async def test_poison_is_dead_and_the_others_flow(bench: Bench) -> None:
    one = channel(max_attempts=2)
    poison = [message(body) for body in (b"{", b"", b"\xff\xfe", b'"text"')]
    async with (
        prepared(bench, one) as broker,
        consuming(bench, broker, one, payload=codec(int)) as (received, _),
    ):
        await broker.publish(one.topic, {}, [*poison, *(message(it) for it in range(50))])
        await received.reaches(50)
        found = await letters(bench, one, 4)
    assert sorted(received.bodies) == list(range(50))
    assert {(it.envelope.id, it.envelope.body, it.attempts) for it in found} == {
        (it.id, it.body, 2) for it in poison
    }
    assert all(it.reason.startswith("the body does not decode") for it in found)


@case("C06")
async def test_a_rejected_message_is_dead_at_once(bench: Bench) -> None:
    one = channel()

    async def reject(_it: Message[Any]) -> None:
        reason = "never"
        raise Reject(reason)

    async with (
        prepared(bench, one) as broker,
        consuming(bench, broker, one, reject) as (received, _),
    ):
        await broker.publish(one.topic, {}, [message(1)])
        (letter,) = await letters(bench, one, 1)
    assert (letter.reason, letter.attempts, [*received.attempts.values()]) == ("never", 1, [1])


@case("C07")
async def test_a_dead_letter_that_is_not_kept_leaves_the_original(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = channel(max_attempts=1, concurrency=1)
    refused = 0

    async def refuse(channel: Channel, letter: DeadLetter) -> None:
        nonlocal refused
        refused += 1
        text = f"{channel.id} does not keep {letter.envelope.id}"
        raise BrokerError(text)

    async def fail(_it: Message[Any]) -> None:
        raise ValueError

    async with prepared(bench, one) as broker, consuming(bench, broker, one, fail):
        with monkeypatch.context() as broken:
            broken.setattr(broker, "bury", refuse)
            await broker.publish(one.topic, {}, [message(1), message(2)])
            # Neither keeps the one place. A broker that gives up by itself hands out no more.
            least = 2 if broker.features.native_dead_letter else 4
            await until(lambda: refused >= least)
        found = await letters(bench, one, 2)
    assert sorted(it.envelope.body for it in found) == [b"1", b"2"]


@case("C08")
async def test_a_message_comes_again_no_sooner_than_asked(bench: Bench) -> None:
    one = channel()
    times: list[float] = []
    loop = asyncio.get_running_loop()

    async def fail(it: Message[Any]) -> None:
        times.append(loop.time())
        if it.attempt == 1:
            raise RetryAfter(2)

    async with prepared(bench, one) as broker, consuming(bench, broker, one, fail) as (received, _):
        await broker.publish(one.topic, {}, [message(1)])
        await received.reaches(1)
    # NATS and nsqd count in whole milliseconds, and from when they are told.
    assert times[1] - times[0] >= 1.95
