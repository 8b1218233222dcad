"""A message is what was published, whatever it holds and whoever published it."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from infragraph.runtime.brokers.broker import BrokerError, Channel, Delivery
from infragraph.runtime.codec import codec
from infragraph.sdk.message import Message
from tests.runtime.conformance.cases import case
from tests.runtime.conformance.harness import (
    BYTES,
    Bench,
    channel,
    consuming,
    letters,
    message,
    needs,
    prepared,
)
from tests.runtime.consuming_on_memory import Unhandled

pytestmark = pytest.mark.slow

_FORMATTER = logging.Formatter()

_BODIES = (
    b"",
    b"-",
    bytes(range(256)),
    b"\xff\xfe",
    b'{ "spaces" : [1,  2.0e3] }\r\n',
    '"é \u2028 \U0001f600 \ufffe"'.encode(),
    b'{"v":1,"h":{},"d":1}',
    b'"' + b"x" * 200_000 + b'"',
)
_ATTRIBUTES = {
    "Status": "200",
    "id": "mine",
    "content-type": "text/x; a=b",
    "city": "Ålesund %41",
    "empty": "",
    "blanks": "  two  ",
    "lines": "a\r\nb\tc",
    "infragraph": "ours?",
    "e1": "more",
    "e2": "than",
    "e3": "ten",
}


@case("C18")
async def test_bodies_and_attributes_of_all_kinds_travel(bench: Bench) -> None:
    one = channel()
    sent = [message(body, attributes=_ATTRIBUTES) for body in _BODIES]
    async with (
        prepared(bench, one) as broker,
        consuming(bench, broker, one, payload=BYTES) as (received, _),
    ):
        await broker.publish(one.topic, {}, sent)
        await received.reaches(len(sent))
    assert {it.id: it.body for it in received.handled} == {it.id: it.body for it in sent}
    assert [it.attributes for it in received.handled] == [_ATTRIBUTES] * len(sent)


@case("C18")
async def test_a_body_that_is_taken_in_can_become_a_dead_letter(bench: Bench) -> None:
    needs(bench, "largest body")
    one = channel(max_attempts=1)

    async def fail(it: Message[bytes]) -> None:
        if it.body != b"1":
            raise ValueError("\0\x1b" + "é" * 5000)

    async with prepared(bench, one) as broker:
        most = broker.features.max_body
        assert most is not None, "of a certain size"
        taken: list[str] = []
        async with consuming(bench, broker, one, fail, payload=BYTES) as (received, _):
            for length in (most - 8192, most - 1024, most - 100, most + 1):
                sent = message(b'"' + b"7" * (length - 2) + b'"')
                try:
                    await broker.publish(one.topic, {}, [sent])
                except BrokerError:
                    assert length > most - 8192
                else:
                    assert length <= most
                    taken.append(sent.id)
            await broker.publish(one.topic, {}, [message(b"1")])
            await received.reaches(1)
            found = await letters(bench, one, len(taken))
    assert sorted(it.envelope.id for it in found) == sorted(taken)
    assert {frozenset(it.envelope.body) for it in found} == {frozenset(b'"7')}


@case("C22")
async def test_what_others_publish_is_handled(bench: Bench) -> None:
    one = channel()

    @dataclass
    class Payload:
        number: int
        later: str = "added since"

    async with (
        prepared(bench, one) as broker,
        consuming(bench, broker, one, payload=codec(Payload)) as (received, _),
    ):
        await bench.publish_foreign(one, b'{"number": 1, "unknown": [1, 2]}')
        await received.reaches(1)
    (got,) = received.handled
    assert (got.body, got.attempt, got.attributes) == (Payload(1), 1, {})
    assert got.id


@case("C05", "C22")
async def test_poison_of_others_is_dead_and_the_rest_flows(bench: Bench) -> None:
    one = channel(max_attempts=2)
    async with prepared(bench, one) as broker, consuming(bench, broker, one) as (received, _):
        await bench.publish_foreign(one, b"{no")
        await bench.publish_foreign(one, b"1")
        await received.reaches(1)
        (letter,) = await letters(bench, one, 1)
    assert (received.bodies, letter.envelope.body, letter.attempts) == ([1], b"{no", 2)
    assert letter.reason.startswith("the body does not decode")


@case("C23")
async def test_the_trace_is_kept_across_attempts(bench: Bench) -> None:
    one = channel(max_attempts=3)
    sent = message(1)
    seen: list[tuple[int, str | None]] = []

    class Seeing:
        @asynccontextmanager
        async def handling(self, channel: Channel, delivery: Delivery) -> AsyncGenerator[Unhandled]:
            del channel
            seen.append((delivery.attempt, delivery.envelope.traceparent))
            yield Unhandled()

    async def fail(_it: Message[Any]) -> None:
        raise ValueError

    async with prepared(bench, one) as broker, consuming(bench, broker, one, fail, around=Seeing()):
        await broker.publish(one.topic, {}, [sent])
        (letter,) = await letters(bench, one, 1)
    assert seen == [(attempt, sent.traceparent) for attempt in (1, 2, 3)]
    assert letter.envelope.traceparent == sent.traceparent


@case("C24")
async def test_no_log_shows_what_lets_in_nor_what_messages_hold(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    one = channel(max_attempts=2, ack_deadline=2.0)
    canary = "a-card-number-4929"
    caplog.set_level("DEBUG")

    async def fail(_it: Message[Any]) -> None:
        raise ValueError

    async with prepared(bench, one) as broker:
        sent = [
            message(f'{{"{canary}'.encode()),
            message(canary, attributes={"card": canary}),
        ]
        async with consuming(bench, broker, one, fail, payload=codec(Any)):
            await broker.publish(one.topic, {}, sent)
            await letters(bench, one, 2)
        if "outages" not in bench.lacks:
            async with bench.outage(), consuming(bench, broker, one):
                # Some clients wait for their broker.
                with pytest.raises((BrokerError, TimeoutError)):
                    await _opened_and_published(bench, one)
    ours = [it for it in caplog.records if it.name.startswith("infragraph")]
    assert ours
    assert canary not in "".join(map(_line, ours))
    secrets = bench.secrets()
    assert [it.name for it in caplog.records if any(one in _line(it) for one in secrets)] == []


async def _opened_and_published(bench: Bench, one: Channel) -> None:
    async with asyncio.timeout(3), bench.connection() as broker:
        await broker.publish(one.topic, {}, [message(1)])


def _line(record: logging.LogRecord) -> str:
    """With the exception that it tells of."""
    return _FORMATTER.format(record)
