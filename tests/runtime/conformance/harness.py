"""What the conformance suite asks of a broker's test bench, and what it is told in return."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import Any, Protocol, cast
from uuid import uuid4

import pytest

from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.codec import Codec, codec
from infragraph.runtime.consuming import Around, Consumed, Consumer
from infragraph.runtime.envelope import Envelope
from infragraph.sdk.message import Message
from tests.runtime.consuming_on_memory import NothingAround

SECONDS = 120.0

REPLAY = "a subscription gets what is published once it is there"


@dataclass
class Tally:
    """What one case has counted: how often each message was handled, and sizes that it reduced."""

    handled: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    sizes: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    @property
    def duplicates(self) -> int:
        """How many were handled to the end more than once, each time counted."""
        return sum(self.handled.values()) - len(self.handled)


class Bench(Protocol):
    """A broker under test; topics and subscriptions are fresh in each case.

    `lacks` says why something is not here, by its name: `order`, `order after refusals`,
    `replay`, `processes`, `outages`, `largest body`, `prompt redelivery`, `limits`. `share` is how
    much of a case's size is tried.
    """

    name: str
    lacks: Mapping[str, str]
    share: float
    tally: Tally

    def connection(self) -> AbstractAsyncContextManager[Broker]:
        """A connection of its own."""
        ...

    async def prepare(self, broker: Broker, *channels: Channel) -> None:
        """Make the topics and subscriptions."""
        ...

    async def letters(self, channel: Channel) -> list[DeadLetter]:
        """The dead letters that are kept."""
        ...

    async def restart(self) -> None:
        """End the broker by force and start it again."""
        ...

    def outage(self) -> AbstractAsyncContextManager[None]:
        """A block in which the broker is away."""
        ...

    async def publish_foreign(self, channel: Channel, body: bytes) -> None:
        """Publish as a program that knows nothing of ours."""
        ...

    def settings(self) -> Mapping[str, Any]:
        """How a process of its own connects, for `tests.runtime.conformance.worker`."""
        ...

    def secrets(self) -> Collection[str]:
        """What the broker lets in by, which no log may show."""
        ...


def channel(**options: Any) -> Channel:
    """A fresh subscription on a fresh topic."""
    run = uuid4().hex[:12]
    made = Channel(
        id=f"subscription:t-{run}/s-{run}",
        topic=f"topic:t-{run}",
        address={},
        ack_deadline=60.0,
        concurrency=20,
        max_attempts=5,
        max_backoff=0.2,
        ordered=False,
        dead_letter=True,
        filter={},
    )
    return replace(made, **options)


def beside(first: Channel, **options: Any) -> Channel:
    """Another subscription on the same topic."""
    run = uuid4().hex[:12]
    return replace(
        first, id=f"subscription:{first.topic.removeprefix('topic:')}/s-{run}", **options
    )


def message(body: object, *, key: str | None = None, **changed: Any) -> Envelope:
    made = Envelope(
        id=uuid4().hex,
        source="service:tests",
        type="tests",
        published_at=datetime.now(UTC).replace(microsecond=0),
        body=body if isinstance(body, bytes) else json.dumps(body).encode(),
        attributes={"country": "NL"},
        ordering_key=key,
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    )
    return replace(made, **changed)


@dataclass
class Received:
    """What a consumer was handed, in order, and how often it began with each."""

    handled: list[Message[Any]] = field(default_factory=list[Message[Any]])
    attempts: Counter[str] = field(default_factory=Counter[str])

    @property
    def bodies(self) -> list[Any]:
        return [one.body for one in self.handled]

    async def reaches(self, count: int, seconds: float = SECONDS) -> None:
        """Until so many were handled."""
        await until(lambda: len(self.handled) >= count, seconds)


Handle = Callable[[Message[Any]], Awaitable[None]]

BYTES = Codec(
    encode=lambda it: cast("bytes", it), decode=lambda body, _: body, type_of=lambda _: "bytes"
)
"""Takes every body as it is."""


def needs(bench: Bench, *names: str) -> None:
    """Skips the case where one of them is not here."""
    for name in names:
        if name in bench.lacks:
            pytest.skip(bench.lacks[name])


def size(bench: Bench, full: int, least: int = 20) -> int:
    """As much of a case's size as is tried here."""
    tried = max(int(full * bench.share), least)
    bench.tally.sizes.append((tried, full))
    return tried


@asynccontextmanager
async def prepared(bench: Bench, *channels: Channel) -> AsyncGenerator[Broker]:
    """A connection, with topics and subscriptions made."""
    async with bench.connection() as broker:
        await bench.prepare(broker, *channels)
        yield broker


@asynccontextmanager
async def consuming(  # noqa: PLR0913 - what may differ
    bench: Bench,
    broker: Broker,
    channel: Channel,
    handle: Handle | None = None,
    *,
    payload: Codec | None = None,
    around: Around | None = None,
    grace: float = 5.0,
) -> AsyncGenerator[tuple[Received, Consumer]]:
    """A consumer at work; what `handle` lets pass is noted."""
    received = Received()

    async def note(one: Message[Any]) -> None:
        received.attempts[one.id] += 1
        if handle is not None:
            await handle(one)
        received.handled.append(one)
        bench.tally.handled[channel.id, one.id] += 1

    consumer = Consumer(
        consumed=Consumed(
            channel=channel,
            codec=payload or codec(Any),
            handle=note,
            takes_message=True,
            min_backoff=0.05,
            max_backoff=channel.max_backoff,
        ),
        broker=broker,
        clock=SystemClock(),
        around=around or NothingAround(),
        random=Random(1),  # noqa: S311 - jitter
    )
    consumer.start()
    try:
        yield received, consumer
    finally:
        await consumer.drain(grace)


async def until(happens: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait for something that nobody tells."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not happens():
        assert loop.time() < end, "it did not happen in time"
        await asyncio.sleep(0.01)


async def letters(bench: Bench, one: Channel, count: int) -> list[DeadLetter]:
    """The dead letters, once there are so many."""
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS
    while True:
        found = await bench.letters(one)
        if len(found) >= count:
            return found
        assert loop.time() < end, found
        await asyncio.sleep(0.05)
